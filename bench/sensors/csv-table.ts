import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";

export interface CsvTable {
  columns: readonly string[];
  /** One array of cells per row, in the order of `columns`; empty = missing. */
  rows: string[][];
}

/** Reads a plain or gzip CSV file without quoted cells (the sensor data folders have none). */
export function readCsv(path: string): CsvTable {
  const bytes = readFileSync(path);
  const text = (path.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8");
  const [header = "", ...lines] = text.trimEnd().split(/\r?\n/);
  const separator = header.includes(";") ? ";" : ",";
  return { columns: header.split(separator), rows: lines.map((line) => line.split(separator)) };
}

/** Position of a column. Throws when the table has no such column. */
export function columnIndex(table: CsvTable, name: string): number {
  const index = table.columns.indexOf(name);
  if (index < 0) throw new Error(`There is no column ${name}; there are ${table.columns.join(", ")}.`);
  return index;
}

/** A column as numbers; empty and unreadable cells are NaN. */
export function numbersOf(table: CsvTable, name: string): Float64Array {
  const index = columnIndex(table, name);
  return Float64Array.from(table.rows, (row) => (row[index] ? Number(row[index]) : Number.NaN));
}

/** Local times read as if UTC, epoch ms: only differences and the hour of day matter here. */
export function timesOf(table: CsvTable, name = "timestamp"): Float64Array {
  const index = columnIndex(table, name);
  return Float64Array.from(table.rows, (row) => Date.parse(`${(row[index] ?? "").replace(" ", "T")}Z`));
}
