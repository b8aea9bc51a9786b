import { checkRows, type RowFault, TABLES } from "#lib/charging/tables/core/table-kinds";
import type { LooseRow, TableKind } from "#lib/charging/tables/schema";

/** A row as it is typed. */
export interface RowDraft {
  key: number;
  cells: Record<string, string>;
}

export function draftRows(kind: TableKind, rows: readonly LooseRow[]): RowDraft[] {
  const { columns } = TABLES[kind];
  return rows.map((row, key) => ({
    key,
    cells: Object.fromEntries(columns.map((column) => [column.key, String(row[column.key] ?? "")])),
  }));
}

export function newRow(kind: TableKind, rows: readonly RowDraft[]): RowDraft {
  const key = rows.reduce((last, row) => Math.max(last, row.key), -1) + 1;
  const cells = TABLES[kind].columns.map((column) => [column.key, column.options?.[0] ?? ""]);
  return { key, cells: Object.fromEntries(cells) as Record<string, string> };
}

/** Rows to send, and what is wrong with which cell. */
export function readRows(kind: TableKind, rows: readonly RowDraft[]): { rows: LooseRow[]; faults: RowFault[] } {
  const { columns } = TABLES[kind];
  const loose = rows.map(({ cells }) =>
    Object.fromEntries(columns.map(({ key, isNumber }) => [key, cellOf(cells[key] ?? "", isNumber)])),
  );
  return { rows: loose, faults: checkRows(kind, loose).faults };
}

/** "1,204" is a number as people write it; what is none stays text, and is refused as such. */
function cellOf(text: string, isNumber: boolean): string | number | null {
  const trimmed = text.trim();
  if (trimmed === "") return null;
  const number = Number(trimmed.replaceAll(/(?<=\d),(?=\d{3}\b)/g, ""));
  return isNumber && Number.isFinite(number) ? number : trimmed;
}
