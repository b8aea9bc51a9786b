import { expect, test } from "vitest";
import { fleetItems, judgeVehicles, tallyStates } from "./fleet-items.ts";
import { mergePoints, speedChart, type ChartedPoint } from "./speed-chart.ts";
import { newVehicle, type Vehicle } from "./vehicle.ts";

const NOW = { nowMs: 1_000_000, gapS: 60 };

function vehicle(driver: string, more: Partial<Vehicle> = {}): Vehicle {
  const now = {
    ...{ driver, plate: "A1", at: "2017-01-01 08:00:00", seq: 1, latitude: 30, longitude: 110, speedKmh: 80 },
    ...{ directionDeg: 90, siteName: null, receivedAtMs: NOW.nowMs, lateCount: 0 },
  };
  return { ...newVehicle(now), ...more };
}
const fleet = (count: number) =>
  Array.from({ length: count }, (_, i) =>
    vehicle(`d${i}`, { latitude: 30 + (i % 100) / 10, longitude: 110 + Math.floor(i / 100) / 10 }),
  );

test("ten thousand vehicles become clusters, but one over the limit stays to be seen", () => {
  const vehicles = fleet(10_000);
  vehicles[5000]!.overLimit.add("episode");
  const judged = judgeVehicles(vehicles, NOW);
  expect(tallyStates(judged)).toEqual({ "over-limit": 1, coasting: 0, "within-limit": 9999, silent: 0 });
  const items = fleetItems(judged, { bbox: { west: 100, south: 20, east: 130, north: 50 }, zoom: 5 });
  expect(items.length).toBeLessThan(300);
  expect(items.filter((item) => item.kind === "point" && item.state === "fault")).toMatchObject([{ id: "d5000" }]);
  const members = items.reduce((sum, item) => sum + (item.kind === "cluster" ? item.count : 1), 0);
  expect(members).toBe(10_000);
});

test("a few vehicles are all drawn with their heading, silent ones without", () => {
  const judged = judgeVehicles([vehicle("b"), vehicle("a", { receivedAtMs: 0 })], NOW);
  const view = { bbox: { west: 100, south: 20, east: 130, north: 50 }, zoom: 5 };
  expect(fleetItems(judged, view)).toMatchObject([
    { id: "b", state: "good", headingDeg: 90, stateWord: "Within limit", detail: "80 km/h" },
    { id: "a", state: "silent" },
  ]);
  expect(fleetItems(judged, view)[1]).not.toHaveProperty("headingDeg");
});

const point = (seq: number, second: number, flags = 0, isLate = false): ChartedPoint => ({
  ...{ seq, atMs: second * 1000, speedKmh: 70 + seq, flags, isLate },
});

test("the chart breaks its line over a silence and ends what it cut off there", () => {
  const chart = speedChart({
    title: "Speed",
    points: [point(1, 0, 16), point(2, 10), point(3, 100), point(4, 100, 16), point(5, 110, 32)],
    range: null,
    gapS: 60,
  });
  expect(chart.series[0]?.points).toEqual({
    t: [0, 10_000, 10_001, 100_000, 100_001, 110_000],
    v: [71, 72, null, 73, 74, 75],
  });
  expect(chart.flags).toMatchObject([
    { startAt: 0, endAt: 10_000, check: "over limit", reason: "Data stopped before its end." },
    { startAt: 100_000, endAt: 110_000, check: "over limit" },
  ]);
});

test("stored and live points are one line, each point once, late ones at their time and marked", () => {
  const merged = mergePoints([point(1, 0), point(2, 20)], [point(2, 20), point(3, 10, 0, true)]);
  expect(merged.map(({ seq }) => seq)).toEqual([1, 3, 2]);
  const chart = speedChart({ title: "Speed", points: merged, range: null, gapS: 60 });
  expect(chart.flags).toMatchObject([{ startAt: 10_000, check: "late" }]);
});
