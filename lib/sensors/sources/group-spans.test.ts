import { describe, expect, it } from "vitest";
import { groupSpans } from "./group-spans.ts";
import type { SensorSpan } from "./source.ts";

const span = (code: string, afterMs: number, untilMs = 100): SensorSpan => ({ code, afterMs, untilMs });
const limits = { sensorsMax: 2, windowMs: 10 };
const requests = (spans: SensorSpan[], options = limits) => [...groupSpans(spans, options)];

describe("groupSpans", () => {
  it("never asks for more sensors or a longer time than allowed", () => {
    const all = requests([span("a", 0), span("b", 3), span("c", 55), span("d", 1), span("e", 90)]);
    for (const { asked, afterMs, untilMs } of all) {
      expect(asked.length).toBeLessThanOrEqual(2);
      expect(untilMs - afterMs).toBeLessThanOrEqual(10);
    }
  });

  it("asks for every instant of every sensor exactly once, in order", () => {
    const spans = [span("a", 0, 37), span("b", 3, 100), span("c", 55, 61), span("d", 1, 2)];
    const seen = new Map(spans.map(({ code, afterMs }) => [code, afterMs]));
    for (const { asked, untilMs } of requests(spans)) {
      for (const one of asked) {
        expect(one.afterMs).toBe(seen.get(one.code));
        seen.set(one.code, Math.min(one.untilMs, untilMs));
      }
    }
    expect(Object.fromEntries(seen)).toEqual({ a: 37, b: 100, c: 61, d: 2 });
  });

  it("skips a time that nobody wants, and asks for nothing where nothing is new", () => {
    expect(requests([span("a", 0, 5), span("b", 80, 85)]).map(({ afterMs }) => afterMs)).toEqual([0, 80]);
    expect(requests([span("a", 100), span("b", 120)])).toEqual([]);
  });
});
