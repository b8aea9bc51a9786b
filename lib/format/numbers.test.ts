import { describe, expect, it } from "vitest";
import { formatCompact, formatNumber, formatPercent, formatRange, formatUsd } from "./numbers.ts";

describe("formatNumber", () => {
  it("groups thousands and keeps at most two decimals", () => {
    expect(formatNumber(1204)).toBe("1,204");
    expect(formatNumber(0.94)).toBe("0.94");
    expect(formatNumber(1234567.891)).toBe("1,234,567.89");
    expect(formatNumber(12n)).toBe("12");
  });
  it("writes a true minus and never a negative zero", () => {
    expect(formatNumber(-41.2)).toBe("−41.2");
    expect(formatNumber(-0.001, { decimals: 1 })).toBe("0.0");
  });
  it("shows a dash, not zero, for what is missing", () => {
    for (const value of [null, undefined, NaN]) expect(formatNumber(value)).toBe("–");
    expect(formatNumber(0)).toBe("0");
  });
  it("keeps the decimals of a column equal", () => {
    expect([1, 2.5].map((value) => formatNumber(value, { decimals: 2 }))).toEqual(["1.00", "2.50"]);
  });
  it("signs positive differences on request", () => {
    expect(formatNumber(3, { signed: true })).toBe("+3");
    expect(formatNumber(0, { signed: true })).toBe("0");
  });
});

describe("formatCompact", () => {
  it("shortens from a million on, with three significant digits", () => {
    expect(formatCompact(2_314_000)).toBe("2.31 M");
    expect(formatCompact(41_250_000)).toBe("41.3 M");
    expect(formatCompact(999_999)).toBe("1.00 M");
    expect(formatCompact(464_256)).toBe("464,256");
    expect(formatCompact(-5_000_000)).toBe("−5.00 M");
    expect(formatCompact(null)).toBe("–");
  });
});

describe("formatPercent", () => {
  it("writes percent with a space", () => expect(formatPercent(0.62)).toBe("62 %"));
  it("never claims 100 before the end nor 0 after the start", () => {
    expect(formatPercent(0.9999)).toBe("99 %");
    expect(formatPercent(0.0001)).toBe("1 %");
    expect(formatPercent(1)).toBe("100 %");
    expect(formatPercent(0.0299, 1)).toBe("3.0 %");
  });
});

describe("formatRange", () => {
  it("names both limits or the one there is", () => {
    expect(formatRange(1.4, 350)).toBe("1.4 to 350");
    expect(formatRange(-90, 90)).toBe("−90 to 90");
    expect(formatRange(0, undefined)).toBe("at least 0");
    expect(formatRange(undefined, 5)).toBe("at most 5");
    expect(formatRange(undefined, undefined)).toBe("");
  });
});

describe("formatUsd", () => {
  it("has cents, and more decimals only where cents would say nothing", () => {
    expect([0, 2, 1204.5, 0.126].map(formatUsd)).toEqual(["$0.00", "$2.00", "$1,204.50", "$0.13"]);
    expect([0.0041, 0.00412345, 0.00001].map(formatUsd)).toEqual(["$0.0041", "$0.0041", "< $0.0001"]);
    expect(formatUsd(null)).toBe("–");
  });
});
