import { describe, expect, it } from "vitest";
import { parseNumber } from "./parse-number.ts";

describe("parseNumber", () => {
  it.each([
    ["1.5", 1.5],
    [" -2 ", -2],
    ["+3", 3],
    ["1e-3", 0.001],
    [".5", 0.5],
    ["5.", 5],
    ["1,234.5", 1234.5],
    ["\u22125", -5],
  ])("reads %s", (text, value) => {
    expect(parseNumber(text)).toBe(value);
  });

  it.each([
    ["1,5", 1.5],
    ["1.234,5", 1234.5],
    ["1 234,5", 1234.5],
    ["1.234.567", 1_234_567],
    ["47.999", 47.999],
    ["12", 12],
  ])("reads %s with a decimal comma", (text, value) => {
    expect(parseNumber(text, true)).toBe(value);
  });

  it.each(["", " ", "abc", "0x1F", "Infinity", "NaN", "1e", "--1", "1.2.3", "12 mm", "1,5", "1,23,4", "e", "-"])(
    "refuses %s",
    (text) => {
      expect(parseNumber(text)).toBeNaN();
    },
  );
});

it("reads what is written to the last bit", () => {
  const texts = [
    "0.1",
    "-0.30000000000000004",
    "123456789012345.6",
    "999999999999999",
    "0.000000000000001",
    "-0",
    "5.",
    ".5",
  ];
  for (const text of texts) expect(parseNumber(text)).toBe(Number(text));
  for (let i = 0; i < 2000; i++) {
    const text = ((i * 7_919_000_133) / 1024 ** (i % 4)).toFixed(i % 9);
    expect(parseNumber(text)).toBe(Number(text));
  }
});
