import { describe, expect, it } from "vitest";
import type { UploadItem } from "#lib/uploads/engine/types";
import type { UploadView } from "#lib/uploads/schema";
import { progressWords, totalWords } from "./progress-words.ts";
import { isMoving, mergeRows } from "./upload-rows.ts";

const item = (over: Partial<UploadItem>): UploadItem => ({
  key: "file-1",
  uploadId: null,
  fileName: "a.csv",
  relativePath: "",
  kind: "auto",
  sizeBytes: 1_840_000_000,
  state: "uploading",
  pauseReason: null,
  sentBytes: 1_122_400_000,
  partCount: 38,
  partsDone: 23,
  speedBytesPerS: 18_400_000,
  etaS: 39,
  wireBytes: 0,
  resentBytes: 0,
  failure: null,
  duplicateOf: null,
  ...over,
});
const view = (over: Partial<UploadView>): UploadView => ({
  id: "u1",
  fileName: "a.csv",
  relativePath: "",
  kind: "sensor-readings",
  sizeBytes: 10,
  state: "checked",
  reason: null,
  reasonCode: null,
  duplicateOf: null,
  run: null,
  dataset: null,
  readBy: null,
  createdAt: "2026-11-18T14:05:00Z",
  createdBy: "Mo",
  ...over,
});

describe("mergeRows", () => {
  it("shows a transfer and its server row as one line, the transfer first while it lasts", () => {
    const rows = mergeRows([item({ uploadId: "u1" })], [view({ id: "u0" }), view({ state: "uploading" })]);
    expect(rows.map((row) => [row.id, row.look])).toEqual([
      ["file-1", "uploading"],
      ["u0", "checked"],
    ]);
  });

  it("lets the server speak once the transfer has ended", () => {
    const ended = item({ uploadId: "u1", state: "stored" });
    expect(mergeRows([ended], []).map((row) => [row.id, row.look])).toEqual([["u1", "stored"]]);
    expect(mergeRows([ended], [view({})]).map((row) => [row.id, row.look])).toEqual([["u1", "checked"]]);
  });

  it("leaves out what was cancelled", () => {
    expect(mergeRows([item({ state: "cancelled" })], [view({ state: "cancelled" })])).toEqual([]);
  });

  it("says what became of the rows", () => {
    const dataset = { id: "d", name: "n", rowsIn: 40_144, rowsKept: 38_940, rowsDropped: 1204 };
    expect(mergeRows([], [view({ dataset })])[0]).toMatchObject({
      isSuspect: true,
      stateText: "checked, 1,204 dropped",
    });
  });
});

it("asks again only while something moves on the server", () => {
  const run = { id: "r", progressFraction: 0.4, step: "Cleaning" };
  expect(isMoving(view({}))).toBe(false);
  expect(isMoving(view({ state: "stored" }))).toBe(true);
  expect(isMoving(view({ run: { ...run, state: "running" } }))).toBe(true);
  expect(isMoving(view({ run: { ...run, state: "succeeded" } }))).toBe(false);
});

describe("words", () => {
  it("tell share, parts, speed and time left", () => {
    expect(progressWords(item({}))).toBe("61 %, 23 of 38 parts, 18.4 MB/s, 39 s left");
  });

  it("leave out what is not known yet", () => {
    expect(progressWords(item({ speedBytesPerS: null, etaS: null, partCount: 1 }))).toBe("61 %");
  });

  it("name the unit of a total once", () => {
    const totals = { activeCount: 1, waitingCount: 0, pausedCount: 0, failedCount: 0, speedBytesPerS: 1, etaS: 61 };
    expect(totalWords({ ...totals, sizeBytes: 2_340_000_000, sentBytes: 1_360_000_000 })).toBe(
      "1.36 of 2.34 GB, 1 min 1 s left",
    );
    expect(totalWords({ ...totals, sizeBytes: 2_340_000_000, sentBytes: 5_000_000, etaS: null })).toBe(
      "5.0 MB of 2.34 GB",
    );
  });
});
