import { cellShape } from "#lib/tables/cell-shape";
import { AppError } from "#lib/errors";
import { columnsOfRole } from "#lib/datasets/core/mapping";
import { compileTimePattern } from "#lib/datasets/core/time-pattern";
import { isUnnamed, LAYOUT, PLAIN_FIELD_COUNT, roleOfHeader, unnamedColumn } from "./record-layout.ts";
import type { FieldError } from "#lib/errors";
import type { ColumnMapping, MappedColumn, MappingProposal } from "#lib/datasets/core/mapping";
import type { Sniff } from "#lib/tables/sniff";

const REQUIRED_ROLES = LAYOUT.filter(({ isRequired }) => isRequired).map(({ role }) => role);
const [LATITUDE_AT, LONGITUDE_AT, SPEED_AT, TIME_AT] = [2, 3, 4, 7];

/** Headers that name every required field, or lines that look like the device's. */
export function recordsLikeness(sniff: Sniff): number {
  if (sniff.hasHeader) {
    const roles = new Set(sniff.columns.map(roleOfHeader));
    return REQUIRED_ROLES.every((role) => roles.has(role)) ? 0.99 : 0;
  }
  const rows = sniff.sampleRows.filter((row) => row.length > 1);
  const fitting = rows.filter((row) => row.length >= PLAIN_FIELD_COUNT && isRecordLine(row));
  return rows.length > 0 && fitting.length >= 0.9 * rows.length ? 0.98 : 0;
}

function isRecordLine(row: readonly string[]): boolean {
  const within = (at: number, limit: number) =>
    cellShape(row[at] ?? "") === "number" && Math.abs(Number(row[at])) <= limit;
  const isNamed = cellShape(row[0] ?? "") === "text" && cellShape(row[1] ?? "") === "text";
  const isTimed = cellShape(row[TIME_AT] ?? "") === "time";
  return isNamed && within(LATITUDE_AT, 90) && within(LONGITUDE_AT, 180) && within(SPEED_AT, 300) && isTimed;
}

/** Columns by their names, without a header by their place. The file says no time zone; UTC stands until told. */
export function proposeRecordsMapping(sniff: Sniff): MappingProposal {
  const unnamed = isUnnamed(sniff.columns);
  const taken = new Set<string>();
  const columns: MappedColumn[] = sniff.columns.map((source, index) => {
    const role = (unnamed ? LAYOUT[index]?.role : roleOfHeader(source)) ?? "ignore";
    if (role === "ignore" || taken.has(role)) return { source, role: "ignore" };
    taken.add(role);
    return { source, role };
  });
  const confidence = columns.map(({ source, role }) => [source, role === "ignore" ? 0.5 : 1] as const);
  const time = columns.find(({ role }) => role === "timestamp");
  return {
    mapping: {
      kind: "driving-records",
      layout: "long",
      columns,
      timestamp: { format: "iso", timeZone: "UTC" },
      constants: {},
      decimalComma: false,
      positions: "as_is",
    },
    confidence: Object.fromEntries(confidence),
    questions: [
      {
        id: "time_zone",
        ...(time && { column: time.source }),
        text: "Which clock do the times follow? Days and hours of summaries are those written in the file.",
        options: [{ value: "UTC", label: "UTC" }],
        required: false,
      },
    ],
  };
}

/** @throws AppError `invalid_input` that names everything the mapping lacks for a file with these columns. */
export function checkRecordsMapping(mapping: ColumnMapping, columns: readonly string[]): void {
  const known = new Set(isUnnamed(columns) ? LAYOUT.map((_, index) => unnamedColumn(index)) : columns);
  const fields: FieldError[] = mapping.columns.flatMap((column, index) =>
    column.role === "ignore" || known.has(column.source)
      ? []
      : [{ pointer: `/columns/${index}/source`, detail: `The file has no column "${column.source}".` }],
  );
  for (const { role, label, isRequired } of LAYOUT) {
    const count = columnsOfRole(mapping, role).length;
    if (isRequired && count === 0) fields.push({ pointer: "/columns", detail: `No column holds: ${label}.` });
    if (count > 1) fields.push({ pointer: "/columns", detail: `Several columns hold: ${label}.` });
  }
  if (mapping.timestamp === undefined)
    fields.push({ pointer: "/timestamp", detail: "The time format and time zone are missing." });
  checkFormat(mapping, fields);
  const [first] = fields;
  if (first !== undefined) throw new AppError("invalid_input", first.detail, { fields });
}

function checkFormat(mapping: ColumnMapping, fields: FieldError[]): void {
  const format = mapping.timestamp?.format ?? "iso";
  if (["iso", "epoch_s", "epoch_ms"].includes(format)) return;
  try {
    compileTimePattern(format);
  } catch (error) {
    fields.push({ pointer: "/timestamp/format", detail: error instanceof Error ? error.message : String(error) });
  }
}
