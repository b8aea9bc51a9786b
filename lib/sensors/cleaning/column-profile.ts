import { parseNumber } from "#lib/datasets/core/parse-number";
import { proposeTimestamp } from "#lib/datasets/core/propose-timestamp";
import { cellShape } from "#lib/tables/cell-shape";
import { readHeader } from "#lib/units/header-unit";
import { nameKey } from "#lib/units/observed-properties";
import { isErrorText, isMissingText } from "./missing-values.ts";
import type { HeaderReading } from "#lib/units/header-unit";
import type { Sniff } from "#lib/tables/sniff";
import type { TimestampGuess } from "#lib/datasets/core/propose-timestamp";

/** What header and sample say about one column. */
export interface ColumnProfile {
  source: string;
  /** Normalised header. */
  key: string;
  header: HeaderReading;
  /** Filled sample cells. */
  cells: string[];
  /** Sample cells that are numbers. */
  numbers: number[];
  isNumeric: boolean;
  isUnique: boolean;
  time: TimestampGuess | null;
}

export function profileColumns(sniff: Sniff): ColumnProfile[] {
  return sniff.columns.map((source, index) => {
    const cells = sniff.sampleRows
      .map((row) => (row[index] ?? "").trim())
      .filter((cell) => !isMissingText(cell) && !isErrorText(cell));
    const numbers = cells.map((cell) => parseNumber(cell, sniff.decimalComma)).filter((value) => !Number.isNaN(value));
    return {
      source,
      key: nameKey(source),
      header: readHeader(source),
      cells,
      numbers,
      isNumeric: cells.length > 0 ? numbers.length >= cells.length * 0.8 : sniff.sampleRows.length > 0,
      isUnique: cells.length > 1 && new Set(cells).size === cells.length,
      time: profileTime(source, cells),
    };
  });
}

const TIME_KEY =
  /(^|_)(time|timestamp|date|datetime|dttm|dt|datum|zeit|zeitstempel|uhrzeit|ts|at|epoch|utc|when|fecha|heure)(_|$)|datetime|timestamp|dateutc/;

export function isTimeKey(key: string): boolean {
  return TIME_KEY.test(key);
}

/** Bare digits (epochs, `20190815101500`) count as times only under a header that says so. */
function profileTime(source: string, cells: readonly string[]): TimestampGuess | null {
  const areDigits = cells.every((cell) => cellShape(cell) === "number");
  return areDigits && !isTimeKey(nameKey(source)) ? null : proposeTimestamp(cells);
}
