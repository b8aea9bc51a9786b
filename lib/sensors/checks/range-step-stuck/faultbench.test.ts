import { existsSync, readdirSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { checkSeries } from "./run.ts";
import { type CheckedSpan, rangeStepStuckParams } from "./schema.ts";

/** Outdoor loggers with injected, known faults; not part of this repository. */
const BENCH = new URL("../../../../../shared/data/sensors/faultbench/", import.meta.url);
const params = rangeStepStuckParams.parse({});
const TEN_MIN_MS = 600_000;

interface BenchEvent {
  series: string;
  kind: string;
  startMs: number;
  endMs: number;
}

function readEvents(): BenchEvent[] {
  const lines = readFileSync(new URL("events.csv", BENCH), "utf8").trim().split(/\r?\n/).slice(1);
  return lines.map((line) => {
    const [series = "", , kind = "", start = "", end = ""] = line.split(",");
    return { series, kind, startMs: Date.parse(`${start}Z`), endMs: Date.parse(`${end}Z`) };
  });
}

function checkFile(file: string): { days: number; spans: CheckedSpan[] } {
  const lines = gunzipSync(readFileSync(new URL(file, BENCH)))
    .toString()
    .trim()
    .split("\n")
    .slice(1);
  const rows = lines.map((line) => line.split(",", 2));
  const times = Float64Array.from(rows, ([instant]) => Date.parse(`${instant}Z`));
  const values = Float64Array.from(rows, ([, value]) => (value ? Number(value) : Number.NaN));
  const series = { datastreamId: file, observedProperty: "air_temperature", unit: "°C", times, values };
  const spans = checkSeries(series, params).spans.filter((span) => span.flag !== 9);
  return { days: rows.length / 144, spans };
}

function touches(event: BenchEvent, span: CheckedSpan, marginMs: number): boolean {
  return span.startAtMs <= event.endMs + marginMs && span.endAtMs >= event.startMs - marginMs;
}

describe.skipIf(!existsSync(BENCH))("fault bench (skipped without ../shared/data/sensors/faultbench)", () => {
  it("finds what one series can show, with few false alarms on real outdoor temperature", () => {
    const events = readEvents();
    const found = new Map<string, { all: number; hit: number }>();
    let falseAlarms = 0;
    let days = 0;
    for (const file of readdirSync(BENCH).filter((name) => name.startsWith("hobo_"))) {
      const checked = checkFile(file);
      const own = events.filter((event) => event.series === `${file.slice(5, -7)}_temp`);
      days += checked.days;
      for (const event of own) {
        const tally = found.get(event.kind) ?? { all: 0, hit: 0 };
        const isHit = checked.spans.some((span) => touches(event, span, 0));
        found.set(event.kind, { all: tally.all + 1, hit: tally.hit + (isHit ? 1 : 0) });
      }
      falseAlarms += checked.spans.filter((span) => !own.some((event) => touches(event, span, 6 * TEN_MIN_MS))).length;
    }
    const recall = (kind: string) => (found.get(kind)?.hit ?? 0) / (found.get(kind)?.all ?? 0);
    expect(recall("stuck")).toBeGreaterThan(0.9);
    expect(recall("const_code")).toBeGreaterThan(0.9);
    expect(recall("spike")).toBeGreaterThan(0.6);
    expect(falseAlarms / (days / 30)).toBeLessThan(1);
  }, 30_000);
});
