import type { Ctx } from "#lib/auth/context";
import { inWorkspace } from "#lib/db/client";
import type { Prisma } from "#lib/db/generated/client";
import { type LooseRow, saveTable, type TableKind } from "./schema.ts";

const select = {
  id: true,
  version: true,
  rows: true,
  source: true,
  sha256: true,
  createdByLabel: true,
  createdAt: true,
} satisfies Prisma.ChargingTableSelect;

type Row = Prisma.ChargingTableGetPayload<{ select: typeof select }>;
export type TableRecord = Omit<Row, "rows"> & { rows: LooseRow[] };

/** One version of a table, or the newest. */
export async function findTable(ctx: Ctx, kind: TableKind, version?: number): Promise<TableRecord | null> {
  const where = { workspaceId: ctx.workspaceId, kind, ...(version === undefined ? {} : { version }) };
  const row = await inWorkspace(ctx, (tx) =>
    tx.chargingTable.findFirst({ where, select, orderBy: { version: "desc" } }),
  );
  return row && { ...row, rows: saveTable.shape.rows.parse(row.rows) };
}

const versionSelect = { id: true, version: true, rowCount: true, createdByLabel: true, createdAt: true } as const;

export function listTableVersions(ctx: Ctx, kind: TableKind) {
  const where = { workspaceId: ctx.workspaceId, kind };
  return inWorkspace(ctx, (tx) =>
    tx.chargingTable.findMany({ where, select: versionSelect, orderBy: { version: "desc" }, take: 100 }),
  );
}

export interface NewTableVersion {
  id: string;
  kind: TableKind;
  version: number;
  rows: LooseRow[];
  sha256: string;
  source: string;
}

/** False when that version is there already: somebody else was faster. */
export async function insertTableVersion(ctx: Ctx, { rows, ...table }: NewTableVersion): Promise<boolean> {
  const data = {
    ...table,
    rows: rows as Prisma.InputJsonArray,
    rowCount: rows.length,
    workspaceId: ctx.workspaceId,
    createdByLabel: ctx.actor.label,
    createdAt: ctx.now,
  };
  const { count } = await inWorkspace(ctx, (tx) => tx.chargingTable.createMany({ data: [data], skipDuplicates: true }));
  return count > 0;
}
