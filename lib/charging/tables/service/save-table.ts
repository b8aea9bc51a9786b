import type { Ctx } from "#lib/auth/context";
import { AppError } from "#lib/errors";
import { countOf } from "#lib/format/lists";
import { canonicalJson, newId, sha256Hex } from "#lib/ids";
import { parseTable } from "../core/parse-table.ts";
import { checkRows, type RowFault, TABLES } from "../core/table-kinds.ts";
import type { ImportTable, SaveTable, TableKind, TableViewRow } from "../schema.ts";
import { TABLE_ROWS_MAX } from "../schema.ts";
import { findTable, insertTableVersion } from "../store.ts";
import { getTable } from "./get-table.ts";

const FAULTS_SHOWN = 50;

/**
 * Saves a table as its next version; the ones before stay. Without a change nothing is saved.
 * @throws AppError `invalid_input` with every row that is wrong, `conflict` when somebody has saved meanwhile.
 */
export async function saveTable(
  ctx: Ctx,
  kind: TableKind,
  { rows: asked, basedOn, source }: SaveTable,
): Promise<TableViewRow> {
  const { rows, faults } = checkRows(kind, asked);
  if (faults.length > 0) throw refuseRows(kind, faults, "Row");
  const newest = await findTable(ctx, kind);
  if ((newest?.id ?? null) !== basedOn) throw saved(newest?.createdByLabel);
  const sha256 = sha256Hex(canonicalJson(rows));
  if (newest?.sha256 === sha256 && newest.source === source) return getTable(ctx, kind);
  const version = (newest?.version ?? 0) + 1;
  if (!(await insertTableVersion(ctx, { id: newId(), kind, version, rows, sha256, source }))) throw saved();
  return getTable(ctx, kind);
}

/** Takes the place of all rows. */
export async function importTable(ctx: Ctx, kind: TableKind, file: ImportTable): Promise<TableViewRow> {
  const rows = parseTable(kind, file.text, file.fileName);
  if (rows.length === 0) throw new AppError("unprocessable", `${file.fileName} has no rows.`);
  if (rows.length > TABLE_ROWS_MAX) {
    throw new AppError("too_large", `${file.fileName} has ${rows.length} rows; a table has at most ${TABLE_ROWS_MAX}.`);
  }
  const { faults } = checkRows(kind, rows);
  if (faults.length > 0) throw refuseRows(kind, faults, `${file.fileName}, row`);
  return saveTable(ctx, kind, { rows, basedOn: file.basedOn, source: file.fileName });
}

function refuseRows(kind: TableKind, faults: readonly RowFault[], where: string): AppError {
  const labelOf = (key: string) => TABLES[kind].columns.find((column) => column.key === key)?.label ?? key;
  const [first] = faults;
  const more = faults.length > 1 ? ` And ${countOf(faults.length - 1, "more fault")}.` : "";
  const detail = first ? `${where} ${first.row + 1}, ${labelOf(first.column)}: ${first.message}${more}` : "";
  const fields = faults.slice(0, FAULTS_SHOWN).map(({ row, column, message }) => ({
    pointer: `/rows/${row}/${column}`,
    detail: message,
  }));
  return new AppError("invalid_input", detail, { fields });
}

function saved(by?: string): AppError {
  return new AppError(
    "conflict",
    `${by ?? "Somebody"} has saved this table meanwhile. Open it again and repeat your changes.`,
  );
}
