import { describe, expect, test } from "vitest";
import { decideAlert, type AlertStep, type KnownAlert } from "./decide-alert.ts";

const MINUTE_MS = 60_000;

/** Follows one condition minute by minute and returns the steps that tell people something. */
function follow(holdsAt: (minute: number) => boolean, minutes: number): [AlertStep, number][] {
  let known: KnownAlert | null = null;
  const told: [AlertStep, number][] = [];
  for (let minute = 0; minute < minutes; minute++) {
    const nowMs = minute * MINUTE_MS;
    const seen = { condition: "fault" as const, holds: holdsAt(minute), sinceMs: nowMs };
    const step: AlertStep = decideAlert(known, seen, nowMs);
    if (step === "hold") known = { heldSinceMs: nowMs, beganAtMs: null, clearSinceMs: null };
    if (step === "begin" && known) known = { ...known, beganAtMs: nowMs };
    if (step === "clear" && known) known = { ...known, clearSinceMs: nowMs };
    if (step === "return" && known) known = { ...known, clearSinceMs: null };
    if (step === "forget" || step === "end") known = null;
    if (step === "begin" || step === "end") told.push([step, minute]);
  }
  return told;
}

describe("decideAlert", () => {
  test("a fault is told once it has held for ten minutes, and its end after an hour without it", () => {
    expect(follow((minute) => minute >= 5 && minute < 100, 300)).toEqual([
      ["begin", 15],
      ["end", 160],
    ]);
  });

  test("a fault that is gone within ten minutes is not told", () => {
    expect(follow((minute) => minute % 30 < 9, 600)).toEqual([]);
  });

  test("a sensor that comes and goes is one alert, not fifty", () => {
    const told = follow((minute) => minute < 1_000 && minute % 20 < 12, 1_200);
    expect(told.map(([step]) => step)).toEqual(["begin", "end"]);
  });

  test("silence is told at once", () => {
    expect(decideAlert(null, { condition: "silent", holds: true, sinceMs: 0 }, 0)).toBe("begin");
  });

  test("what never held is nothing", () => {
    expect(decideAlert(null, { condition: "silent", holds: false, sinceMs: 0 }, 0)).toBe("none");
  });
});
