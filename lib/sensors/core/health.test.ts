import { describe, expect, it } from "vitest";
import { FLAG, type FlagSpan, worseFlag } from "./flag.ts";
import { sensorHealth, silentAfterMs } from "./health.ts";

const MIN = 60_000;
const HOUR = 60 * MIN;
const NOW = Date.UTC(2026, 10, 18, 22, 5);
const base = { spans: [], lastObservedAtMs: NOW - 2 * MIN, nowMs: NOW, usualStepMs: 15 * MIN };

function span(part: Partial<FlagSpan>): FlagSpan {
  return { check: "stuck", flag: FLAG.fail, reason: "Stuck.", startAtMs: NOW, endAtMs: NOW, pointCount: 1, ...part };
}

describe("sensorHealth", () => {
  it("calls a sensor good when no check found anything", () => {
    expect(sensorHealth(base)).toEqual({ state: "good", reason: "No check found anything.", sinceMs: null });
  });

  it("calls a sensor silent after six usual steps but never before an hour", () => {
    expect(silentAfterMs(0, 15 * MIN)).toBe(90 * MIN);
    expect(silentAfterMs(0, MIN)).toBe(HOUR);
    expect(silentAfterMs(0, Number.NaN)).toBe(HOUR);
    const lastObservedAtMs = NOW - 11 * HOUR - 55 * MIN;
    const health = sensorHealth({ ...base, lastObservedAtMs });
    expect(health).toEqual({ state: "silent", reason: "Nothing received for 11 h 55 min.", sinceMs: lastObservedAtMs });
    expect(sensorHealth({ ...base, lastObservedAtMs: null }).state).toBe("silent");
  });

  it("never freezes a sensor at the state of its last reading", () => {
    const lastObservedAtMs = NOW - 3 * HOUR;
    const spans = [span({ startAtMs: lastObservedAtMs - HOUR, endAtMs: lastObservedAtMs, pointCount: 5 })];
    expect(sensorHealth({ ...base, spans, lastObservedAtMs: NOW }).state).toBe("fault");
    expect(sensorHealth({ ...base, spans, lastObservedAtMs }).state).toBe("silent");
  });

  it("calls a failing sensor a fault, with the reason and start of its longest span", () => {
    const long = span({ startAtMs: NOW - 9 * HOUR, endAtMs: NOW - 5 * HOUR, pointCount: 17, reason: "Stuck at 4." });
    const health = sensorHealth({ ...base, spans: [span({ endAtMs: NOW - HOUR, startAtMs: NOW - HOUR }), long] });
    expect(health).toEqual({ state: "fault", reason: "Stuck at 4.", sinceMs: long.startAtMs });
  });

  it("calls one failed value suspect and one suspect value an incident of a good sensor", () => {
    const past = { startAtMs: NOW - 5 * HOUR, endAtMs: NOW - 5 * HOUR };
    expect(sensorHealth({ ...base, spans: [span(past)] }).state).toBe("suspect");
    const good = sensorHealth({ ...base, spans: [span({ ...past, flag: FLAG.suspect })] });
    expect(good).toMatchObject({ state: "good", reason: "Good apart from one incident: Stuck." });
    const ongoing = span({ flag: FLAG.suspect, startAtMs: NOW - HOUR, endAtMs: base.lastObservedAtMs });
    expect(sensorHealth({ ...base, spans: [ongoing] }).state).toBe("suspect");
  });

  it("lets a repaired sensor recover after a day", () => {
    const spans = [span({ startAtMs: NOW - 60 * HOUR, endAtMs: NOW - 25 * HOUR, pointCount: 140 })];
    expect(sensorHealth({ ...base, spans }).state).toBe("good");
  });

  it("does not count gaps as faults", () => {
    const spans = [span({ flag: FLAG.missing, startAtMs: NOW - 6 * HOUR, endAtMs: NOW - HOUR, pointCount: 20 })];
    expect(sensorHealth({ ...base, spans }).state).toBe("good");
  });
});

it("ranks flags: fail, suspect, missing, good, not evaluated", () => {
  expect(([1, 2, 9, 3, 4] as const).reduce(worseFlag, 2)).toBe(4);
  expect(worseFlag(9, 3)).toBe(3);
  expect(worseFlag(9, 1)).toBe(9);
});
