import { orderByKeys } from "#lib/math/radix-order";
import type { ColumnDeclaration } from "#lib/tables/column";

/** The cleaned table of intervals, sorted by session, then interval. */
export const INTERVAL_COLUMNS: readonly ColumnDeclaration[] = [
  { name: "interval_id", type: "int" },
  { name: "session_id", type: "int" },
  { name: "started_at", type: "instant" },
  /** Wall clock of the station, seconds after midnight. */
  { name: "start_s", type: "int", unit: "s" },
  { name: "duration_s", type: "double", unit: "s" },
  { name: "energy_kwh", type: "double", unit: "kWh" },
  { name: "peak_kw", type: "double", unit: "kW" },
  { name: "average_kw", type: "double", unit: "kW" },
];

export const INTERVAL_ROLES = [
  ["interval", "Interval id", "Orders the intervals of a session.", "Interval ID"],
  ["session", "Session id", "The session it is part of.", "Session ID"],
  ["start", "Begins", "Date and time.", "Interval Start Time (Local)"],
  ["duration", "Lasts", "Seconds, or the unit given.", "Interval Duration (Secs)"],
  ["peak", "Peak power", "kW, or the unit given.", "Peak Power"],
  ["average", "Average power", "kW, or the unit given.", "Average Power"],
  ["energy", "Energy", "kWh, or the unit given.", "Interval Energy"],
] as const;

/** Columns of a growing batch of intervals; typed, because files have hundreds of millions of rows. */
export class IntervalBatch {
  readonly columns: Float64Array[];
  rowCount = 0;

  constructor(capacity: number) {
    this.columns = INTERVAL_COLUMNS.map(() => new Float64Array(capacity));
  }

  toColumns(): Float64Array[] {
    return this.columns.map((column) => column.subarray(0, this.rowCount));
  }
}

/** Row numbers in the order of session, then interval; rows that are equal in both stay as they came. */
export function intervalOrder(sessionIds: Float64Array, intervalIds: Float64Array): Uint32Array {
  const rows = Uint32Array.from(sessionIds, (_, row) => row);
  return orderByKeys(orderByKeys(rows, intervalIds), sessionIds);
}
