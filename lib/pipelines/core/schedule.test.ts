import { describe, expect, it } from "vitest";
import { checkSchedule, nextStart } from "./schedule.ts";

const after = (text: string) => new Date(text);
const next = (cron: string, zone: string, from: string) => nextStart(cron, zone, after(from))?.toISOString();

describe("nextStart", () => {
  it("reads the clock of the zone, not of the machine", () => {
    expect(next("10 6 * * *", "Europe/Berlin", "2026-01-10T12:00:00Z")).toBe("2026-01-11T05:10:00.000Z");
    expect(next("10 6 * * *", "Europe/Berlin", "2026-07-10T12:00:00Z")).toBe("2026-07-11T04:10:00.000Z");
    expect(next("10 6 * * *", "America/Los_Angeles", "2026-01-10T12:00:00Z")).toBe("2026-01-10T14:10:00.000Z");
  });

  it("starts once on the night that an hour is missing, and once on the night that one comes twice", () => {
    const spring = next("30 2 * * *", "Europe/Berlin", "2026-03-28T12:00:00Z")!;
    expect(spring.startsWith("2026-03-29T01:")).toBe(true);
    const autumn = next("30 2 * * *", "Europe/Berlin", "2026-10-24T12:00:00Z")!;
    expect(next("30 2 * * *", "Europe/Berlin", autumn)).toBe("2026-10-26T01:30:00.000Z");
  });
});

describe("checkSchedule", () => {
  const refuses = (cron: string) => () => checkSchedule(cron, "UTC", after("2026-01-01T00:00:00Z"));

  it.each([
    ["6 o'clock", "five fields"],
    ["* * * * * *", "five fields"],
    ["61 6 * * *", "cannot be read"],
    ["0 0 30 2 *", "never comes"],
    ["* * * * *", "more often"],
    ["0,2 6 * * *", "more often"],
  ])("refuses %j and says why", (cron, why) => {
    expect(refuses(cron)).toThrow(
      expect.objectContaining({ code: "invalid_input", message: expect.stringContaining(why) as string }),
    );
  });

  it("takes every five minutes", () => {
    expect(refuses("*/5 * * * *")).not.toThrow();
  });
});
