import { describe, expect, it } from "vitest";
import {
  formatDate,
  formatDateRange,
  formatDateTime,
  formatExact,
  formatTime,
  formatZone,
  wallTimeOf,
} from "./dates.ts";

const at = "2026-11-18T22:05:12Z";
const seattle = { timeZone: "America/Los_Angeles" };

describe("dates and times", () => {
  it("drops the year only inside the current year of the zone", () => {
    expect(formatDate(at, seattle)).toBe("18 Nov 2026");
    expect(formatDate(at, { ...seattle, now: "2026-01-01T09:00:00Z" })).toBe("18 Nov");
    expect(formatDate(at, { ...seattle, now: "2026-01-01T07:00:00Z" })).toBe("18 Nov 2026");
  });
  it("abbreviates every month to three letters", () => {
    expect(formatDate("2026-09-02T12:00:00Z", { timeZone: "UTC" })).toBe("2 Sep 2026");
  });
  it("uses the 24 hour clock of the zone, midnight being 00:00", () => {
    expect(formatTime(at, seattle)).toBe("14:05");
    expect(formatTime("2026-11-18T08:00:00Z", seattle)).toBe("00:00");
  });
  it("shows only the time for today", () => {
    expect(formatDateTime(at, { ...seattle, now: "2026-11-19T01:00:00Z" })).toBe("14:05");
    expect(formatDateTime(at, { ...seattle, now: "2026-11-20T01:00:00Z" })).toBe("18 Nov, 14:05");
  });
  it("names zone and seconds in the exact form", () => {
    expect(formatExact(at, "America/Los_Angeles")).toBe("18 Nov 2026, 14:05:12 PST");
    expect(formatExact("2026-07-01T12:00:00Z", "Europe/Berlin")).toBe("1 Jul 2026, 14:00:00 CEST");
    expect(formatZone(at, "UTC")).toBe("UTC");
    expect(formatZone(at, "Asia/Kathmandu")).toBe("GMT+5:45");
  });
  it("shows a dash for a missing or unreadable instant", () => {
    expect(formatDate(null, seattle)).toBe("–");
    expect(formatTime("nonsense", seattle)).toBe("–");
  });
});

describe("formatDateRange", () => {
  const format = { timeZone: "UTC", now: "2026-12-31T00:00:00Z" };
  it("says each part once", () => {
    expect(formatDateRange("2026-11-04T00:00:00Z", "2026-11-18T00:00:00Z", format)).toBe("4 to 18 Nov");
    expect(formatDateRange("2026-10-28T00:00:00Z", "2026-11-04T00:00:00Z", format)).toBe("28 Oct to 4 Nov");
    expect(formatDateRange("2025-12-28T00:00:00Z", "2026-01-04T00:00:00Z", format)).toBe("28 Dec 2025 to 4 Jan 2026");
    expect(formatDateRange("2026-11-04T01:00:00Z", "2026-11-04T02:00:00Z", format)).toBe("4 Nov");
  });
});

it("reads the wall clock through a change to summer time", () => {
  expect(wallTimeOf("2026-03-29T00:59:59Z", "Europe/Berlin").hour).toBe(1);
  expect(wallTimeOf("2026-03-29T01:00:00Z", "Europe/Berlin").hour).toBe(3);
});
