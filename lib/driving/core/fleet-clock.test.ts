import { expect, test } from "vitest";
import { advanceClock, fleetTimeMs, type FleetClock } from "./fleet-clock.ts";

function clockAfter(driverCount: number, records: [number, number][]): FleetClock {
  const clock: FleetClock = { driverCount, newestDriverNo: 0, newestAtMs: NaN, secondDriverNo: 0, secondAtMs: NaN };
  for (const [driverNo, atMs] of records) advanceClock(clock, driverNo, atMs);
  return clock;
}

test("keeps the newest times of two different drivers, whatever the order", () => {
  const records: [number, number][] = [
    [1, 10],
    [2, 5],
    [1, 30],
    [3, 20],
    [2, 25],
  ];
  expect(clockAfter(3, records)).toMatchObject({ newestAtMs: 30, secondDriverNo: 2, secondAtMs: 25 });
  expect(clockAfter(3, records.toReversed())).toMatchObject({ newestAtMs: 30, secondDriverNo: 2, secondAtMs: 25 });
});

test("one clock that is ahead does not make everybody late", () => {
  const ahead: [number, number][] = [
    [1, 1_000_000],
    [2, 10],
    [3, 12],
  ];
  expect(fleetTimeMs(clockAfter(3, ahead))).toBe(12);
  expect(fleetTimeMs(clockAfter(1, [[1, 7]]))).toBe(7);
  expect(fleetTimeMs(clockAfter(0, []))).toBeNaN();
});
