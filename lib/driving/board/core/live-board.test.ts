import { expect, test } from "vitest";
import { LiveBoard } from "./live-board.ts";
import { parseStreamEvent } from "./stream-events.ts";
import { vehicleStateOf } from "./vehicle.ts";

const COLUMNS = [
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
const NOW_MS = Date.UTC(2026, 10, 20, 12);

const row = (seq: number, second: number, more: { flags?: number; isLate?: 0 | 1; speedKmh?: number } = {}) => [
  ...[seq, "likun", "A1", `2017-01-01 08:00:${String(second).padStart(2, "0")}`, more.speedKmh ?? 70 + seq],
  ...[32, 118, 90, more.flags ?? 0, more.isLate ?? 0, null, null, null],
];
const columns = [...COLUMNS, "siteName", "neutralSlideS", "overspeedS"];

function take(board: LiveBoard, name: string, data: Record<string, unknown>): void {
  const event = parseStreamEvent(name, data);
  if (!event) throw new Error(`unknown event ${name}`);
  board.take(event, NOW_MS - 5000);
}

function begun(): LiveBoard {
  const board = new LiveBoard();
  take(board, "snapshot", {
    ...{ nowMs: NOW_MS, lastEventNo: 4, lastSeq: 0, gapS: 60, nextFrameAtMs: NOW_MS + 10_000 },
    ...{ drivers: [], openEpisodes: [], frames: [], columns, records: [] },
  });
  return board;
}
const records = (from: number, rows: unknown[][]) => ({
  ...{ nowMs: NOW_MS + 1000, fromSeq: from, toSeq: from + rows.length - 1, count: rows.length, columns, records: rows },
});
const frame = (frameNo: number, rows: unknown[][], more: Record<string, unknown> = {}) => ({
  ...{
    eventNo: frameNo,
    frameNo,
    endsAtMs: NOW_MS + 10_000,
    nextAtMs: NOW_MS + 40_000,
    lateCount: 0,
    isTruncated: false,
  },
  ...{ fromSeq: 1, toSeq: rows.length, count: rows.length, columns, records: rows, ...more },
});

test("a frame adds only the records that did not come before it", () => {
  const board = begun();
  take(board, "records", records(1, [row(1, 0), row(2, 10)]));
  take(board, "frame", frame(9, [row(1, 0), row(2, 10), row(3, 20, { flags: 64 })]));
  const vehicle = board.view().vehicles.get("likun");
  expect(vehicle?.history.map(({ seq }) => seq)).toEqual([1, 2, 3]);
  expect(vehicle).toMatchObject({ seq: 3, speedKmh: 73 });
  expect(board.view().feed.map(({ text }) => text)).toEqual(["shows signs of fatigue."]);
  expect(board.view()).toMatchObject({
    frames: [{ frameNo: 9, count: 3, lateCount: 0 }],
    nextFrameAtMs: NOW_MS + 40_000,
  });
  // The same frame again, as after a new snapshot, says nothing twice.
  take(board, "frame", frame(9, [row(1, 0), row(2, 10), row(3, 20, { flags: 64 })]));
  expect(board.view().frames).toHaveLength(1);
});

test("a late record enters the history at its time and moves nothing", () => {
  const board = begun();
  take(board, "records", records(1, [row(1, 10), row(2, 20), row(3, 15, { isLate: 1 })]));
  const vehicle = board.view().vehicles.get("likun");
  expect(vehicle).toMatchObject({ at: "2017-01-01 08:00:20", seq: 2, lateCount: 1 });
  expect(vehicle?.history.map(({ seq }) => seq)).toEqual([1, 3, 2]);
  take(board, "frame", frame(9, [row(1, 10), row(2, 20), row(3, 15, { isLate: 1 })], { lateCount: 1 }));
  expect(board.view().feed[0]).toMatchObject({ driver: null, tone: "silent" });
  expect(board.view().feed[0]?.text).toMatch(/^1 record of 3 in frame 9 came late/);
});

test("an alert stands from its start to its end, also when its driver is met later", () => {
  const board = begun();
  const told = {
    episodeId: "e1",
    driver: "likun",
    plate: "A1",
    at: "2017-01-01 08:00:05",
    latitude: 32,
    longitude: 118,
  };
  take(board, "overspeed-start", { ...told, eventNo: 5, speedKmh: 125 });
  take(board, "records", records(1, [row(1, 5)]));
  const view = board.view();
  const vehicle = view.vehicles.get("likun")!;
  expect(vehicleStateOf(vehicle, { nowMs: NOW_MS, gapS: 60 })).toBe("over-limit");
  expect(view.alerts).toMatchObject([{ id: "e1", state: "open", speedKmh: 125, raisedAtMs: NOW_MS }]);
  take(board, "alert", { eventNo: 6, ...told, verdict: "excused", comment: "ambulance", byLabel: "Ada" });
  take(board, "overspeed-end", { ...told, eventNo: 7, peakSpeedKmh: 140, endedAt: told.at, durationS: 12 });
  expect(board.view().alerts).toMatchObject([{ state: "closed", peakSpeedKmh: 140, verdict: "excused" }]);
  expect(board.view().feed.map(({ text }) => text)).toEqual([
    "is within the limit again after 12 s, peak 140 km/h.",
    "has an alert that Ada excused: ambulance.",
    "is over the limit at 125 km/h.",
  ]);
  expect(board.view().lastEventNo).toBe(7);
});

test("a vehicle falls silent by the portal's clock, not by this browser's", () => {
  const board = begun();
  take(board, "records", records(1, [row(1, 0, { flags: 4 })]));
  const { vehicles, clockOffsetMs, gapS } = board.view();
  const vehicle = vehicles.get("likun")!;
  expect(clockOffsetMs).toBe(6000);
  expect(vehicleStateOf(vehicle, { nowMs: NOW_MS + 30_000, gapS })).toBe("coasting");
  expect(vehicleStateOf(vehicle, { nowMs: NOW_MS + 62_000, gapS })).toBe("silent");
});

test("a list of alerts that was asked for before an event does not take it back", () => {
  const board = begun();
  const told = {
    episodeId: "e1",
    driver: "likun",
    plate: "A1",
    at: "2017-01-01 08:00:05",
    latitude: 32,
    longitude: 118,
  };
  take(board, "overspeed-start", { ...told, eventNo: 5, speedKmh: 125 });
  const listed = board.view().alerts;
  take(board, "overspeed-end", { ...told, eventNo: 6, peakSpeedKmh: 140, endedAt: told.at, durationS: 12 });
  board.loadAlerts(listed, 5);
  expect(board.view().alerts).toMatchObject([{ state: "closed" }]);
  board.loadAlerts(listed, 6);
  expect(board.view().alerts).toMatchObject([{ state: "open" }]);
});

test("records of the snapshot that come once more say nothing twice", () => {
  const board = new LiveBoard();
  const rows = [row(1, 0, { flags: 64 }), row(2, 10)];
  take(board, "snapshot", {
    ...{ nowMs: NOW_MS, lastEventNo: 4, lastSeq: 2, gapS: 60, nextFrameAtMs: NOW_MS + 10_000 },
    ...{ drivers: [], openEpisodes: [], frames: [], columns, records: rows },
  });
  take(board, "records", records(1, [...rows, row(3, 20, { flags: 2 })]));
  expect(board.view().feed.map(({ text }) => text)).toEqual(["brakes sharply.", "shows signs of fatigue."]);
  expect(board.view().vehicles.get("likun")).toMatchObject({ seq: 3 });
});
