import { z } from "zod";
import type { Ctx } from "#lib/auth/context";
import { AppError } from "#lib/errors";
import type { TariffDetailRow, TariffSummaryRow } from "../api-schema.ts";
import { tariffKind } from "../core/tariff-kind.ts";
import { findPublishedTariff, type PublishedTariff } from "../published/published-tariffs.ts";
import { findTariffRecord, listTariffVersions, type TariffRecord } from "../store.ts";

const uuid = z.uuid();

/** One version of a tariff of the workspace, or a published one, with the whole of it. */
export async function getTariff(ctx: Ctx, id: string): Promise<TariffDetailRow> {
  const published = findPublishedTariff(id);
  if (published) {
    const { id: _id, ...tariff } = published;
    return { ...presentPublished(published), tariff, sha256: null, versions: [] };
  }
  const record = await requireTariff(ctx, id);
  const versions = await listTariffVersions(ctx, record.lineageId);
  return {
    ...presentTariff(record),
    tariff: record.tariff,
    sha256: record.sha256,
    versions: versions.map(({ supersededAt, ...version }) => ({ ...version, isNewest: supersededAt === null })),
  };
}

export async function requireTariff(ctx: Ctx, id: string): Promise<TariffRecord> {
  const record = uuid.safeParse(id).success ? await findTariffRecord(ctx, id) : null;
  if (!record) throw new AppError("not_found", "There is no such tariff in this workspace.");
  return record;
}

export function presentTariff({ tariff, ...row }: TariffRecord): TariffSummaryRow {
  const { name, utility, source, effectiveOn } = tariff;
  const { id, lineageId, version, createdByLabel, createdAt, archivedAt } = row;
  const written = { createdByLabel, createdAt, archivedAt };
  const kind = tariffKind(tariff);
  return { id, lineageId, version, name, utility, source, effectiveOn, kind, origin: "workspace", ...written };
}

export function presentPublished(tariff: PublishedTariff): TariffSummaryRow {
  const { id, name, utility, source, effectiveOn } = tariff;
  const written = { createdByLabel: null, createdAt: null, archivedAt: null };
  const kind = tariffKind(tariff);
  return { id, lineageId: id, version: 1, name, utility, source, effectiveOn, kind, origin: "published", ...written };
}
