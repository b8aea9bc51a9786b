import { describe, expect, it } from "vitest";
import { findPublishedTariff } from "../tariffs/published/published-tariffs.ts";
import { conventionsOf, tariffNameOf, tariffOf, tariffParams } from "./tariff-params.ts";

describe("tariff parameters", () => {
  it("bill a quarter hour as a quarter of an hour and a day as a thirtieth of a month unless told otherwise", () => {
    expect(conventionsOf(tariffParams.parse({}))).toEqual({ energyHours: 0.25, demandShare: 1 / 30 });
    expect(conventionsOf(tariffParams.parse({ energyHours: 1, demandDays: 1 }))).toEqual({
      energyHours: 1,
      demandShare: 1,
    });
  });

  it("limit to the uncontrolled peak where a tariff needs a limit and none is given", () => {
    const capOf = (params: object) => tariffOf(tariffParams.parse(params), null, 77).capKw[5];
    expect(capOf({ tariff: "cap" })).toBe(77);
    expect(capOf({ tariff: "PGEcev", capKw: 60 })).toBe(60);
    expect(capOf({ tariff: "PGEe19" })).toBe(Infinity);
    expect(tariffOf(tariffParams.parse({ tariff: "PGEcev" }), null, 77).fixedUsdPerMonth).toBeCloseTo(2 * 183.86, 9);
  });

  it("read custom prices and charges, also past midnight", () => {
    const params = tariffParams.parse({
      tariff: "custom",
      usualPriceUsdPerKwh: 0.15,
      prices: ["22:00-06:00 0.05", "05:00-07:30 0.1"],
      demandCharges: ["16:00-06:00 20", "day 2"],
    });
    const { priceUsdPerKwh, demand } = tariffOf(params, null, 0);
    expect([88, 0, 19, 20, 29, 30].map((slot) => priceUsdPerKwh[slot])).toEqual([0.05, 0.05, 0.05, 0.1, 0.1, 0.15]);
    expect(demand.map(({ label, usdPerKw, slots }) => [label, usdPerKw, slots.length])).toEqual([
      ["16:00-06:00", 20, 56],
      ["whole day", 2, 96],
    ]);
  });

  it("take any published tariff, on a day of a month", () => {
    const on = (params: object) => tariffOf(tariffParams.parse({ tariff: "pge-e-19-tou", ...params }), null, 50);
    expect(on({}).demand.map(({ label, usdPerKw, slots }) => [label, usdPerKw, slots.length])).toEqual([
      ["Month's maximum", 19.73, 96],
      ["Part-peak", 5.99, 28],
      ["Peak", 21.62, 24],
    ]);
    expect(
      [on({}), on({ tariffMonth: 1 }), on({ tariffDays: "weekend" })].map((day) => day.priceUsdPerKwh[50]),
    ).toEqual([0.17028, 0.11605, 0.09099]);
    expect(on({ tariffDays: "weekend" }).demand).toHaveLength(1);
    expect(on({}).fixedUsdPerMonth).toBeCloseTo(((23.65503 + 4.59959) * 365) / 12, 9);
  });

  it("prefer a tariff of the workspace, then one in full, and limit a subscription", () => {
    const [own, inlineTariff] = [findPublishedTariff("PGEcev"), findPublishedTariff("sdge-al-tou")];
    const params = tariffParams.parse({ inlineTariff });
    expect(tariffOf(params, null, 120)).toMatchObject({ name: "SDG&E AL-TOU", demand: [{}, {}] });
    expect(tariffOf(params, own, 120)).toMatchObject({ name: "PG&E commercial EV", fixedUsdPerMonth: 3 * 183.86 });
    expect(tariffOf(params, own, 120).capKw[0]).toBe(120);
    expect([tariffNameOf(params, own), tariffNameOf(params, null)]).toEqual(["PG&E commercial EV", "SDG&E AL-TOU"]);
  });

  it("refuse what is no price", () => {
    expect(tariffParams.safeParse({ prices: ["noon 0.1"] }).error?.issues[0]?.message).toContain("12:00-18:00 0.17");
  });
});
