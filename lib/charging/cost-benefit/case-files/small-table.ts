import { AppError } from "#lib/errors";
import { CsvParser } from "#lib/tables/csv-parser";
import type { YearSeries } from "../core/year-series.ts";

/** A table small enough for text: names and cells without spaces around them. */
export interface SmallTable {
  fileName: string;
  columns: readonly string[];
  rows: readonly (readonly string[])[];
}

export function parseSmallTable({ text, fileName }: { text: string; fileName: string }): SmallTable {
  const parser = new CsvParser({ delimiter: ",", quote: '"' });
  const records = [...parser.push(text.replace(/^\uFEFF/, "")), ...parser.end().rows]
    .map((record) => record.map((cell) => cell.trim()))
    .filter((record) => record.some((cell) => cell !== ""));
  const [columns = [], ...rows] = records;
  if (rows.length === 0) throw new AppError("unprocessable", `${fileName} has no rows.`);
  return { fileName, columns, rows };
}

export function hasColumn({ columns }: SmallTable, name: string): boolean {
  return columns.some((column) => column.toLowerCase() === name.toLowerCase());
}

export function columnOf(table: SmallTable, name: string): number {
  const at = table.columns.findIndex((column) => column.toLowerCase() === name.toLowerCase());
  if (at >= 0) return at;
  throw new AppError("unprocessable", `${table.fileName} has no column ${name}; it has ${table.columns.join(", ")}.`);
}

export function numbersOf(table: SmallTable, column: number): Float64Array {
  return Float64Array.from(table.rows, (row, at) => {
    const text = row[column] ?? "";
    const value = Number(text);
    if (text !== "" && Number.isFinite(value)) return value;
    const where = `${table.fileName}, row ${at + 2}, ${table.columns[column] ?? `column ${column + 1}`}`;
    throw new AppError("unprocessable", `${where}: "${text}" is not a number.`);
  });
}

/** A column by year; the first column, or the one called year, must rise by one. */
export function seriesOf(table: SmallTable, name: string): YearSeries {
  const years = numbersOf(table, hasColumn(table, "year") ? columnOf(table, "year") : 0);
  const gapAt = years.findIndex((year, i) => i > 0 && year !== years[i - 1]! + 1);
  if (gapAt > 0) {
    throw new AppError("unprocessable", `${table.fileName}, row ${gapAt + 2}: ${years[gapAt]} is not the next year.`);
  }
  return { firstYear: years[0]!, values: numbersOf(table, columnOf(table, name)) };
}
