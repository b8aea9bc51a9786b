import { describe, expect, it } from "vitest";
import { createRandom } from "#lib/math/random";
import { buildCapIndex, emptyCapCells, listCapCells } from "./cap-index.ts";
import { distanceM, EARTH_RADIUS_M } from "./distance.ts";
import type { Position } from "./position.ts";

/** Items within the radius of one, by walking the cells. */
function around(positions: readonly Position[], item: number, radiusM: number): number[] {
  const index = buildCapIndex(positions, radiusM);
  const slot = index.items.indexOf(item);
  const found: number[] = [];
  const each = (cell: number, isIn: (at: number) => boolean) => {
    for (let at = index.cellStart[cell]!; at < index.cellStart[cell + 1]!; at++)
      if (isIn(at)) found.push(index.items[at]!);
  };
  const { x, y, z } = index;
  const isNear = (at: number) => Math.hypot(x[at]! - x[slot]!, y[at]! - y[slot]!, z[at]! - z[slot]!) <= radiusM;
  const cells = emptyCapCells();
  listCapCells(index, { x: x[slot]!, y: y[slot]!, z: z[slot]!, reachM: 0 }, cells);
  for (const cell of cells.inside.slice(0, cells.insideCount)) each(cell, () => true);
  for (const cell of cells.partly.slice(0, cells.partlyCount)) each(cell, isNear);
  return found.sort((a, b) => a - b);
}

/** Every pair, by the chord between them. */
function brute(positions: readonly Position[], item: number, radiusM: number): number[] {
  const chordM = (a: Position, b: Position) => 2 * EARTH_RADIUS_M * Math.sin(distanceM(a, b) / (2 * EARTH_RADIUS_M));
  return positions.flatMap((position, i) => (chordM(position, positions[item]!) <= radiusM ? [i] : []));
}

describe("listCapCells", () => {
  const random = createRandom("caps");
  const scatter = (count: number, [south, north]: [number, number], [west, east]: [number, number]): Position[] =>
    Array.from({ length: count }, () => ({
      lat: south + random.uniform() * (north - south),
      lon: west + random.uniform() * (east - west),
    }));

  it.each([
    ["a town", scatter(400, [47.9, 48.1], [7.7, 8]), 5_000],
    [
      "both sides of the date line",
      scatter(300, [-1, 1], [179, 181]).map(({ lat, lon }) => ({ lat, lon: lon > 180 ? lon - 360 : lon })),
      40_000,
    ],
    ["a pole", scatter(300, [88, 90], [-180, 180]), 100_000],
    ["the whole Earth", scatter(500, [-90, 90], [-180, 180]), 2_000_000],
  ] as const)("meets exactly what is near: %s", (_name, positions, radiusM) => {
    for (let item = 0; item < 60; item++)
      expect(around(positions, item, radiusM)).toEqual(brute(positions, item, radiusM));
  });

  it("meets an item alone, and items at one place", () => {
    expect(around([{ lat: 1, lon: 2 }], 0, 10)).toEqual([0]);
    expect(
      around(
        Array.from({ length: 5 }, () => ({ lat: 1, lon: 2 })),
        3,
        10,
      ),
    ).toEqual([0, 1, 2, 3, 4]);
  });
});
