import type { Ctx } from "#lib/auth/context";
import { inWorkspace } from "#lib/db/client";
import type { Prisma } from "#lib/db/generated/client";
import { decodeCursor, type Page, toPage } from "#lib/http/pagination";
import type { TariffsQuery } from "./api-schema.ts";
import { type Tariff, tariff } from "./schema.ts";

const select = {
  id: true,
  lineageId: true,
  version: true,
  content: true,
  sha256: true,
  createdByLabel: true,
  createdAt: true,
  supersededAt: true,
  archivedAt: true,
} satisfies Prisma.ChargingTariffSelect;

type Row = Prisma.ChargingTariffGetPayload<{ select: typeof select }>;
export type TariffRecord = Omit<Row, "content"> & { tariff: Tariff };

const toRecord = ({ content, ...row }: Row): TariffRecord => ({ ...row, tariff: tariff.parse(content) });

/** Newest versions, the last saved first. */
export function listTariffRecords(ctx: Ctx, query: TariffsQuery): Promise<Page<TariffRecord>> {
  const [at, id] = query.cursor ? decodeCursor(query.cursor, 2) : [];
  const where: Prisma.ChargingTariffWhereInput = {
    workspaceId: ctx.workspaceId,
    supersededAt: null,
    archivedAt: query.archived ? { not: null } : null,
    ...(at && id ? { OR: [{ createdAt: { lt: at } }, { createdAt: at, id: { lt: id } }] } : {}),
  };
  return inWorkspace(ctx, async (tx) => {
    const orderBy: Prisma.ChargingTariffOrderByWithRelationInput[] = [{ createdAt: "desc" }, { id: "desc" }];
    const rows = await tx.chargingTariff.findMany({ where, select, orderBy, take: query.limit + 1 });
    return toPage(rows.map(toRecord), query.limit, (row) => [row.createdAt.toISOString(), row.id]);
  });
}

export async function findTariffRecord(ctx: Ctx, id: string): Promise<TariffRecord | null> {
  const where = { workspaceId: ctx.workspaceId, id };
  const row = await inWorkspace(ctx, (tx) => tx.chargingTariff.findFirst({ where, select }));
  return row && toRecord(row);
}

const versionSelect = { id: true, version: true, createdByLabel: true, createdAt: true, supersededAt: true } as const;

/** Versions of one tariff, the newest first. */
export function listTariffVersions(ctx: Ctx, lineageId: string) {
  const where = { workspaceId: ctx.workspaceId, lineageId };
  return inWorkspace(ctx, (tx) =>
    tx.chargingTariff.findMany({ where, select: versionSelect, orderBy: { version: "desc" }, take: 200 }),
  );
}

export interface NewTariffVersion {
  id: string;
  lineageId: string;
  version: number;
  tariff: Tariff;
  sha256: string;
}

export async function insertTariffVersion(ctx: Ctx, { tariff: content, ...row }: NewTariffVersion): Promise<void> {
  const { name, utility, source, effectiveOn } = content;
  const data = {
    ...row,
    ...{ name, utility, source, effectiveOn, content: content as Prisma.InputJsonObject },
    workspaceId: ctx.workspaceId,
    createdByLabel: ctx.actor.label,
    createdAt: ctx.now,
  };
  await inWorkspace(ctx, (tx) => tx.chargingTariff.create({ data }));
}

/** False when it was not the newest any more. */
export async function supersedeTariff(ctx: Ctx, id: string): Promise<boolean> {
  const where = { id, workspaceId: ctx.workspaceId, supersededAt: null };
  const data = { supersededAt: ctx.now };
  const { count } = await inWorkspace(ctx, (tx) => tx.chargingTariff.updateMany({ where, data }));
  return count > 0;
}

export async function archiveTariff(ctx: Ctx, id: string, archivedAt: Date | null): Promise<boolean> {
  const where = { id, workspaceId: ctx.workspaceId, supersededAt: null };
  const { count } = await inWorkspace(ctx, (tx) => tx.chargingTariff.updateMany({ where, data: { archivedAt } }));
  return count > 0;
}
