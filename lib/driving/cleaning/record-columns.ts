import type { ColumnDeclaration, ColumnValues } from "#lib/tables/column";

/** Flags of a record in the order of the file's layout, as they are stored. */
export const FLAG_COLUMNS = [
  "is_rapid_speedup",
  "is_rapid_slowdown",
  "is_neutral_slide",
  "is_neutral_slide_end",
  "is_overspeed",
  "is_overspeed_end",
  "is_fatigue",
  "is_throttle_stop",
  "is_oil_leak",
] as const;
export type FlagColumn = (typeof FLAG_COLUMNS)[number];

/**
 * The cleaned table of driving records, one row per line of the file and in its order: rows of one driver and second
 * are told apart by nothing else.
 */
export const RECORD_COLUMNS: readonly ColumnDeclaration[] = [
  { name: "driver_id", type: "text" },
  { name: "plate_number", type: "text" },
  // The wall clock as written, in seconds since 1970-01-01 00:00:00 on that clock: days and hours need no zone.
  { name: "clock_s", type: "int", unit: "s" },
  { name: "recorded_at", type: "instant" },
  { name: "latitude", type: "double", unit: "deg" },
  { name: "longitude", type: "double", unit: "deg" },
  { name: "speed_kmh", type: "double", unit: "km/h" },
  { name: "heading_deg", type: "double", unit: "deg" },
  { name: "site", type: "text" },
  ...FLAG_COLUMNS.map((name) => ({ name, type: "bool" as const })),
  { name: "neutral_slide_s", type: "double", unit: "s" },
  { name: "overspeed_s", type: "double", unit: "s" },
  { name: "source_file", type: "text" },
  { name: "source_row", type: "int" },
];

export interface DrivingRecord {
  driverId: string;
  plateNumber: string;
  clockS: number;
  recordedAtMs: number;
  latitude: number;
  longitude: number;
  speedKmh: number;
  /** NaN when the row does not say. */
  headingDeg: number;
  site: string | null;
  flags: Record<FlagColumn, boolean>;
  /** NaN = the row ends none; 0 = it lasted less than a second. */
  neutralSlideS: number;
  overspeedS: number;
}

/** In the order of RECORD_COLUMNS. */
export function toRecordColumns(
  records: readonly DrivingRecord[],
  rows: readonly number[],
  sourceFile: string,
): ColumnValues[] {
  const numbers = (pick: (record: DrivingRecord) => number) => Float64Array.from(records, pick);
  return [
    records.map(({ driverId }) => driverId),
    records.map(({ plateNumber }) => plateNumber),
    numbers(({ clockS }) => clockS),
    numbers(({ recordedAtMs }) => recordedAtMs),
    numbers(({ latitude }) => latitude),
    numbers(({ longitude }) => longitude),
    numbers(({ speedKmh }) => speedKmh),
    numbers(({ headingDeg }) => headingDeg),
    records.map(({ site }) => site),
    ...FLAG_COLUMNS.map((name) => records.map(({ flags }) => flags[name])),
    numbers(({ neutralSlideS }) => neutralSlideS),
    numbers(({ overspeedS }) => overspeedS),
    records.map(() => sourceFile),
    Float64Array.from(rows),
  ];
}
