import { describe, expect, it } from "vitest";
import { createRandom } from "#lib/math/random";
import type { FlagSpan } from "#lib/sensors/core/flag";
import { at, STEP_MS } from "../testing/series.ts";
import { ArrivalCheck } from "./arrival-check.ts";
import { learnArrival } from "./learn-arrival.ts";

const MINUTE_MS = 60_000;
const EXCEEDANCE = 0.05 / (30 * 96);
const GAP_STEPS = 3;

function judge(times: readonly number[], untilMs?: number): FlagSpan[] {
  const closed: FlagSpan[] = [];
  const habits = learnArrival(Float64Array.from(times), STEP_MS, EXCEEDANCE);
  const check = new ArrivalCheck({ stepMs: STEP_MS, ...habits }, { gapSteps: GAP_STEPS, untilMs }, closed);
  for (const atMs of times) check.push(atMs);
  check.finish();
  return closed;
}

/** Every quarter of an hour, a few seconds early or late, without those of `lost`. */
function beats(count: number, lost: (index: number) => boolean = () => false): number[] {
  const random = createRandom("beats");
  const indices = Array.from({ length: count }, (_, i) => i).filter((i) => !lost(i));
  return indices.map((i) => at(i) + random.uniform(-20_000, 20_000));
}

describe("late", () => {
  it("is what comes well after it was due, from its predecessor on; jitter is not", () => {
    const times = beats(500);
    expect(judge(times)).toEqual([]);
    const late = times.filter((_, i) => i !== 200).map((atMs, i) => (i === 400 ? atMs + 10 * MINUTE_MS : atMs));
    const spans = judge(late);
    expect(spans).toMatchObject([
      { check: "late", flag: 9, startAtMs: times[199], endAtMs: times[201], pointCount: 1 },
      { check: "late", flag: 9, startAtMs: times[400], pointCount: 1 },
    ]);
    expect(spans[0]!.reason).toMatch(/^Late: 29 min .* after the one before; up to .*22 min.* is usual here\.$/);
  });

  it("joins delays in a row", () => {
    const spans = judge(beats(500, (i) => i > 300 && i < 310 && i % 2 === 1));
    expect(spans).toHaveLength(1);
    expect(spans[0]).toMatchObject({ pointCount: 5 });
    expect(spans[0]!.reason).toMatch(/^5 observations in a row late, the latest: /);
  });

  it("lets a series that always loses observations do so", () => {
    for (const share of [0.02, 0.1, 0.4]) {
      const random = createRandom(`loss ${share}`);
      const late = judge(beats(3_000, () => random.uniform(0, 1) < share)).filter(({ check }) => check === "late");
      expect(late.length).toBeLessThan(3);
    }
  });

  it("leaves what is missing for longer to the gap check", () => {
    expect(judge(beats(500, (i) => i > 200 && i < 210))).toEqual([]);
  });
});

describe("silent", () => {
  it("is a series that stopped while others go on, beyond six steps", () => {
    const times = beats(500);
    const last = times.at(-1)!;
    expect(judge(times, last + 5 * STEP_MS)).toEqual([]);
    const untilMs = last + 40 * STEP_MS;
    expect(judge(times, untilMs)).toEqual([
      {
        check: "silent",
        flag: 9,
        reason: "Nothing for 10 h at the end, while others report; up to 1 h 30 min is usual here.",
        startAtMs: last,
        endAtMs: untilMs,
        pointCount: 39,
      },
    ]);
  });

  it("waits longer for a series that pauses often", () => {
    const pausing = beats(3_000, (i) => i % 60 >= 20);
    const last = pausing.at(-1)!;
    expect(judge(pausing, last + 40 * STEP_MS)).toEqual([]);
    expect(judge(pausing, last + 400 * STEP_MS)).toMatchObject([{ check: "silent" }]);
  });

  it("is neither the end of the whole record nor an archive", () => {
    const times = beats(500);
    expect(judge(times)).toEqual([]);
    expect(judge(times, times.at(-1)! - STEP_MS)).toEqual([]);
    expect(judge(times, times.at(-1)! + 100 * 86_400_000)).toEqual([]);
  });
});

it("says nothing without a step", () => {
  for (const times of [[], [at(0)]]) {
    const habits = learnArrival(Float64Array.from(times), Number.NaN, EXCEEDANCE);
    const closed: FlagSpan[] = [];
    const check = new ArrivalCheck(
      { stepMs: Number.NaN, ...habits },
      { gapSteps: GAP_STEPS, untilMs: at(900) },
      closed,
    );
    for (const atMs of times) check.push(atMs);
    check.finish();
    expect(closed).toEqual([]);
  }
});
