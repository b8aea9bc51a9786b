import { AppError } from "#lib/errors";
import type { ColumnMapping } from "#lib/datasets/core/mapping";
import type { FieldError } from "#lib/errors";

/** Seconds per unit of time and kWh per unit of energy, as files write them. */
const SCALES: Readonly<Record<string, number>> = {
  ms: 0.001,
  s: 1,
  sec: 1,
  secs: 1,
  min: 60,
  h: 3600,
  hours: 3600,
  wh: 0.001,
  kwh: 1,
  mwh: 1000,
  w: 0.001,
  kw: 1,
  mw: 1000,
};

/** What one unit of the column is in the stored unit; 1 without a unit. */
export function scaleOf(unit: string | undefined): number {
  return unit === undefined ? 1 : (SCALES[unit.toLowerCase()] ?? NaN);
}

export interface PlannedColumn {
  source: string;
  /** -1 when the file lacks it. */
  index: number;
  scale: number;
}

/** Where each role stands in the rows of a file; the first column of a role counts. */
export function planColumns(mapping: ColumnMapping, columns: readonly string[]): Map<string, PlannedColumn> {
  const plan = new Map<string, PlannedColumn>();
  for (const { role, source, unit } of mapping.columns) {
    if (role === "ignore" || plan.has(role)) continue;
    plan.set(role, { source, index: columns.indexOf(source), scale: scaleOf(unit) });
  }
  return plan;
}

/** One of these must be there: a column or a constant; `[["energy"], ["duration", "end"]]`. */
export type NeededRoles = readonly (readonly string[])[];

/** @throws AppError `invalid_input` that names everything the mapping lacks for a file with these columns. */
export function checkRoles(mapping: ColumnMapping, columns: readonly string[], needed: NeededRoles): void {
  const fields: FieldError[] = [];
  for (const [index, { role, source, unit }] of mapping.columns.entries()) {
    if (role === "ignore") continue;
    if (!columns.includes(source))
      fields.push({ pointer: `/columns/${index}/source`, detail: `The file has no column "${source}".` });
    if (Number.isNaN(scaleOf(unit)))
      fields.push({
        pointer: `/columns/${index}/unit`,
        detail: `"${unit ?? ""}" is no unit of time, power or energy.`,
      });
  }
  const has = (role: string) => mapping.columns.some((column) => column.role === role);
  for (const roles of needed) {
    if (!roles.some(has))
      fields.push({ pointer: "/columns", detail: `No column holds the ${roles.join(" or the ")}.` });
  }
  if (mapping.timestamp === undefined)
    fields.push({ pointer: "/timestamp", detail: "The time format and time zone are missing." });
  const [first] = fields;
  if (first !== undefined) throw new AppError("invalid_input", first.detail, { fields });
}
