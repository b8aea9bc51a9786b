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
