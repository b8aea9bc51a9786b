import { describe, expect, it } from "vitest";
import { describeItem } from "#lib/maps/state-words";
import type { MapItem } from "#lib/maps/spec";
import { byUrgency } from "./visit-order.ts";

const point = (id: string, state: "good" | "fault", xPx: number): { item: MapItem; xPx: number; yPx: number } => ({
  item: { kind: "point", id, lat: 1, lon: 1, state },
  xPx,
  yPx: 50,
});

describe("byUrgency", () => {
  it("visits faults first, also those inside clusters, then from the middle outwards", () => {
    const bbox = { west: 0, south: 0, east: 1, north: 1 };
    const cluster: MapItem = {
      kind: "cluster",
      id: "c",
      lat: 1,
      lon: 1,
      count: 5,
      byState: { good: 4, fault: 1 },
      bbox,
    };
    const placed = [point("good", "good", 50), point("far", "fault", 5), { item: cluster, xPx: 60, yPx: 50 }];
    expect(byUrgency(placed, { x: 100, y: 100 }).map(({ item }) => item.id)).toEqual(["c", "far", "good"]);
  });
});

describe("describeItem", () => {
  it("says name, state and detail of a point and the states of a cluster", () => {
    expect(
      describeItem({ kind: "point", id: "x", label: "SEA-1", lat: 1, lon: 1, state: "fault", detail: "drift" }),
    ).toBe("SEA-1, fault, drift");
    const bbox = { west: 0, south: 0, east: 1, north: 1 };
    const byState = { good: 1200, suspect: 4 };
    expect(describeItem({ kind: "cluster", id: "c", lat: 1, lon: 1, count: 1204, byState, bbox })).toBe(
      "1,204 sensors: 1,200 good, 4 suspect",
    );
  });
});
