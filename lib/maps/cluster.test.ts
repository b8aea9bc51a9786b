import { describe, expect, it } from "vitest";
import { type Bbox, bboxContains } from "#lib/geo/bbox";
import { mercatorX, mercatorY, worldSizePx } from "#lib/geo/mercator";
import {
  alignViewport,
  cellPxFor,
  CLUSTER_CELL_PX,
  type ClusterSource,
  clusterViewport,
  itemsOf,
  POINTS_MAX,
} from "./cluster.ts";
import { cellSize, countByCell } from "./grid.ts";
import { clusterRadiusPx, mergeOverlapping, SPAN_MAX_PX } from "./overlap.ts";
import { MAP_STATES, mapItem } from "./spec.ts";

function sensors(count: number, spreadDeg = 0.3): ClusterSource[] {
  let seed = 11;
  const next = () => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return seed / 2 ** 32;
  };
  return Array.from({ length: count }, (_, i) => ({
    id: `s${String(i).padStart(6, "0")}`,
    lat: 48 + (next() + next() + next() - 1.5) * spreadDeg,
    lon: 7.8 + (next() + next() + next() - 1.5) * spreadDeg,
    state: MAP_STATES[Math.floor(next() * MAP_STATES.length)] ?? "good",
    value: next() < 0.1 ? null : next() * 30,
  }));
}

const WORLD: Bbox = { west: -180, south: -90, east: 180, north: 90 };

/** The published SQL, written out: floor of the unit-square position over the cell side. */
function sqlCell(lat: number, lon: number, size: number): string {
  const sin = Math.sin((lat * Math.PI) / 180);
  const y = 0.5 - Math.log((1 + sin) / (1 - sin)) / (4 * Math.PI);
  return `${Math.floor((lon + 180) / 360 / size)},${Math.floor(y / size)}`;
}

describe("countByCell", () => {
  it("groups exactly as the documented query does", () => {
    const points = sensors(5000);
    const size = cellSize({ zoom: 11, cellPx: CLUSTER_CELL_PX });
    const expected = new Map<string, number>();
    for (const { lat, lon } of points) {
      const key = sqlCell(lat, lon, size);
      expected.set(key, (expected.get(key) ?? 0) + 1);
    }
    const cells = countByCell(points, { zoom: 11, cellPx: CLUSTER_CELL_PX });
    expect(new Map(cells.map((cell) => [`${cell.cellX},${cell.cellY}`, cell.count]))).toEqual(expected);
  });

  it("leaves out sensors without a position and copes with the edges of the world", () => {
    const edge = { state: "good" as const };
    const cells = countByCell(
      [
        { id: "none", lat: 0, lon: 0, ...edge },
        { id: "nan", lat: Number.NaN, lon: 4, ...edge },
        { id: "pole", lat: 90, lon: 180, ...edge },
        { id: "south", lat: -90, lon: -180, ...edge },
      ],
      { zoom: 22, cellPx: 14 },
    );
    expect(cells.map(({ id }) => id).sort()).toEqual(["pole", "south"]);
  });

  it("keeps cells in place while zooming softly", () => {
    expect(cellSize({ zoom: 9.5, cellPx: 64 })).toBe(cellSize({ zoom: 9, cellPx: 64 }));
  });
});

describe("clusterViewport", () => {
  it("loses and doubles no sensor, whatever the zoom", () => {
    const points = sensors(6000);
    for (const zoom of [2, 8, 10.5, 13, 18]) {
      const items = clusterViewport(points, { bbox: WORLD, zoom });
      expect(items.reduce((sum, item) => sum + (item.kind === "cluster" ? item.count : 1), 0)).toBe(points.length);
      const faults = items.reduce((sum, item) => {
        if (item.kind === "cluster") return sum + (item.byState.fault ?? 0);
        return sum + (item.state === "fault" ? 1 : 0);
      }, 0);
      expect(faults).toBe(points.filter(({ state }) => state === "fault").length);
    }
  });

  it("returns what the map spec allows", () => {
    for (const item of clusterViewport(sensors(3000), { bbox: WORLD, zoom: 9 })) {
      expect(mapItem.safeParse(item).success).toBe(true);
    }
  });

  it("only counts what is in the viewport", () => {
    const points = sensors(1000);
    const bbox = { west: 7.8, south: 48, east: 7.9, north: 48.1 };
    const total = clusterViewport(points, { bbox, zoom: 12 }).reduce(
      (sum, item) => sum + (item.kind === "cluster" ? item.count : 1),
      0,
    );
    expect(total).toBe(points.filter((point) => bboxContains(bbox, point)).length);
  });

  it("shows a few sensors as themselves, with name, detail and value", () => {
    const point = { id: "a", lat: 48, lon: 7, state: "fault" as const, label: "A", detail: "drift", value: 3 };
    expect(clusterViewport([point], { bbox: WORLD, zoom: 8 })).toEqual([{ kind: "point", ...point }]);
  });

  it("leaves a pair that can be told apart, and joins one that cannot", () => {
    const at = (id: string, lon: number): ClusterSource => ({ id, lat: 48, lon, state: "good" });
    const degreesPerPx = 360 / worldSizePx(10);
    const apart = clusterViewport([at("a", 7), at("b", 7 + 9 * degreesPerPx)], { bbox: WORLD, zoom: 10 });
    expect(apart.map(({ kind }) => kind)).toEqual(["point", "point"]);
    const together = clusterViewport([at("a", 7), at("b", 7 + 2 * degreesPerPx)], { bbox: WORLD, zoom: 10 });
    expect(together).toMatchObject([{ kind: "cluster", count: 2, byState: { good: 2 } }]);
  });

  it("leaves no two clusters whose rings touch", () => {
    const clusters = clusterViewport(sensors(8000, 2), { bbox: WORLD, zoom: 9 }).filter(
      (item) => item.kind === "cluster",
    );
    const px = clusters.map(({ lat, lon, count }) => ({
      x: mercatorX(lon) * worldSizePx(9),
      y: mercatorY(lat) * worldSizePx(9),
      r: clusterRadiusPx(count),
    }));
    const gaps = px.flatMap((a, i) => px.slice(i + 1).map((b) => Math.hypot(a.x - b.x, a.y - b.y) - a.r - b.r));
    expect(gaps.length).toBeGreaterThan(100);
    expect(gaps.reduce((least, gap) => Math.min(least, gap), Infinity)).toBeGreaterThanOrEqual(-1e-6);
  });

  it.each([
    ["a city of a thousand sensors", 1000, 0.35, 11],
    ["two thousand sensors in a town", 2000, 0.1, 12],
    ["ten thousand in a region, counted by cell", 10_000, 2, 9],
  ])("joins no chain of rings into one: %s", (_, count, spreadDeg, zoom) => {
    const clusters = clusterViewport(sensors(count, spreadDeg), { bbox: WORLD, zoom }).filter(
      (item) => item.kind === "cluster",
    );
    const px = (item: { lat: number; lon: number }) => [
      mercatorX(item.lon) * worldSizePx(zoom),
      mercatorY(item.lat) * worldSizePx(zoom),
    ];
    const spans = clusters.map(({ bbox }) => {
      const [west = 0, south = 0] = px({ lat: bbox.south, lon: bbox.west });
      const [east = 0, north = 0] = px({ lat: bbox.north, lon: bbox.east });
      return Math.max(east - west, south - north);
    });
    expect(Math.max(...spans)).toBeLessThanOrEqual(SPAN_MAX_PX + 1e-6);
    const overlaps = clusters.flatMap((a, i) =>
      clusters.slice(i + 1).map((b) => {
        const [ax = 0, ay = 0] = px(a);
        const [bx = 0, by = 0] = px(b);
        return clusterRadiusPx(a.count) + clusterRadiusPx(b.count) - Math.hypot(ax - bx, ay - by);
      }),
    );
    expect(clusters.length).toBeGreaterThan(10);
    expect(overlaps.reduce((most, overlap) => Math.max(most, overlap), 0)).toBeLessThan(4);
  });

  it("puts every member inside the box that opening a cluster shows", () => {
    const points = sensors(400, 0.01);
    const [cluster] = clusterViewport(points, { bbox: WORLD, zoom: 5 });
    expect(cluster).toMatchObject({ kind: "cluster", count: 400 });
    if (cluster?.kind !== "cluster") return;
    const { west, south, east, north } = cluster.bbox;
    const grown = { west: west - 1e-9, south: south - 1e-9, east: east + 1e-9, north: north + 1e-9 };
    expect(points.every((point) => bboxContains(grown, point))).toBe(true);
  });

  it("does not depend on the order of the input", () => {
    const points = sensors(3000);
    const forwards = clusterViewport(points, { bbox: WORLD, zoom: 9 });
    const backwards = clusterViewport([...points].reverse(), { bbox: WORLD, zoom: 9 });
    expect(backwards.map(({ id }) => id)).toEqual(forwards.map(({ id }) => id));
  });

  it("is empty for no sensors and one cluster for thousands at one place", () => {
    expect(clusterViewport([], { bbox: WORLD, zoom: 4 })).toEqual([]);
    const same = sensors(3000).map((point) => ({ ...point, lat: 48, lon: 7 }));
    expect(clusterViewport(same, { bbox: WORLD, zoom: 18 })).toMatchObject([{ kind: "cluster", count: 3000 }]);
  });
});

describe("itemsOf", () => {
  it("draws counted cells without details, as they come from a database", () => {
    const cells = countByCell([{ id: "a", lat: 48, lon: 7, state: "suspect", value: 4 }], { zoom: 9, cellPx: 80 });
    const [item] = itemsOf(cells, { zoom: 9 });
    expect(item).toMatchObject({ kind: "point", id: "a", state: "suspect", value: 4 });
    expect(item?.lat).toBeCloseTo(48, 9);
  });
});

describe("cellPxFor", () => {
  it("changes to counting only above the limit", () => {
    expect(cellPxFor(POINTS_MAX)).toBe(14);
    expect(cellPxFor(POINTS_MAX + 1)).toBe(CLUSTER_CELL_PX);
  });
});

describe("mergeOverlapping", () => {
  it("leaves distant cells alone and does not change its input", () => {
    const cells = countByCell(sensors(50, 40), { zoom: 9, cellPx: 14 });
    const before = structuredClone(cells);
    expect(mergeOverlapping(cells, 9)).toHaveLength(cells.length);
    expect(cells).toEqual(before);
  });
});

describe("alignViewport", () => {
  it("contains the viewport and stays the same for small pans", () => {
    const view = { bbox: { west: 7.5, south: 47.9, east: 8.1, north: 48.2 }, zoom: 10 };
    const { bbox } = alignViewport(view);
    expect(bbox.west).toBeLessThan(7.5);
    expect(bbox.north).toBeGreaterThan(48.2);
    const panned = { bbox: { west: 7.51, south: 47.91, east: 8.11, north: 48.21 }, zoom: 10 };
    expect(alignViewport(panned).bbox).toEqual(bbox);
  });

  it("follows the viewport across the antimeridian and stops at the whole world", () => {
    const fiji = alignViewport({ bbox: { west: 176, south: -20, east: -178, north: -12 }, zoom: 6 }).bbox;
    expect(fiji.west).toBeGreaterThan(fiji.east);
    expect(bboxContains(fiji, { lat: -17, lon: 180 })).toBe(true);
    expect(alignViewport({ bbox: WORLD, zoom: 1 }).bbox).toEqual(WORLD);
  });
});
