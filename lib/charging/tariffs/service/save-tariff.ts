import type { Ctx } from "#lib/auth/context";
import { inWorkspace } from "#lib/db/client";
import { AppError } from "#lib/errors";
import { canonicalJson, newId, sha256Hex } from "#lib/ids";
import type { ImportTariff, TariffDetailRow } from "../api-schema.ts";
import { parseTariffFile } from "../parse/parse-tariff-file.ts";
import { findPublishedTariff } from "../published/published-tariffs.ts";
import type { Tariff } from "../schema.ts";
import { archiveTariff, insertTariffVersion, supersedeTariff } from "../store.ts";
import { getTariff, requireTariff } from "./get-tariff.ts";

export async function createTariff(ctx: Ctx, tariff: Tariff): Promise<TariffDetailRow> {
  const id = newId();
  await insertTariffVersion(ctx, { id, lineageId: id, version: 1, tariff, sha256: digestOf(tariff) });
  return getTariff(ctx, id);
}

export async function importTariff(ctx: Ctx, { fileName, text }: ImportTariff): Promise<TariffDetailRow> {
  return createTariff(ctx, parseTariffFile(text, fileName));
}

/**
 * Saves a changed tariff as its next version. The version before stays, for the runs that used it. Without a change
 * nothing is saved.
 * @throws AppError `conflict` when somebody has saved a version meanwhile.
 */
export async function saveTariffVersion(ctx: Ctx, id: string, tariff: Tariff): Promise<TariffDetailRow> {
  refusePublished(id);
  const before = await requireTariff(ctx, id);
  const sha256 = digestOf(tariff);
  if (before.supersededAt === null && before.sha256 === sha256) return getTariff(ctx, id);
  const next = { id: newId(), lineageId: before.lineageId, version: before.version + 1, tariff, sha256 };
  await inWorkspace(ctx, async () => {
    if (!(await supersedeTariff(ctx, id))) throw notNewest(before.version);
    await insertTariffVersion(ctx, next);
  });
  return getTariff(ctx, next.id);
}

export async function setTariffArchived(ctx: Ctx, id: string, archived: boolean): Promise<TariffDetailRow> {
  refusePublished(id);
  const { version } = await requireTariff(ctx, id);
  if (!(await archiveTariff(ctx, id, archived ? ctx.now : null))) throw notNewest(version);
  return getTariff(ctx, id);
}

function refusePublished(id: string): void {
  if (!findPublishedTariff(id)) return;
  throw new AppError(
    "unprocessable",
    "A tariff that comes with the portal does not change. Save a copy of it instead.",
  );
}

function notNewest(version: number): AppError {
  return new AppError(
    "conflict",
    `Version ${version} is not the newest any more: somebody has saved this tariff. Open the newest and repeat your changes.`,
  );
}

const digestOf = (tariff: Tariff) => sha256Hex(canonicalJson(tariff));
