import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Row } from "#lib/driving/summary/engine";
import type { SummaryTable } from "#lib/driving/summary/sql/summary-sql";
import { type CsvTable, readCsv } from "../sensors/csv-table.ts";
import type { Check } from "../verify/check.ts";
import { dayName } from "./day-files.ts";
import { REFERENCE_TABLES, type ReferenceColumn, type ReferenceTable } from "./reference-tables.ts";

export type RowsOf = (table: SummaryTable) => Promise<Row[]> | Row[];

interface Comparison {
  engine: string;
  referenceDir: string;
  rowsOf: RowsOf;
  say: (line: string) => void;
}

/** Every reference table that is there, row by row: the same rows, and each value within its tolerance. */
export async function* compareSummary({ engine, referenceDir, rowsOf, say }: Comparison): AsyncGenerator<Check> {
  for (const reference of REFERENCE_TABLES) {
    const path = [`${reference.file}.csv`, `${reference.file}.csv.gz`]
      .map((name) => join(referenceDir, name))
      .find(existsSync);
    if (path === undefined) {
      say(`${engine}: the reference has no ${reference.file}.`);
      continue;
    }
    const ours = await rowsOf(reference.table);
    const theirs = readReference(reference, path);
    const label = `${engine} ${reference.file}`;
    let failed = 0;
    for (const check of compareRows(label, reference, { ours, theirs })) {
      if (!check.passed) failed += 1;
      yield check;
    }
    const extra = reference.isPartial ? `, ${ours.length - theirs.rows.length} of ours are not in it` : "";
    say(`${label}: ${theirs.rows.length} rows, ${failed} differ${extra}.`);
  }
}

function readReference({ columns, hasHeader }: ReferenceTable, path: string): CsvTable {
  const table = readCsv(path);
  if (hasHeader !== false) return table;
  return { columns: columns.map(({ name }) => name), rows: [[...table.columns], ...table.rows] };
}

interface Sides {
  ours: readonly Row[];
  theirs: CsvTable;
}

function* compareRows(label: string, reference: ReferenceTable, { ours, theirs }: Sides): Generator<Check> {
  const columns = reference.columns.filter(({ name }) => theirs.columns.includes(name));
  const keys = columns.filter(({ isKey }) => isKey === true);
  const at = new Map(theirs.columns.map((name, index) => [name, index]));
  const cellOf = (row: string[], { name, part }: ReferenceColumn) => {
    const cell = row[at.get(name) ?? -1] ?? "";
    return part ? part(cell) : cell;
  };
  // Several episodes begin in one second: rows of a key are compared in their order.
  const waiting = Map.groupBy(ours, (row) => keys.map((key) => keyText(key, key.ours(row))).join(" "));
  for (const row of theirs.rows) {
    const key = keys.map((column) => keyText(column, cellOf(row, column))).join(" ");
    const own = waiting.get(key)?.shift();
    yield { name: `${label}: ${key}`, ...(own ? compareRow(columns, own, (column) => cellOf(row, column)) : MISSING) };
  }
  if (reference.isPartial) return;
  for (const [key, rows] of waiting) {
    if (rows.length > 0)
      yield { name: `${label}: ${key}`, passed: false, detail: `${rows.length} rows too many of ours` };
  }
}

const MISSING = { passed: false, detail: "we have no such row" };

function compareRow(columns: readonly ReferenceColumn[], own: Row, cellOf: (column: ReferenceColumn) => string) {
  for (const column of columns) {
    const expected = cellOf(column);
    const actual = column.ours(own);
    if (!agrees(column, actual, expected))
      return { passed: false, detail: `${column.name}: expected ${expected || "nothing"}, got ${actual ?? "nothing"}` };
  }
  return { passed: true, detail: "" };
}

function agrees({ tolerance, isEmptyZero }: ReferenceColumn, actual: Row[string], expected: string): boolean {
  if (expected === "") return actual === null || (isEmptyZero === true && actual === 0);
  if (tolerance === undefined) return dayName(String(actual)) === dayName(expected);
  return typeof actual === "number" && Math.abs(actual - Number(expected)) <= tolerance;
}

function keyText({ tolerance }: ReferenceColumn, value: Row[string]): string {
  return tolerance === undefined ? dayName(String(value)) : String(Number(value));
}
