import { describe, expect, test } from "vitest";
import { explainSensor, type KnownSensor } from "./explain-sensor.ts";

const now = new Date("2026-11-01T12:00:00Z");
const noFiles = { rejectedCount: 0, newestRejected: null, waitingCount: 0 };
const sensor: KnownSensor = {
  id: "0199-1",
  code: "KIT-0007",
  latitude: 47.5,
  longitude: -122.6,
  lastObservedAt: new Date("2026-11-01T11:45:00Z"),
  state: "good",
  reason: "",
};
const explain = (known: KnownSensor | null, more = {}) =>
  explainSensor({ asked: "KIT-0007", sensor: known, similarCodes: [], files: noFiles, now, ...more });

describe("explainSensor", () => {
  test("a well sensor has nothing to do, and a link to the map without filters", () => {
    const findings = explain(sensor);
    expect(findings.every(({ verdict }) => verdict === "good")).toBe(true);
    expect(findings[1]!.action).toEqual({ label: "Show it on the map", href: "/sensors?sensor=0199-1" });
    expect(findings[2]!.title).toBe("Its last reading is 15 min old");
  });

  test("an unknown id names those that look like it, and the file that was rejected", () => {
    const newestRejected = { id: "1", fileName: "kits.csv", reason: "The file has no header." };
    const findings = explain(null, {
      similarCodes: ["KIT-007", "KIT-07"],
      files: { rejectedCount: 2, newestRejected, waitingCount: 1 },
    });
    expect(findings.map(({ verdict }) => verdict)).toEqual(["fault", "fault"]);
    expect(findings[0]!.detail).toMatch(/Similar ids: KIT-007 and KIT-07\.$/);
    expect(findings[1]).toMatchObject({
      title: "2 files were rejected in the last 30 days",
      detail: "The newest, kits.csv: The file has no header.",
    });
  });

  test("without a position it cannot be drawn, and the way is a station list", () => {
    const position = explain({ ...sensor, latitude: null, longitude: null })[1];
    expect(position).toMatchObject({ verdict: "fault", title: "It has no position", action: { href: "/uploads" } });
  });

  test("without readings the files are looked at, with them the state", () => {
    expect(explain({ ...sensor, lastObservedAt: null, state: "silent" }).map(({ check }) => check)).toEqual([
      "registered",
      "position",
      "readings",
      "files",
    ]);
    expect(explain({ ...sensor, state: "fault", reason: "Stuck at 21 °C." })[3]).toMatchObject({
      verdict: "suspect",
      detail: "Stuck at 21 °C.",
    });
  });
});
