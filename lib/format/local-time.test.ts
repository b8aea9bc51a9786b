import { expect, test } from "vitest";
import { instantOfLocal, localOfInstant } from "./local-time.ts";

test.each([
  ["2026-07-01T12:00", "America/Los_Angeles", "2026-07-01T19:00:00.000Z"],
  ["2026-12-01T12:00", "America/Los_Angeles", "2026-12-01T20:00:00.000Z"],
  ["2026-07-01T00:15", "Asia/Kathmandu", "2026-06-30T18:30:00.000Z"],
  ["2026-03-29T03:30", "Europe/Berlin", "2026-03-29T01:30:00.000Z"],
  ["2026-10-25T04:00", "Europe/Berlin", "2026-10-25T03:00:00.000Z"],
  ["2026-01-01T00:00", "UTC", "2026-01-01T00:00:00.000Z"],
])("%s in %s", (local, timeZone, instant) => {
  expect(instantOfLocal(local, timeZone)?.toISOString()).toBe(instant);
  expect(localOfInstant(new Date(instant), timeZone)).toBe(local);
});

test("what is no time is none", () => {
  for (const text of ["", "tomorrow", "2026-13-01T00:00", "2026-07-01"]) expect(instantOfLocal(text, "UTC")).toBeNull();
});
