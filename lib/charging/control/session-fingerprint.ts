import type { Fingerprint } from "#lib/algorithms/io";
import type { Ctx } from "#lib/auth/context";
import { type DatasetRecord, findDataset, type StoredTable } from "#lib/datasets/store";
import { AppError } from "#lib/errors";
import { countOf } from "#lib/format/lists";
import { sha256Hex } from "#lib/ids";
import type { SessionInputs } from "./session-inputs.ts";

/** What a run over sessions reads, and a name for it. */
export async function fingerprintSessions(
  ctx: Ctx,
  { datasetId, sessions }: SessionInputs,
): Promise<Fingerprint & { name: string }> {
  if (datasetId === null) {
    const name = countOf(sessions.length, "session");
    return { name, title: name, hashes: [sha256Hex(sessions.join("\n"))], artifacts: [] };
  }
  const { name, table } = await requireSessionDataset(ctx, datasetId);
  return { name, title: name, hashes: [table.sha256], artifacts: [{ artifactId: table.artifactId, name }] };
}

export async function requireSessionDataset(
  ctx: Ctx,
  datasetId: string,
): Promise<DatasetRecord & { table: StoredTable }> {
  const dataset = await findDataset(ctx, datasetId);
  if (!dataset) throw new AppError("not_found", `There is no dataset ${datasetId} in this workspace.`);
  if (!dataset.table) throw new AppError("unprocessable", `${dataset.name} has no table.`);
  return { ...dataset, table: dataset.table };
}
