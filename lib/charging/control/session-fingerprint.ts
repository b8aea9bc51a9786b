import type { Fingerprint } from "#lib/algorithms/io";
import type { Ctx } from "#lib/auth/context";
import { type DatasetRecord, findDataset, type StoredTable } from "#lib/datasets/store";
import { AppError } from "#lib/errors";
import { countOf } from "#lib/format/lists";
import { sha256Hex } from "#lib/ids";
import { requireTariff } from "../tariffs/service/get-tariff.ts";
import type { Tariff } from "../tariffs/schema.ts";
import type { SessionInputs } from "./session-inputs.ts";

/** What a run over sessions reads, a name for the sessions, and the tariff that its inputs name. */
export async function fingerprintSessions(
  ctx: Ctx,
  { datasetId, sessions, tariffId }: SessionInputs,
): Promise<Fingerprint & { name: string; tariff: Tariff | null }> {
  const record = tariffId === null ? null : await requireTariff(ctx, tariffId);
  const tariff = record?.tariff ?? null;
  const tariffHashes = record ? [record.sha256] : [];
  if (datasetId === null) {
    const name = countOf(sessions.length, "session");
    return { name, title: name, hashes: [sha256Hex(sessions.join("\n")), ...tariffHashes], artifacts: [], tariff };
  }
  const { name, table } = await requireSessionDataset(ctx, datasetId);
  const artifacts = [{ artifactId: table.artifactId, name }];
  return { name, title: name, hashes: [table.sha256, ...tariffHashes], artifacts, tariff };
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
