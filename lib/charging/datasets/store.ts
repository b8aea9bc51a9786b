import type { Ctx } from "#lib/auth/context";
import { inWorkspace } from "#lib/db/client";
import { AppError } from "#lib/errors";
import { joinPieces, pieceOf } from "../cleaning/pieces.ts";

export interface ChargingTable {
  datasetId: string;
  name: string;
  kind: string;
  rowCount: number;
  artifactId: string;
  objectKey: string;
  sha256: string;
}

const select = {
  id: true,
  name: true,
  kind: true,
  rowsKept: true,
  table: { select: { id: true, objectKey: true, sha256: true } },
} as const;

/**
 * The tables of these datasets, in their order, each once. A piece of a split file stands for all its pieces, so that
 * they are read as the one dataset they were cut from.
 * @throws AppError `not_found` when one is not of this workspace, `unprocessable` when it is of another kind.
 */
export async function listChargingTables(
  ctx: Ctx,
  datasetIds: readonly string[],
  kinds: readonly string[],
): Promise<ChargingTable[]> {
  const { workspaceId } = ctx;
  const named = await inWorkspace(ctx, (tx) =>
    tx.dataset.findMany({ where: { workspaceId, id: { in: [...datasetIds] } }, select }),
  );
  const tables = new Map<string, ChargingTable>();
  for (const id of datasetIds) {
    const dataset = named.find((row) => row.id === id);
    if (!dataset) throw new AppError("not_found", `There is no dataset ${id} in this workspace.`);
    if (!kinds.includes(dataset.kind)) {
      const detail = `${dataset.name} is of kind ${dataset.kind}; ${kinds.join(" or ")} is needed.`;
      throw new AppError("unprocessable", detail);
    }
    for (const table of toTables(await withPieces(ctx, dataset))) tables.set(table.datasetId, table);
  }
  return [...tables.values()];
}

type Row = Awaited<ReturnType<typeof findNamed>>[number];

function findNamed(ctx: Ctx, { kind, whole }: { kind: string; whole: string }) {
  const where = { workspaceId: ctx.workspaceId, kind, name: { endsWith: `_${whole}` } };
  return inWorkspace(ctx, (tx) => tx.dataset.findMany({ where, select, orderBy: { id: "asc" } }));
}

async function withPieces(ctx: Ctx, dataset: Row): Promise<Row[]> {
  const piece = pieceOf(dataset.name);
  if (piece === null) return [dataset];
  const siblings = await findNamed(ctx, { kind: dataset.kind, whole: piece.whole });
  // The newest of the same name counts: a piece that was sent again replaces the former one.
  const byName = new Map(siblings.map((row) => [row.name, row]));
  const pieces = joinPieces(byName.keys()).get(piece.whole) ?? [];
  return pieces.includes(dataset.name) ? pieces.map((name) => byName.get(name)!) : [dataset];
}

function toTables(rows: readonly Row[]): ChargingTable[] {
  return rows.flatMap(({ id, name, kind, rowsKept, table }) =>
    table === null
      ? []
      : [
          {
            datasetId: id,
            name,
            kind,
            rowCount: Number(rowsKept),
            artifactId: table.id,
            objectKey: table.objectKey,
            sha256: table.sha256,
          },
        ],
  );
}
