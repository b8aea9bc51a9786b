import { describe, expect, it } from "vitest";
import { solveLinearProgram } from "#lib/math/linear-program/solve";
import { createRandom } from "#lib/math/random";
import { pick, randomSessions, sessionsOf } from "../testing/random-sessions.ts";
import { unmetPrice } from "./find-optimal-load.ts";
import { optimiseCharging } from "./optimise-charging.ts";
import { STUDY_TARIFFS, studyTariff } from "./study-tariffs.ts";
import { energyOf, loadOf } from "./schedules.ts";
import {
  BILL_CONVENTIONS,
  type DayTariff,
  hasCap,
  noCap,
  peakIn,
  pricesOf,
  slotsOf,
  toCostModel,
} from "./day-tariff.ts";
import { wholeProgram } from "./whole-program.ts";

const PUBLISHED = { energyHours: 1, demandShare: 1 };
const conventions = PUBLISHED;
const sum = (values: Iterable<number>) => [...values].reduce((total, value) => total + value, 0);

/** Overlapping windows, prices that change often, a limit. */
const AWKWARD: DayTariff = {
  name: "awkward",
  priceUsdPerKwh: pricesOf(0.15, [
    { fromHour: 11, toHour: 15, usdPerKwh: 0 },
    { fromHour: 9, toHour: 11, usdPerKwh: 0.05 },
    { fromHour: 15, toHour: 17, usdPerKwh: 0.05 },
    { fromHour: 7, toHour: 9, usdPerKwh: 0.1 },
  ]),
  demand: [
    { label: "night", usdPerKw: 2, slots: slotsOf([{ fromHour: 16, toHour: 6 }]) },
    { label: "afternoon", usdPerKw: 1, slots: slotsOf([{ fromHour: 12, toHour: 18 }]) },
    { label: "day", usdPerKw: 0.4, slots: slotsOf([{ fromHour: 0, toHour: 24 }]) },
  ],
  capKw: noCap().fill(90),
  fixedUsdPerMonth: 0,
};

describe("optimiseCharging", () => {
  it("gives one session the cheapest slots, worked by hand", () => {
    // Two of three slots at full power: 11:45 is the dear one (8:30 to 12 costs less than 12 to 18).
    const session = sessionsOf([[46, 49, 3.3, 6.6]]);
    const result = optimiseCharging(session, { ...studyTariff("PGEe19"), demand: [] }, { conventions });
    expect([...result.schedules.powerKw]).toEqual([6.6, 6.6, 0]);
    expect(result.costUsd).toBeCloseTo(2 * 6.6 * 0.12236, 12);
  });

  it("spreads a lone charge over its window when only the peak costs", () => {
    const session = sessionsOf([[90, 2, 8, 6.6]]);
    const result = optimiseCharging(session, studyTariff("minpeak"), { conventions });
    expect([...result.schedules.powerKw].map((kw) => Math.round(kw * 1e9) / 1e9)).toEqual(new Array(8).fill(4));
    expect(result.costUsd).toBeCloseTo(4, 12);
    expect(result.loadKw[0]).toBeCloseTo(4, 9);
  });

  it.each([...STUDY_TARIFFS.map((name) => studyTariff(name, name === "cap" ? 60 : Infinity)), AWKWARD])(
    "costs what HiGHS finds for the whole program: $name",
    async (tariff) => {
      for (const size of [1, 7, 40]) {
        const sessions = randomSessions(size, `whole ${size}`);
        for (const used of [PUBLISHED, BILL_CONVENTIONS]) {
          const cost = toCostModel(tariff, used);
          const result = optimiseCharging(sessions, tariff, { conventions: used });
          const { objective } = await solveLinearProgram(wholeProgram(sessions, cost));
          const unmetUsd = hasCap(cost) ? unmetPrice(cost) * 4 * sum(result.cappedKwh) : 0;
          expect(result.costUsd + unmetUsd).toBeCloseTo(objective, 7);
          expect(result.relativeGap).toBeLessThan(1e-9);
        }
      }
    },
    20_000,
  );

  it.each([studyTariff("PGEe19"), studyTariff("SCEtouev8_summer"), AWKWARD])(
    "keeps windows, power and energy: $name",
    (tariff) => {
      const sessions = randomSessions(60, "invariants");
      const result = optimiseCharging(sessions, tariff, { conventions });
      const { start, powerKw } = result.schedules;
      for (let i = 0; i < 60; i++) {
        const length = (sessions.departureSlot[i]! - sessions.arrivalSlot[i]! + 96) % 96;
        expect(start[i + 1]! - start[i]!).toBe(length);
        const powers = powerKw.subarray(start[i], start[i + 1]);
        expect(Math.min(...powers)).toBeGreaterThanOrEqual(0);
        expect(Math.max(...powers)).toBeLessThanOrEqual(sessions.powerKwMax[i]!);
      }
      for (const [i, kwh] of energyOf(result.schedules).entries()) {
        expect(kwh + result.cappedKwh[i]! + result.shortKwh[i]!).toBeCloseTo(sessions.energyKwh[i]!, 9);
      }
      for (const [slot, kw] of loadOf(sessions, result.schedules).entries())
        expect(kw).toBeCloseTo(result.loadKw[slot]!, 8);
      expect(result.loadKw.every((kw, slot) => kw <= tariff.capKw[slot]! * (1 + 1e-9))).toBe(true);
    },
  );

  it("does not depend on the order of the sessions, to the last bit", () => {
    const sessions = randomSessions(50, "order");
    const order = createRandom("shuffle").shuffle([...sessions.energyKwh.keys()]);
    const first = optimiseCharging(sessions, studyTariff("PGEe19"), { conventions });
    const second = optimiseCharging(pick(sessions, order), studyTariff("PGEe19"), { conventions });
    expect(second.loadKw).toEqual(first.loadKw);
    expect(second.costUsd).toBe(first.costUsd);
    for (const [k, i] of order.entries()) {
      const powers = ({ schedules: { powerKw, start } }: typeof first, at: number) =>
        powerKw.slice(start[at], start[at + 1]);
      expect(powers(second, k)).toEqual(powers(first, i));
    }
  });

  it("reports energy beyond the window per session, and delivers the rest", () => {
    const sessions = sessionsOf([
      [40, 44, 20, 6.6],
      [40, 60, 5, 6.6],
    ]);
    const result = optimiseCharging(sessions, studyTariff("PGEe19"), { conventions });
    expect(result.shortKwh[0]).toBeCloseTo(20 - 6.6, 12);
    expect([...result.shortKwh].slice(1)).toEqual([0]);
    expect(sum(result.cappedKwh)).toBe(0);
    expect(energyOf(result.schedules)[0]).toBeCloseTo(6.6, 12);
  });

  it("delivers as much as a limit allows before it looks at the cost, and reports the rest", () => {
    // 4 slots × 5 kW × 0.25 h = 5 kWh find room of 8.
    const sessions = sessionsOf([
      [48, 52, 4, 6.6],
      [48, 52, 4, 6.6],
    ]);
    const result = optimiseCharging(sessions, studyTariff("PGEe19", 5), { conventions });
    expect(sum(energyOf(result.schedules))).toBeCloseTo(5, 9);
    expect(sum(result.cappedKwh)).toBeCloseTo(3, 9);
    expect(peakIn(result.loadKw)).toBeLessThanOrEqual(5 * (1 + 1e-9));
    // Alike sessions are treated alike.
    expect(result.cappedKwh[0]).toBeCloseTo(result.cappedKwh[1]!, 9);
  });

  it("makes the load as even as its cost allows: no exchange between two slots of a session evens it further", () => {
    const sessions = randomSessions(40, "even");
    const tariff = studyTariff("SCEtouev8_winter");
    const plain = optimiseCharging(sessions, tariff, { conventions, isEven: false });
    const even = optimiseCharging(sessions, tariff, { conventions });
    const squares = ({ loadKw }: typeof even) => sum(loadKw.map((kw) => kw * kw));
    expect(even.costUsd).toBeCloseTo(plain.costUsd, 9);
    expect(squares(even)).toBeLessThan(squares(plain));
    expect(even.evennessGap).toBeLessThan(1e-9);
    const { start, powerKw } = even.schedules;
    for (let i = 0; i < 40; i++) {
      for (let a = start[i]!; a < start[i + 1]!; a++) {
        for (let b = start[i]!; b < start[i + 1]!; b++) {
          const [from, to] = [a, b].map((at) => (sessions.arrivalSlot[i]! + at - start[i]!) % 96);
          const isFree = powerKw[a]! > 1e-6 && powerKw[b]! < sessions.powerKwMax[i]! - 1e-6;
          const isSamePrice = tariff.priceUsdPerKwh[from!] === tariff.priceUsdPerKwh[to!];
          if (isFree && isSamePrice) expect(even.loadKw[from!]! - even.loadKw[to!]!).toBeLessThan(1e-4);
        }
      }
    }
  });

  it("answers no sessions with nothing, and sessions without energy too", () => {
    const none = optimiseCharging(sessionsOf([]), studyTariff("PGEe19"), { conventions });
    expect([none.costUsd, none.relativeGap, sum(none.loadKw)]).toEqual([0, 0, 0]);
    const idle = optimiseCharging(sessionsOf([[10, 20, 0, 0]]), studyTariff("PGEe19", 5), { conventions });
    expect([idle.costUsd, sum(idle.schedules.powerKw), sum(idle.cappedKwh)]).toEqual([0, 0, 0]);
  });

  it("names the session that is none", () => {
    const bad = sessionsOf([
      [0, 4, 1, 6.6],
      [0, 4, NaN, 6.6],
    ]);
    expect(() => optimiseCharging(bad, studyTariff("minpeak"), { conventions })).toThrow("Session 2 asks for NaN kWh");
    const late = sessionsOf([[96, 4, 1, 6.6]]);
    expect(() => optimiseCharging(late, studyTariff("minpeak"), { conventions })).toThrow("arrives in slot 96");
  });
});
