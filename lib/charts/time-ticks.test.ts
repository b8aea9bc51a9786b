import { describe, expect, it } from "vitest";
import { instantText, timeTicks } from "./time-ticks.ts";

const labels = (from: string, to: string, timeZone: string, count = 7) =>
  timeTicks({ fromMs: Date.parse(from), toMs: Date.parse(to) }, timeZone, count).map(({ label }) => label);

describe("timeTicks", () => {
  it("stand at the midnights of the zone, through the end of summer time", () => {
    const range = { fromMs: Date.parse("2026-10-30T00:00:00-07:00"), toMs: Date.parse("2026-11-04T00:00:00-08:00") };
    const ticks = timeTicks(range, "America/Los_Angeles", 6);
    expect(ticks.map(({ label }) => label)).toEqual(["30 Oct", "31 Oct", "1 Nov", "2 Nov", "3 Nov", "4 Nov"]);
    expect(ticks[3]?.atMs).toBe(Date.parse("2026-11-02T00:00:00-08:00"));
  });

  it("name hours within a day and the date at midnight", () => {
    expect(labels("2026-11-04T18:00:00Z", "2026-11-05T06:00:00Z", "UTC", 4)).toEqual([
      "18:00",
      "21:00",
      "5 Nov",
      "03:00",
      "06:00",
    ]);
  });

  it("name months, and the year in January", () => {
    expect(labels("2026-11-15T00:00:00Z", "2027-03-15T00:00:00Z", "Europe/Berlin", 4)).toEqual([
      "Dec",
      "2027",
      "Feb",
      "Mar",
    ]);
  });

  it("never repeat or leave the range, even in the hour that comes twice", () => {
    const range = { fromMs: Date.parse("2026-10-25T00:00:00Z"), toMs: Date.parse("2026-10-25T03:00:00Z") };
    const ticks = timeTicks(range, "Europe/Berlin", 6).map(({ atMs }) => atMs);
    expect(new Set(ticks).size).toBe(ticks.length);
    expect(Math.min(...ticks)).toBeGreaterThanOrEqual(range.fromMs);
    expect(Math.max(...ticks)).toBeLessThanOrEqual(range.toMs);
  });

  it("are none for an empty range", () => {
    expect(timeTicks({ fromMs: 5, toMs: 5 }, "UTC", 5)).toEqual([]);
  });
});

it("writes an instant with seconds only when they matter", () => {
  expect(instantText(Date.parse("2026-11-14T21:15:00Z"), "America/Los_Angeles")).toBe("14 Nov 13:15");
  expect(instantText(Date.parse("2026-11-14T21:15:09Z"), "UTC")).toBe("14 Nov 21:15:09");
});
