import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createParquetWriter } from "#lib/tables/parquet-writer";
import { RECORD_COLUMNS, toRecordColumns, type DrivingRecord, type FlagColumn } from "../cleaning/record-columns.ts";

export interface TestRecord {
  driver?: string;
  /** `08:00:05`, on 1 March 2024; a day may stand before it: `2 00:00:00`. */
  at: string;
  latitude?: number;
  speedKmh?: number;
  site?: string;
  flags?: FlagColumn[];
  overspeedS?: number;
  neutralSlideS?: number;
}

/** Writes cleaned records as the table of one file; the caller removes the folder. */
export async function writeRecordFile(files: Record<string, TestRecord[]>) {
  const folder = await mkdtemp(join(tmpdir(), "driving-"));
  const paths: string[] = [];
  for (const [name, records] of Object.entries(files)) {
    const path = join(folder, `${name}.parquet`);
    const writer = await createParquetWriter(path, RECORD_COLUMNS);
    const rows = records.map((_, index) => index + 1);
    await writer.append(toRecordColumns(records.map(toRecord), rows, name), records.length);
    await writer.close();
    paths.push(path);
  }
  return { paths, remove: () => rm(folder, { recursive: true, force: true }) };
}

export function clockOf(at: string): number {
  const [time = "", day = "1"] = at.split(" ").reverse();
  return Date.parse(`2024-03-${day.padStart(2, "0")}T${time}Z`) / 1000;
}

function toRecord(given: TestRecord): DrivingRecord {
  const clockS = clockOf(given.at);
  const has = (name: FlagColumn) => given.flags?.includes(name) === true;
  return {
    driverId: given.driver ?? "anna",
    plateNumber: `P-${given.driver ?? "anna"}`,
    clockS,
    recordedAtMs: clockS * 1000,
    latitude: given.latitude ?? 50,
    longitude: 10,
    speedKmh: given.speedKmh ?? 80,
    headingDeg: 0,
    site: given.site ?? null,
    flags: {
      is_rapid_speedup: has("is_rapid_speedup"),
      is_rapid_slowdown: has("is_rapid_slowdown"),
      is_neutral_slide: has("is_neutral_slide"),
      is_neutral_slide_end: has("is_neutral_slide_end"),
      is_overspeed: has("is_overspeed"),
      is_overspeed_end: has("is_overspeed_end"),
      is_fatigue: has("is_fatigue"),
      is_throttle_stop: has("is_throttle_stop"),
      is_oil_leak: has("is_oil_leak"),
    },
    neutralSlideS: given.neutralSlideS ?? NaN,
    overspeedS: given.overspeedS ?? NaN,
  };
}
