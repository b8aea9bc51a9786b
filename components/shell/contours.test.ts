import { expect, it } from "vitest";
import { contourSheet } from "./contours.ts";

it("draws the same sheet for the same seed", () => {
  expect(contourSheet(41)).toEqual(contourSheet(41));
  expect(contourSheet(41)).not.toEqual(contourSheet(42));
});

it("stays small enough to be sent with the sign-in page", () => {
  const sheet = contourSheet(41);
  const size = sheet.lines.reduce((sum, line) => sum + line.path.length, 0);
  expect(size).toBeGreaterThan(4000);
  expect(size).toBeLessThan(30_000);
});

it("stays on its sheet", () => {
  const sheet = contourSheet(7);
  for (const { path } of sheet.lines) {
    expect(path).not.toMatch(/NaN|Infinity/);
    const numbers = path.match(/-?\d+/g)?.map(Number) ?? [];
    expect(Math.min(0, ...numbers)).toBe(0);
    expect(Math.max(0, ...numbers)).toBeLessThanOrEqual(sheet.widthPx);
  }
});
