import { expect, it } from "vitest";
import { distanceM } from "#lib/geo/distance";
import { mercatorX, mercatorY } from "#lib/geo/mercator";
import { createRandom } from "#lib/math/random";
import { splitBlocks } from "../../blocks/split-blocks.ts";
import { findBorders, type Voter } from "./find-borders.ts";

function town(count: number, observedProperty = "air_temperature", unit = "Cel"): Voter[] {
  const random = createRandom("places");
  return Array.from({ length: count }, (_, i) => {
    const [lat, lon] = [47 + random.normal(0, 0.1), 8 + random.normal(0, 0.15)];
    return { sensorId: String(i), observedProperty, unit, lat, lon };
  });
}

const blocksOf = (voters: readonly Voter[], stepMs = 900_000) =>
  splitBlocks(
    voters.map(({ sensorId, lat, lon }) => ({ sensorId, x: mercatorX(lon), y: mercatorY(lat), stepMs: stepMs })),
  );

it("gives every sensor its fifteen nearest, across the edge of its block, too", () => {
  const all = town(700);
  const blocks = blocksOf(all);
  expect(blocks.length).toBeGreaterThan(3);
  const borders = findBorders(blocks, all);
  blocks.forEach(({ sensorIds }, i) => {
    const known = new Set([...sensorIds, ...borders[i]!]);
    expect(known.size).toBe(sensorIds.length + borders[i]!.size);
    for (const id of sensorIds) {
      const own = all[Number(id)]!;
      const near = all
        .map((other) => ({ id: other.sensorId, distanceM: distanceM(own, other) }))
        .filter((other) => other.id !== id && other.distanceM <= 30_000)
        .sort((a, b) => a.distanceM - b.distanceM);
      expect(near.slice(0, 15).every((other) => known.has(other.id))).toBe(true);
    }
  });
});

it("keeps borders to the sensors around: a town alone has none, nor have quantities that differ from garden to garden", () => {
  const all = town(100);
  expect(findBorders(blocksOf(all), all)).toEqual([new Set()]);
  const soil = town(700, "soil_moisture", "%");
  expect(findBorders(blocksOf(soil), soil).every((border) => border.size === 0)).toBe(true);
  const far = all.map((voter) => ({ ...voter, sensorId: `far ${voter.sensorId}`, lat: voter.lat + 5 }));
  expect(findBorders([...blocksOf(all), ...blocksOf(far)], [...all, ...far])).toEqual([new Set(), new Set()]);
});

it("joins what stands together and only differs in its step", () => {
  const all = town(60);
  const [often, seldom] = [all.slice(0, 30), all.slice(30)];
  const borders = findBorders([...blocksOf(often), ...blocksOf(seldom, 3_600_000)], all);
  expect(borders[0]!.size).toBeGreaterThan(10);
  for (const id of borders[0]!) expect(seldom.some(({ sensorId }) => sensorId === id)).toBe(true);
});
