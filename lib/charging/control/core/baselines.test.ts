import { describe, expect, it } from "vitest";
import { randomSessions, sessionsOf } from "../testing/random-sessions.ts";
import { BASELINE_RULES, chargeUncontrolled, simulate } from "./baselines.ts";

const limit = (kw: number) => new Float64Array(96).fill(kw);

describe("baselines", () => {
  it("charges uncontrolled at full power from the arrival on, the rest in the last slot", () => {
    const { loadKw } = chargeUncontrolled(sessionsOf([[10, 20, 4, 6.6]]));
    expect([...loadKw.subarray(9, 14)].map((kw) => Math.round(kw * 1e9) / 1e9)).toEqual([0, 6.6, 6.6, 2.8, 0]);
  });

  // One waits long and leaves late, one comes later and leaves soon; the limit serves one at a time.
  const pair = sessionsOf([
    [10, 30, 6, 4],
    [11, 15, 3, 4],
  ]);

  it("serves by arrival, by departure or by slack when there is not room for both", () => {
    const got = (rule: (typeof BASELINE_RULES)[number]) => [...simulate(pair, rule, limit(4)).deliveredKwh];
    expect(got("first-come")).toEqual([6, 0]);
    expect(got("earliest-deadline")).toEqual([6, 3]);
    expect(got("least-laxity")).toEqual([6, 3]);
  });

  it("shares equally, and gives to others what one cannot take", () => {
    const sessions = sessionsOf([
      [0, 4, 4, 1],
      [0, 4, 4, 6],
    ]);
    const { loadKw, deliveredKwh } = simulate(sessions, "equal-share", limit(4));
    expect([...loadKw.subarray(0, 4)]).toEqual([4, 4, 4, 4]);
    expect([...deliveredKwh]).toEqual([1, 3]);
  });

  it("charges past midnight into the morning of a day like it", () => {
    const { loadKw, deliveredKwh } = simulate(sessionsOf([[94, 4, 5, 4]]), "first-come", limit(4));
    expect([...deliveredKwh]).toEqual([5]);
    expect([loadKw[94], loadKw[95], loadKw[0], loadKw[2], loadKw[3]]).toEqual([4, 4, 4, 4, 0]);
  });

  it.each(BASELINE_RULES)("never gives more than asked, allowed or limited: %s", (rule) => {
    const sessions = randomSessions(80, "rules");
    const { loadKw, deliveredKwh } = simulate(sessions, rule, limit(70));
    for (const [i, kwh] of deliveredKwh.entries()) expect(kwh).toBeLessThanOrEqual(sessions.energyKwh[i]! + 1e-9);
    if (rule !== "uncontrolled") expect(Math.max(...loadKw)).toBeLessThanOrEqual(70 + 1e-9);
    const total = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0);
    expect(0.25 * total(loadKw)).toBeCloseTo(total(deliveredKwh), 6);
  });
});
