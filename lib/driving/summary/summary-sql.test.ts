import { afterEach, describe, expect, it, vi } from "vitest";
import { clockOf, type TestRecord, writeRecordFile } from "../testing/record-file.ts";
import { onDuckDb } from "./compute-on-duckdb.ts";
import { inOrder, type SummaryTable } from "./sql/summary-sql.ts";
import type { SummarySettings } from "./sql/tracks.ts";

// A database of its own for every case takes its time on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

const WHOLE: SummarySettings = { sessionGapS: 60, fromClockS: null, toClockS: null };

const QUIET = {
  signal: new AbortController().signal,
  ...{ onProgress: () => undefined, log: () => undefined, onMemory: () => undefined },
};

async function summarise(files: Record<string, TestRecord[]>, settings: Partial<SummarySettings> = {}) {
  const { paths, remove } = await writeRecordFile(files);
  cleanups.push(remove);
  const request = { settings: { ...WHOLE, ...settings }, stopMinS: 120 };
  const summary = await onDuckDb({ paths })(request, QUIET);
  cleanups.push(() => summary.close());
  return (table: SummaryTable) => summary.rows(inOrder(table, summary.tables[table]));
}

const START: TestRecord["flags"] = ["is_overspeed"];
const END: TestRecord["flags"] = ["is_overspeed_end"];

describe("summary", () => {
  it("books steps to the later row, and none across the end of a session", async () => {
    // A tenth of a degree of latitude is 11.1195 km.
    const rows = await summarise({
      day: [
        { at: "09:59:50", latitude: 50 },
        { at: "10:00:00", latitude: 50.1, speedKmh: 100, flags: ["is_fatigue"] },
        { at: "10:02:00", latitude: 51, site: "A street 1:已到达目的地" },
      ],
    });
    const hours = await rows("driverHours");
    expect(
      hours.map((row) => [row["record_count"], row["driving_s"], row["fatigue_count"], row["arrival_count"]]),
    ).toEqual([
      [1, 0, 0, 0],
      [2, 10, 1, 1],
    ]);
    expect(hours[1]?.["distance_km"]).toBeCloseTo(11.1195, 3);
    expect(await rows("sessions")).toMatchObject([
      { session_no: 1, record_count: 2, gap_before_s: null },
      { session_no: 2, record_count: 1, gap_before_s: 120 },
    ]);
    expect(await rows("drivers")).toMatchObject([
      { speed_kmh_mean: 260 / 3, sample_speed_kmh_mean: 80, speed_kmh_max: 100, overspeed_unclosed_count: 0 },
    ]);
  });

  it("pairs starts and ends of one second in the order of the file", async () => {
    const rows = await summarise({
      day: [
        { at: "08:00:00", flags: START, speedKmh: 120 },
        { at: "08:00:00", flags: END, speedKmh: 120, overspeedS: 0 },
        { at: "08:00:00", flags: END, speedKmh: 120, overspeedS: 0 },
        { at: "08:00:00", flags: START, speedKmh: 125 },
        { at: "08:00:05", speedKmh: 140 },
        { at: "08:00:07", flags: END, speedKmh: 120, overspeedS: 7 },
        { at: "08:00:08", speedKmh: 149 },
      ],
    });
    const episodes = await rows("overspeedEpisodes");
    expect(
      episodes.map((row) => [row["duration_s"], row["reported_s"], row["peak_speed_kmh"], row["record_count"]]),
    ).toEqual([
      [0, 0, 120, 2],
      [7, 7, 140, 3],
    ]);
    // Counts are of flags as sent: a second end in the same second is one.
    expect(await rows("total")).toMatchObject([{ overspeed_count: 2, overspeed_end_count: 3, overspeed_s: 7 }]);
  });

  it("leaves an episode without end unclosed at the end of its session, without duration", async () => {
    const rows = await summarise({
      day: [
        { at: "08:59:55", flags: START, speedKmh: 130 },
        { at: "09:00:05", speedKmh: 141 },
        { at: "12:00:00", speedKmh: 149, flags: END, overspeedS: 3 },
      ],
    });
    expect(await rows("overspeedEpisodes")).toMatchObject([
      { start_s: clockOf("08:59:55"), end_s: null, duration_s: null, peak_speed_kmh: 141, record_count: 2 },
    ]);
    const hours = await rows("driverHours");
    expect(hours.map((row) => row["overspeed_unclosed_count"])).toEqual([1, 0, 0]);
  });

  it("closes what was open when a row both ends and starts, and a start within an episode leaves the first unclosed", async () => {
    const rows = await summarise({
      day: [
        { at: "08:00:00", flags: START },
        { at: "08:00:10", flags: ["is_overspeed", "is_overspeed_end"], overspeedS: 10 },
        { at: "08:00:15", flags: START },
        { at: "08:00:20", flags: END, overspeedS: 5 },
      ],
    });
    const episodes = await rows("overspeedEpisodes");
    expect(episodes.map((row) => row["duration_s"])).toEqual([10, null, 5]);
  });

  it("gives the same for rows that a late file brings, in whichever order files are named", async () => {
    const early: TestRecord[] = [{ at: "08:00:00", flags: START }, { at: "08:00:10" }];
    const late: TestRecord[] = [
      { at: "08:00:20", flags: END, overspeedS: 20 },
      { driver: "ben", at: "07:00:00" },
    ];
    for (const files of [
      { a: early, b: late },
      { b: early, a: late },
    ]) {
      const rows = await summarise(files);
      expect(await rows("overspeedEpisodes")).toMatchObject([{ duration_s: 20, record_count: 3 }]);
    }
    const lateness = await (await summarise({ a: early, b: late }))("lateness");
    expect(lateness.map((row) => [row["late_count"], row["late_for_driver_count"], row["lateness_s_max"]])).toEqual([
      [0, 0, 0],
      [1, 0, 3620],
    ]);
  });

  it("adds up to the same for a period as for the whole, with what crosses its edges", async () => {
    const day: TestRecord[] = [
      { at: "1 23:59:55", latitude: 50, flags: START },
      { at: "2 00:00:05", latitude: 50.1, flags: END, overspeedS: 10 },
      { at: "2 12:00:00" },
    ];
    const rows = await summarise({ day }, { fromClockS: clockOf("2 00:00:00"), toClockS: clockOf("3 00:00:00") });
    const [, second] = await (await summarise({ day }))("driverDays");
    expect(await rows("driverDays")).toEqual([second]);
    expect(second).toMatchObject({ driving_s: 10, overspeed_s: 10, overspeed_count: 0 });
    expect(await rows("overspeedEpisodes")).toEqual([]);
  });

  it("cuts trips where a vehicle stands long enough, and lists where it stood", async () => {
    const drive = (minute: number, latitude: number): TestRecord => ({
      at: `08:${String(minute).padStart(2, "0")}:00`,
      latitude,
    });
    const rows = await summarise({
      day: [0, 1, 2, 3, 4, 5].map((minute) => drive(minute, [50, 50.01, 50.01, 50.01, 50.02, 50.03][minute]!)),
    });
    expect(await rows("trips")).toMatchObject([
      { trip_no: 1, start_s: clockOf("08:00:00"), end_s: clockOf("08:01:00"), end_latitude: 50.01 },
      { trip_no: 2, start_s: clockOf("08:03:00"), end_s: clockOf("08:05:00"), end_latitude: 50.03 },
    ]);
    expect(await rows("stops")).toMatchObject([{ duration_s: 120, latitude: 50.01, reason: "standing" }]);
  });

  it("has no rows for no records", async () => {
    const rows = await summarise({ day: [] });
    for (const table of ["drivers", "sessions", "trips", "overspeedEpisodes"] as const)
      expect(await rows(table)).toEqual([]);
  });
});
