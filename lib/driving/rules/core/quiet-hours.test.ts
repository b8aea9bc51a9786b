import { expect, test } from "vitest";
import { isQuietAt, minutesOfDay } from "./quiet-hours.ts";

const at = (clock: string) => Date.parse(`2026-11-01T${clock}Z`);
const span = (from: string, to: string) => ({ fromMin: minutesOfDay(from), toMin: minutesOfDay(to) });

test.each([
  ["22:00", "06:00", "21:59:59.999", false],
  ["22:00", "06:00", "22:00:00", true],
  ["22:00", "06:00", "23:59:59.999", true],
  ["22:00", "06:00", "00:00:00", true],
  ["22:00", "06:00", "05:59:59.999", true],
  ["22:00", "06:00", "06:00:00", false],
  ["12:30", "13:15", "12:29:59", false],
  ["12:30", "13:15", "13:14:59", true],
  ["12:30", "13:15", "13:15:00", false],
])("from %s to %s, %s is quiet: %s", (from, to, clock, isQuiet) => {
  expect(isQuietAt(span(from, to), at(clock))).toBe(isQuiet);
});
