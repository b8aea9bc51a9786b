import { describe, expect, it } from "vitest";
import { distanceM } from "./distance.ts";
import { buildNearestIndex } from "./nearest.ts";
import type { Position } from "./position.ts";

/** A small linear congruential generator: the same points in every run. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

interface Station extends Position {
  id: number;
  elevationM: number;
}

function stations(count: number, seed = 7): Station[] {
  const next = generator(seed);
  return Array.from({ length: count }, (_, id) => ({
    id,
    lat: (Math.asin(2 * next() - 1) * 180) / Math.PI,
    lon: next() * 360 - 180,
    elevationM: next() * 2000,
  }));
}

function bruteForce(items: Station[], from: Position, count: number): number[] {
  return items
    .map((item) => ({ id: item.id, distanceM: distanceM(from, item) }))
    .sort((a, b) => a.distanceM - b.distanceM)
    .slice(0, count)
    .map(({ id }) => id);
}

describe("buildNearestIndex", () => {
  it("finds what an exhaustive search finds, at the poles and the antimeridian too", () => {
    const items = stations(3000);
    const index = buildNearestIndex(items);
    const places = [...stations(40, 99), { lat: 89.9, lon: 10 }, { lat: -90, lon: 0 }, { lat: 12, lon: 179.99 }];
    for (const from of places) {
      expect(index.nearest(from, { count: 8 }).map(({ item }) => item.id)).toEqual(bruteForce(items, from, 8));
    }
  });

  it("never matches 0,0 or an impossible position", () => {
    const index = buildNearestIndex([
      { lat: 0, lon: 0 },
      { lat: 95, lon: 3 },
      { lat: Number.NaN, lon: 3 },
      { lat: 36.7, lon: 3 },
    ]);
    expect(index.size).toBe(1);
    expect(index.nearest({ lat: 0.1, lon: 0.1 }, { count: 4 })).toHaveLength(1);
    expect(index.nearest({ lat: 0, lon: 0 })).toEqual([]);
  });

  it("returns nothing beyond the maximum distance and keeps the limit itself", () => {
    const index = buildNearestIndex([{ lat: 48.2, lon: 7.8 }]);
    const from = { lat: 48, lon: 7.8 };
    const exactM = distanceM(from, { lat: 48.2, lon: 7.8 });
    expect(index.nearest(from, { maxDistanceM: exactM })).toHaveLength(1);
    expect(index.nearest(from, { maxDistanceM: exactM - 0.01 })).toEqual([]);
  });

  it("looks past items the filter refuses, such as those at another elevation", () => {
    const items = stations(2000, 3);
    const from = { lat: 47, lon: 11 };
    const accept = (station: Station) => Math.abs(station.elevationM - 500) <= 100;
    const found = buildNearestIndex(items).nearest(from, { count: 5, accept });
    expect(found.map(({ item }) => item.id)).toEqual(bruteForce(items.filter(accept), from, 5));
  });

  it("handles no items, one item, many at one place and a request for more than there are", () => {
    expect(buildNearestIndex([]).nearest({ lat: 1, lon: 1 })).toEqual([]);
    const same = Array.from({ length: 500 }, (_, id) => ({ id, lat: 51, lon: 7 }));
    const found = buildNearestIndex(same).nearest({ lat: 51, lon: 7 }, { count: 600 });
    expect(found).toHaveLength(500);
    expect(found[0]?.distanceM).toBe(0);
  });
});
