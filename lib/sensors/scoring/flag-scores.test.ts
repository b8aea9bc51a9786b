import { describe, expect, it } from "vitest";
import { compositeF } from "./composite-f.ts";
import { coverageByKind } from "./coverage-by-kind.ts";
import { eventF1 } from "./event-f1.ts";
import { falseAlarmsPerMonth } from "./false-alarms.ts";
import { pointF1 } from "./point-f1.ts";
import { flagsOf, spansOf, widen } from "./spans.ts";

const DAY = 96;

function marks(length: number, ...spans: [number, number][]): Uint8Array {
  const row = new Uint8Array(length);
  for (const [start, end] of spans) row.fill(1, start, end);
  return row;
}

const labels = marks(960, [100, 200], [500, 510]);
const scored = (...spans: [number, number][]) => [{ flags: marks(960, ...spans), labels, samplesPerDay: DAY }];

describe("spans", () => {
  it("merge over short gaps and are cut by length", () => {
    const rows = marks(20, [0, 2], [4, 12]);
    expect(spansOf(rows)).toEqual([
      { start: 0, end: 2 },
      { start: 4, end: 12 },
    ]);
    expect(spansOf(rows, { mergeGap: 2, lengthMax: 8 })).toEqual([
      { start: 0, end: 8 },
      { start: 8, end: 12 },
    ]);
  });

  it("widen within the series, and a missing score is no detection", () => {
    expect([...widen([1, 0, 0, 0, 1], 1)]).toEqual([1, 1, 0, 1, 1]);
    expect([...flagsOf([NaN, 0.9, 1, 2], 1)]).toEqual([0, 0, 1, 1]);
  });
});

describe("flag scores", () => {
  it("are perfect for the labels themselves and zero for silence", () => {
    const perfect = scored([100, 200], [500, 510]);
    expect(compositeF(perfect)).toEqual({ precision: 1, recall: 1, f: 1 });
    expect(pointF1(perfect).f1).toBe(1);
    expect(eventF1(perfect).f1).toBe(1);
    expect(falseAlarmsPerMonth(perfect)).toBe(0);
    expect(compositeF(scored()).f).toBe(0);
    expect(eventF1(scored()).f1).toBe(0);
    expect(pointF1(scored()).f1).toBe(0);
  });

  it("forgive one hour, not more", () => {
    expect(compositeF(scored([204, 205])).precision).toBe(0);
    expect(compositeF(scored([203, 204]))).toEqual({ precision: 1, recall: 0.5, f: 2 / 3 });
  });

  it("count rows for precision and events for recall", () => {
    // 10 rows right, 10 wrong, one of two events: 0.5 and 0.5.
    expect(compositeF(scored([100, 110], [800, 810]))).toEqual({ precision: 0.5, recall: 0.5, f: 0.5 });
    expect(pointF1(scored([100, 110], [800, 810]))).toMatchObject({ precision: 0.5, recall: 10 / 110 });
  });

  it("cut an alarm over everything into days", () => {
    const everything = eventF1(scored([0, 960]));
    expect(everything).toMatchObject({ predictedEvents: 10, recall: 1, precision: 0.3 });
  });

  it("count false alarms by run per 30 unlabelled days", () => {
    // Three runs, two of them within an hour of each other; 850 unlabelled rows.
    const rate = falseAlarmsPerMonth(scored([700, 701], [704, 705], [900, 901]));
    expect(rate).toBeCloseTo((2 * 30 * DAY) / 850, 9);
  });

  it("weigh every event of a kind alike", () => {
    const flags = marks(960, [100, 150]);
    const kinds = coverageByKind([
      { kind: "drift", start: 100, end: 200, flags },
      { kind: "drift", start: 500, end: 510, flags },
      { kind: "none", start: 5, end: 5, flags },
    ]);
    expect(Object.fromEntries(kinds)).toEqual({ drift: { events: 2, recall: 0.5, coverage: 0.25 } });
  });
});
