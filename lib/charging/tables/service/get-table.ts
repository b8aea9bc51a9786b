import type { Ctx } from "#lib/auth/context";
import { AppError } from "#lib/errors";
import { csvResponse } from "#lib/http/csv-response";
import { TABLES } from "../core/table-kinds.ts";
import type { LooseRow, TableKind, TableQuery, TableViewRow } from "../schema.ts";
import { findTable, listTableVersions } from "../store.ts";

/** A version of the workspace's table, without one the newest; a table that nobody has saved yet is empty. */
export async function getTable(ctx: Ctx, kind: TableKind, version?: number): Promise<TableViewRow> {
  const record = await findTable(ctx, kind, version);
  if (!record && version !== undefined) {
    throw new AppError("not_found", `There is no version ${version} of this table in this workspace.`);
  }
  const nothing = { id: null, version: 0, rows: [], source: "", sha256: null, createdByLabel: null, createdAt: null };
  return { kind, ...(record ?? nothing), versions: await listTableVersions(ctx, kind) };
}

/** The table as it is asked for: an answer of the API, or a CSV file that the import reads. */
export async function readTable(ctx: Ctx, kind: TableKind, query: TableQuery): Promise<TableViewRow | Response> {
  const table = await getTable(ctx, kind, query.version);
  if (query.format === "json") return table;
  const columns = TABLES[kind].columns.map(({ key }) => key);
  return csvResponse({ fileName: `${kind}-v${table.version}.csv`, columns }, cellsOf(table.rows, columns));
}

async function* cellsOf(rows: readonly LooseRow[], columns: readonly string[]) {
  for (const row of rows) yield columns.map((key) => row[key] ?? null);
}
