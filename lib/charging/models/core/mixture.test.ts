import { expect, it } from "vitest";
import { createRandom } from "#lib/math/random";
import { chooseMixture } from "./choose-mixture.ts";
import { fitMixture, seedMixture } from "./fit-mixture.ts";
import { aroundClock, choleskyOf, type SessionPoints } from "./mixture.ts";

/** Three clusters, one of them across midnight. */
function town(count: number): SessionPoints {
  const rng = createRandom("town");
  const columns = [new Float64Array(count), new Float64Array(count)];
  for (let n = 0; n < count; n++) {
    const [at, spread, energy] = (
      [
        [0, 30, 10],
        [510, 45, 7],
        [1080, 60, 25],
      ] as const
    )[n % 4 === 3 ? 0 : n % 3]!;
    columns[0]![n] = (rng.normal(at, spread) + 1440) % 1440;
    columns[1]![n] = rng.normal(energy, 2);
  }
  return { count, columns };
}

it("goes the shorter way round the clock", () => {
  expect([aroundClock(10, 1430), aroundClock(1430, 10), aroundClock(700, 0), aroundClock(730, 0)]).toEqual([
    20, -20, 700, -710,
  ]);
});

it("factors a covariance", () => {
  expect(
    choleskyOf([
      [4, 2],
      [2, 5],
    ]),
  ).toEqual([[2], [1, 2]]);
});

it("finds the number of clusters, their places and weights, across midnight too", () => {
  const { components, bicBySize } = chooseMixture(town(6000), {
    componentsMax: 6,
    pointsPerComponentMin: 10,
    rng: createRandom("fit"),
  });
  expect(components).toHaveLength(3);
  expect(bicBySize.find(({ size }) => size === 3)!.bic).toBeLessThan(bicBySize.find(({ size }) => size === 2)!.bic);
  const midnight = components.find(({ mean }) => Math.abs(aroundClock(mean[0]!, 0)) < 60)!;
  expect(Math.abs(aroundClock(midnight.mean[0]!, 0))).toBeLessThan(3);
  expect(Math.sqrt(midnight.covariance[0]![0]!)).toBeCloseTo(30, -0.5);
  expect(midnight.weight).toBeCloseTo(0.5, 1);
  expect(components.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 12);
});

it("never makes the likelihood smaller", () => {
  const points = town(900);
  let components = seedMixture(points, 4, createRandom("seed"));
  let before = -Infinity;
  for (let i = 0; i < 15; i++) {
    const fitted = fitMixture(points, components, { iterationsMax: 2 });
    expect(fitted.logLikelihood).toBeGreaterThanOrEqual(before - 1e-6);
    before = fitted.logLikelihood;
    components = fitted.components;
  }
});

it("takes no component for fewer points than it must stand for", () => {
  const { components } = chooseMixture(town(300), {
    componentsMax: 8,
    pointsPerComponentMin: 60,
    rng: createRandom("fit"),
  });
  expect(Math.min(...components.map(({ weight }) => weight * 300))).toBeGreaterThanOrEqual(60);
});

it("keeps a spread when all sessions are one", () => {
  const columns = [new Float64Array(50).fill(600), new Float64Array(50).fill(8), new Float64Array(50).fill(2)];
  const { components } = chooseMixture(
    { count: 50, columns },
    { componentsMax: 3, pointsPerComponentMin: 10, rng: createRandom("one") },
  );
  expect(components).toHaveLength(1);
  expect(components[0]!.covariance.map((row, i) => Math.sqrt(row[i]!))).toEqual([10, 0.5, 0.25]);
});
