import { expect, it } from "vitest";
import type { MapCluster, MapPoint } from "./spec.ts";
import { commonestFirst, describeKinds } from "./state-words.ts";

const NAMES = ["stuck", "noise", "drift"];
const point: MapPoint = { kind: "point", id: "a", lat: 0, lon: 0, state: "fault" };
const bbox = { west: 0, south: 0, east: 1, north: 1 };
const cluster: MapCluster = {
  kind: "cluster",
  id: "c",
  lat: 0,
  lon: 0,
  count: 9,
  byState: { fault: 4, good: 5 },
  bbox,
};

it("names the kind of a point, and nothing where it has none", () => {
  expect(describeKinds({ ...point, value: 3 }, NAMES)).toBe("drift");
  for (const value of [null, undefined, 9]) expect(describeKinds({ ...point, value }, NAMES)).toBe("");
});

it("counts the kinds of a cluster, the commonest first, equal ones in the order of the key", () => {
  expect(describeKinds({ ...cluster, byKind: { 3: 3, 1: 1 } }, NAMES)).toBe("3 drift; 1 stuck");
  expect(commonestFirst({ 3: 2, 1: 2 }).map(({ kind }) => kind)).toEqual([1, 3]);
  expect(describeKinds(cluster, NAMES)).toBe("");
});
