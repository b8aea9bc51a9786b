import { describe, expect, it } from "vitest";
import { conventionsOf, tariffOf, tariffParams } from "./tariff-params.ts";

describe("tariff parameters", () => {
  it("bill a quarter hour as a quarter of an hour and a day as a thirtieth of a month unless told otherwise", () => {
    expect(conventionsOf(tariffParams.parse({}))).toEqual({ energyHours: 0.25, demandShare: 1 / 30 });
    expect(conventionsOf(tariffParams.parse({ energyHours: 1, demandDays: 1 }))).toEqual({
      energyHours: 1,
      demandShare: 1,
    });
  });

  it("limit to the uncontrolled peak where a tariff needs a limit and none is given", () => {
    const capOf = (params: object) => tariffOf(tariffParams.parse(params), 77).capKw[5];
    expect(capOf({ tariff: "cap" })).toBe(77);
    expect(capOf({ tariff: "PGEcev", capKw: 60 })).toBe(60);
    expect(capOf({ tariff: "PGEe19" })).toBe(Infinity);
    expect(tariffOf(tariffParams.parse({ tariff: "PGEcev" }), 77).fixedUsdPerMonth).toBeCloseTo(2 * 183.86, 9);
  });

  it("read custom prices and charges, also past midnight", () => {
    const params = tariffParams.parse({
      tariff: "custom",
      usualPriceUsdPerKwh: 0.15,
      prices: ["22:00-06:00 0.05", "05:00-07:30 0.1"],
      demandCharges: ["16:00-06:00 20", "day 2"],
    });
    const { priceUsdPerKwh, demand } = tariffOf(params, 0);
    expect([88, 0, 19, 20, 29, 30].map((slot) => priceUsdPerKwh[slot])).toEqual([0.05, 0.05, 0.05, 0.1, 0.1, 0.15]);
    expect(demand.map(({ label, usdPerKw, slots }) => [label, usdPerKw, slots.length])).toEqual([
      ["16:00-06:00", 20, 56],
      ["whole day", 2, 96],
    ]);
  });

  it("refuse what is no price", () => {
    expect(tariffParams.safeParse({ prices: ["noon 0.1"] }).error?.issues[0]?.message).toContain("12:00-18:00 0.17");
  });
});
