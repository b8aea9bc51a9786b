import { describe, expect, it } from "vitest";
import { darkDayScore, learnUsualLight, type LitDay } from "./light-temperature.ts";
import { deafDayScore, learnUsualRise, type WetDay } from "./rain-soil-moisture.ts";

describe("light and temperature", () => {
  const bright: LitDay = { luxMax: 40_000, temperatureRange: 10 };
  const usual = learnUsualLight(new Array<LitDay>(10).fill(bright))!;

  it("finds a dark day on which the temperature moves as usual", () => {
    expect(darkDayScore({ luxMax: 100, temperatureRange: 9 }, usual)).toBeGreaterThan(1);
  });

  it("leaves bright days, dull days and days of polar night alone", () => {
    expect(darkDayScore(bright, usual)).toBe(0);
    expect(darkDayScore({ luxMax: 1_000, temperatureRange: 9 }, usual)).toBe(0);
    expect(darkDayScore({ luxMax: 0, temperatureRange: 2 }, usual)).toBeLessThan(1);
  });

  it("keeps knowing what is bright although a quarter of the days was dark", () => {
    const days = Array.from({ length: 20 }, (_, i) => (i % 4 === 0 ? { luxMax: 0, temperatureRange: 9 } : bright));
    expect(learnUsualLight(days)).toEqual({ luxMax: 40_000, temperatureRange: 10 });
  });

  it("needs a week, says nothing of a sensor that never saw light, nor of days that are not known", () => {
    expect(learnUsualLight(new Array<LitDay>(6).fill(bright))).toBeNull();
    expect(learnUsualLight(new Array<LitDay>(10).fill({ luxMax: 0, temperatureRange: 9 }))).toBeNull();
    expect(darkDayScore({ luxMax: Number.NaN, temperatureRange: 9 }, usual)).toBeNaN();
    expect(darkDayScore({ luxMax: 10, temperatureRange: Number.NaN }, usual)).toBeNaN();
  });
});

describe("rain and soil moisture", () => {
  const answered: WetDay = { rainMm: 20, risePercent: 6 };
  const usual = learnUsualRise(new Array<WetDay>(5).fill(answered))!;

  it("finds a soaking rain that the soil does not answer, the stronger the rain the surer", () => {
    const deaf = (rainMm: number) => deafDayScore({ rainMm, risePercent: 0.2 }, usual, false);
    expect(deaf(15)).toBeGreaterThan(1);
    expect(deaf(40)).toBeGreaterThan(deaf(15));
  });

  it("leaves answers, drizzle, wet soil and unknown answers alone", () => {
    expect(deafDayScore({ rainMm: 20, risePercent: 1 }, usual, false)).toBe(0);
    expect(deafDayScore({ rainMm: 5, risePercent: 0 }, usual, false)).toBeNaN();
    expect(deafDayScore({ rainMm: 20, risePercent: 0 }, usual, true)).toBeNaN();
    expect(deafDayScore({ rainMm: 20, risePercent: Number.NaN }, usual, false)).toBeNaN();
  });

  it("knows no usual answer from too few rains, or of a soil that hardly answers at all", () => {
    expect(learnUsualRise(new Array<WetDay>(3).fill(answered))).toBeNull();
    expect(learnUsualRise(new Array<WetDay>(8).fill({ rainMm: 20, risePercent: 1 }))).toBeNull();
    expect(learnUsualRise([])).toBeNull();
  });
});
