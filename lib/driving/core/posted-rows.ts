import { AppError } from "#lib/errors";
import { CsvParser } from "#lib/tables/csv-parser";
import { LAYOUT, memberOf } from "./parse-record.ts";
import { UnreadableRow } from "./unreadable-row.ts";

/** Rows of one call; more belong into an upload. */
export const POSTED_RECORDS_MAX = 5000;

/**
 * The rows of a CSV: the headerless layout of 8 or 20 fields, or any columns below a header that names them. A row of
 * another width is kept as unreadable, so that it costs only itself.
 */
export function rowsOfCsv(text: string): unknown[] {
  const parser = new CsvParser({ delimiter: ",", quote: '"' });
  const all = [...parser.push(text.replace(/^\uFEFF/, "")), ...parser.end().rows];
  const lines = all.filter((fields) => fields.length > 1 || (fields[0] ?? "").trim() !== "");
  const first = lines[0] ?? [];
  const hasHeader = memberOf(first[0] ?? "") !== undefined && first.some((name) => memberOf(name) === "driverID");
  const names = hasHeader ? first : LAYOUT;
  const rows = hasHeader ? lines.slice(1) : lines;
  requireFew(rows.length);
  return rows.map((fields) => toRow(fields, names, hasHeader));
}

function toRow(fields: string[], names: readonly string[], hasHeader: boolean): unknown {
  const width = fields.length;
  const isWide = width === LAYOUT.length || (width === LAYOUT.length + 1 && fields[width - 1]?.trim() === "");
  const fits = hasHeader ? width <= names.length : width === 8 || isWide;
  if (!fits) {
    return new UnreadableRow(`${width} fields where ${hasHeader ? names.length : "8 or 20"} were expected`);
  }
  const row: Record<string, string> = {};
  for (const [index, name] of names.entries()) {
    const value = fields[index];
    if (value !== undefined && value !== "") row[name] = value;
  }
  return row;
}

/** The rows of newline-delimited JSON. */
export function rowsOfNdjson(text: string): unknown[] {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  requireFew(lines.length);
  return lines.map((line) => {
    try {
      return JSON.parse(line) as unknown;
    } catch {
      return new UnreadableRow("No JSON");
    }
  });
}

function requireFew(count: number): void {
  if (count <= POSTED_RECORDS_MAX) return;
  const detail = `${count} records in one call; at most ${POSTED_RECORDS_MAX}. Send less at once, or upload a file.`;
  throw new AppError("too_large", detail);
}
