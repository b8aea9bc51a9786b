import { expect, test } from "vitest";
import { LiveBoard } from "./live-board.ts";
import { parseReplayEvent } from "./replay-events.ts";

const columns = [
  "seq",
  "driver",
  "plate",
  "at",
  "speedKmh",
  "latitude",
  "longitude",
  "directionDeg",
  "flags",
  "isLate",
];
const row = [7, "likun", "A1", "2017-01-01 08:00:05", 80, 32, 118, 90, 0, 1];
const told = { episodeId: "e1", driver: "likun", plate: "A1", at: "2017-01-01 08:00:05", latitude: 32, longitude: 118 };
const positionMs = Date.UTC(2017, 0, 1, 8, 0, 6);

test("a replay feeds the live board at its own position, and what came late then is in time now", () => {
  const board = new LiveBoard();
  for (const [name, data] of [
    ["records", { columns, records: [row] }],
    ["overspeed-start", { ...told, peakSpeedKmh: 131, endedAt: null, durationS: null }],
  ] as const) {
    const event = parseReplayEvent(name, data, positionMs);
    if (event?.event === "board") board.take(event.data, positionMs);
  }
  const { vehicles, alerts, clockOffsetMs } = board.view();
  expect(vehicles.get("likun")).toMatchObject({ seq: 7, speedKmh: 80, receivedAtMs: positionMs, lateCount: 0 });
  expect(alerts).toMatchObject([{ state: "open", peakSpeedKmh: 131, raisedAtMs: positionMs }]);
  expect(clockOffsetMs).toBe(0);
  expect(parseReplayEvent("clock", { positionMs: 5, at: "", speed: 60 }, 0)).toEqual({ event: "clock", positionMs: 5 });
  expect(parseReplayEvent("weather", {}, 0)).toBeNull();
});
