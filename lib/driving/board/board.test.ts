import { expect, test } from "vitest";
import { FLAG } from "../core/record.ts";
import { Board } from "./board.ts";

const record = (seq: number, at: string, more: { speedKmh?: number; flags?: number; slideS?: number } = {}) => [
  ...[seq, "d", "p", `2017-01-01 ${at}`, more.speedKmh ?? 80, 32, 118, 90, more.flags ?? 0, 0, null],
  ...[more.slideS ?? null, null],
];
const snapshot = { nowMs: 5000, nextFrameAtMs: 30_000, drivers: [], openEpisodes: [], frames: [], records: [] };
const overspeed = { episodeId: "e", driver: "d", plate: "p", at: "2017-01-01 08:00:00" };

function boardAfter(...events: [Parameters<Board["apply"]>[0], unknown][]): Board {
  const board = new Board();
  for (const [event, data] of events) board.apply(event, data, 1000);
  return board;
}

test("records that come twice, in a delta and in a frame, count once", () => {
  const fatigue = record(1, "08:00:00", { flags: FLAG.fatigue });
  const board = boardAfter(
    ["snapshot", snapshot],
    ["records", { nowMs: 6000, records: [fatigue] }],
    ["frame", { frameNo: 7, nextAtMs: 60_000, count: 2, records: [fatigue, record(2, "08:00:05", { speedKmh: 90 })] }],
  );
  expect(board.view()).toMatchObject({ frameNo: 7, nextFrameAtMs: 60_000, clockOffsetMs: 5000, receivedAtMs: 1000 });
  expect(board.view().feed.map(({ text }) => text)).toEqual(["d shows fatigue"]);
  expect(board.trackOf("d").speedKmh).toEqual([80, 90]);
});

test("a late record does not move its vehicle back", () => {
  const late = [record(1, "08:00:10", { speedKmh: 100 }), record(2, "07:00:00", { speedKmh: 10 })];
  const board = boardAfter(["records", { nowMs: 0, records: late }]);
  expect(board.view().vehicles).toMatchObject([{ at: "2017-01-01 08:00:10", speedKmh: 100 }]);
});

test("an alert opens, is judged, ends; open ones stand first", () => {
  const board = boardAfter(
    ["overspeed-start", { ...overspeed, speedKmh: 125 }],
    ["alert", { episodeId: "e", verdict: "acknowledged", comment: "", byLabel: "Mira" }],
    ["overspeed-end", { ...overspeed, peakSpeedKmh: 149, durationS: 7 }],
    ["overspeed-start", { ...overspeed, episodeId: "f", speedKmh: 130 }],
    ["overspeed-start", { ...overspeed, episodeId: "g", speedKmh: 130 }],
    ["overspeed-unclosed", { ...overspeed, episodeId: "g", peakSpeedKmh: 130 }],
  );
  expect(board.view().alerts).toMatchObject([
    { episodeId: "f", state: "open" },
    { episodeId: "g", state: "unclosed" },
    { episodeId: "e", state: "closed", verdict: "acknowledged", durationS: 7 },
  ]);
  expect(board.view().feed[0]?.text).toBe("d fell silent while over the limit");
});

test("what cannot be read is passed over", () => {
  expect(boardAfter(["frame", { frameNo: "x" }]).view().receivedAtMs).toBeNull();
});
