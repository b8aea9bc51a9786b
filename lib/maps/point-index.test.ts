import { describe, expect, it } from "vitest";
import { type ClusterSource, clusterViewport } from "./cluster.ts";
import { buildPointIndex } from "./point-index.ts";
import { MAP_STATES } from "./spec.ts";

function sensors(count: number): ClusterSource[] {
  let seed = 5;
  const next = () => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return seed / 2 ** 32;
  };
  return Array.from({ length: count }, (_, i) => ({
    id: `s${(i * 7919) % count}`,
    lat: 46 + next() * 4,
    lon: 5 + next() * 6,
    state: MAP_STATES[i % 5] ?? "good",
    value: i % 9 === 0 ? null : i % 40,
    kind: i % 5 === 0 ? (i % 3) + 1 : null,
  }));
}

const shape = (items: ReturnType<typeof clusterViewport>) =>
  items
    .map((item) =>
      item.kind === "cluster"
        ? `${item.id} ${item.count} ${item.byState.fault} ${JSON.stringify(Object.entries(item.byKind ?? {}).sort())}`
        : item.id,
    )
    .sort();

describe("buildPointIndex", () => {
  const points = sensors(5000);
  const index = buildPointIndex(points);

  it.each([
    { bbox: { west: -180, south: -90, east: 180, north: 90 }, zoom: 4 },
    { bbox: { west: 6, south: 47, east: 9, north: 49 }, zoom: 8 },
    { bbox: { west: 7, south: 47.2, east: 7.9, north: 48 }, zoom: 10.5 },
  ])("answers a viewport as clustering the points themselves does: %j", (query) => {
    expect(shape(index.viewport(query))).toEqual(shape(clusterViewport(points, query)));
  });

  it("applies further filters before counting", () => {
    const query = { bbox: { west: 5, south: 46, east: 11, north: 50 }, zoom: 7 };
    const onlyFaults = (point: ClusterSource) => point.state === "fault";
    expect(shape(index.viewport(query, onlyFaults))).toEqual(shape(clusterViewport(points.filter(onlyFaults), query)));
  });

  it("leaves out sensors without a position", () => {
    const index = buildPointIndex([{ id: "a", lat: 0, lon: 0, state: "good" }]);
    expect(index.size).toBe(0);
    expect(index.viewport({ bbox: { west: -1, south: -1, east: 1, north: 1 }, zoom: 3 })).toEqual([]);
  });
});
