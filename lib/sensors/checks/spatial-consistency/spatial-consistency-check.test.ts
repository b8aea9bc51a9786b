import { describe, expect, test } from "vitest";
import { createRandom } from "#lib/math/random";
import { FLAG } from "#lib/sensors/core/flag";
import { type PlacedStation, SpatialConsistencyCheck, type SpatialOptions } from "./spatial-consistency-check.ts";

const options: SpatialOptions = {
  radiusM: 50_000,
  neighbours: 15,
  neighboursMin: 5,
  threshold: 4,
  elevationGradientPerM: -0.0065,
  errorMin: 0.5,
};

function stations(count: number, seed: string): PlacedStation[] {
  const random = createRandom(seed);
  return Array.from({ length: count }, () => ({
    lat: 47.8 + random.uniform(0, 0.3),
    lon: 7.6 + random.uniform(0, 0.3),
    elevationM: random.uniform(200, 900),
  }));
}

/** A field that falls with height and from west to east, as steep as a coast. */
const fieldAt = ({ lon, lat, elevationM }: PlacedStation) =>
  15 - 0.0065 * elevationM - 20 * (lon - 7.6) + 6 * (lat - 47.8);

const judge = (all: readonly PlacedStation[], values: readonly number[]) =>
  new SpatialConsistencyCheck(all, options).judge(values);
const flagged = (flags: Uint8Array) => [...flags.keys()].filter((i) => flags[i] === FLAG.fail);

describe("spatial consistency", () => {
  test("a steep field flags nobody, and is expected to a tenth of a degree", () => {
    const all = stations(80, "steep");
    const { flags, residuals } = judge(all, all.map(fieldAt));
    expect(flagged(flags)).toEqual([]);
    const inner = residuals
      .filter((value) => Number.isFinite(value))
      .map(Math.abs)
      .sort();
    expect(inner[inner.length >> 1]).toBeLessThan(0.15);
  });

  test("values that do not fit are found, their neighbours not", () => {
    const random = createRandom("noise");
    const all = stations(80, "faults");
    const wrong = new Set([3, 17, 40]);
    const values = all.map((station, i) => fieldAt(station) + random.normal(0, 0.3) + (wrong.has(i) ? 6 : 0));
    expect(flagged(judge(all, values).flags)).toEqual([...wrong]);
  });

  test("the order of stations changes nothing, nor does a constant", () => {
    const all = stations(60, "order");
    const values = all.map((station, i) => fieldAt(station) + (i === 9 ? 8 : 0));
    const { flags } = judge(all, values);
    expect(flagged(flags)).toEqual([9]);
    expect([...judge(all.toReversed(), values.toReversed()).flags].toReversed()).toEqual([...flags]);
    expect([
      ...judge(
        all,
        values.map((value) => value + 30),
      ).flags,
    ]).toEqual([...flags]);
  });

  test("a station has no say in what is expected of it", () => {
    const all = stations(40, "self");
    const values = all.map(fieldAt);
    const check = new SpatialConsistencyCheck(all, { ...options, threshold: Infinity });
    const expected = (of: readonly number[]) => of[3]! - check.judge(of).residuals[3]!;
    expect(expected(values.with(3, 99))).toBeCloseTo(expected(values), 9);
  });

  test("neighbours across the date line are neighbours, and every instant starts afresh", () => {
    const all = Array.from({ length: 8 }, (_, i) => {
      return { lat: -17 + 0.01 * (i % 3), lon: i % 2 === 0 ? 179.98 : -179.98, elevationM: 10 };
    });
    const check = new SpatialConsistencyCheck(all, options);
    const values = new Float64Array(8).fill(25);
    expect(flagged(check.judge(values.with(2, 40)).flags)).toEqual([2]);
    expect(flagged(check.judge(values).flags)).toEqual([]);
  });

  test("missing values and lonely stations are not judged", () => {
    const all = [...stations(8, "few"), { lat: 10, lon: 10, elevationM: 0 }];
    const { flags } = judge(
      all,
      all.map((station, i) => (i === 0 ? Number.NaN : fieldAt(station))),
    );
    expect(flags[0]).toBe(FLAG.missing);
    expect(flags[8]).toBe(FLAG.notEvaluated);
  });
});
