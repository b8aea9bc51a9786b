import type { Ctx } from "#lib/auth/context";
import { inWorkspace } from "#lib/db/client";
import { Prisma } from "#lib/db/generated/client";
import { decodeCursor, toPage, type Page } from "#lib/http/pagination";
import { newId } from "#lib/ids";
import type { FaultKind } from "../detector/types.ts";
import type { FaultReviewState, FaultRow, FaultsQuery } from "./schema.ts";

const COLUMNS = Prisma.sql`f.id, f.sensor_id as "sensorId", s.code as "sensorCode", s.name as "sensorName",
  d.observed_property as "observedProperty", f.kind, f.mode, f.begin_at as "beginAt", f.end_at as "endAt",
  f.is_open as "isOpen", f.point_count as "pointCount", f.magnitude, f.unit, f.confidence, f.priority, f.review,
  f.run_id as "runId"`;
const FROM = Prisma.sql`from faults f join sensors s on s.id = f.sensor_id join datastreams d on d.id = f.datastream_id`;

/** Faults, those first that cost the most readings with the most certainty. */
export function listFaults(ctx: Ctx, query: FaultsQuery): Promise<Page<FaultRow>> {
  const [priority, id] = query.cursor ? decodeCursor(query.cursor, 2) : [];
  const parts = [Prisma.sql`f.workspace_id = ${ctx.workspaceId}::uuid`];
  if (query.review) parts.push(Prisma.sql`f.review = ${query.review}`);
  if (query.kind) parts.push(Prisma.sql`f.kind = ${query.kind}`);
  if (query.sensorId) parts.push(Prisma.sql`f.sensor_id = ${query.sensorId}::uuid`);
  if (query.open !== undefined) parts.push(Prisma.sql`f.is_open = ${query.open}`);
  if (priority && id) parts.push(Prisma.sql`(f.priority, f.id) < (${Number(priority)}::float8, ${id}::uuid)`);
  return inWorkspace(ctx, async (tx) => {
    const rows = await tx.$queryRaw<FaultRow[]>`
      select ${COLUMNS} ${FROM} where ${Prisma.join(parts, " and ")}
      order by f.priority desc, f.id desc limit ${query.limit + 1}`;
    return toPage(rows, query.limit, (row) => [String(row.priority), row.id]);
  });
}

export interface StoredDetail extends FaultRow {
  evidence: unknown;
  valueUnit: string;
  reviews: { verdict: string; comment: string; byLabel: string; at: Date }[];
}

export function findFault(ctx: Ctx, faultId: string): Promise<StoredDetail | null> {
  return inWorkspace(ctx, async (tx) => {
    const [fault] = await tx.$queryRaw<Omit<StoredDetail, "reviews">[]>`
      select ${COLUMNS}, f.evidence, d.unit as "valueUnit" ${FROM}
      where f.workspace_id = ${ctx.workspaceId}::uuid and f.id = ${faultId}::uuid`;
    if (!fault) return null;
    const reviews = await tx.faultReview.findMany({
      where: { workspaceId: ctx.workspaceId, faultId },
      orderBy: [{ at: "desc" }, { id: "desc" }],
      select: { verdict: true, comment: true, byLabel: true, at: true },
    });
    return { ...fault, reviews };
  });
}

/** Counts by review, for tabs. */
export async function countFaults(ctx: Ctx): Promise<Record<FaultReviewState, number>> {
  const rows = await inWorkspace(ctx, (tx) =>
    tx.fault.groupBy({ by: ["review"], where: { workspaceId: ctx.workspaceId }, _count: true }),
  );
  const counts = { unreviewed: 0, confirmed: 0, disputed: 0, maintenance: 0 };
  for (const { review, _count } of rows) if (review in counts) counts[review as FaultReviewState] = _count;
  return counts;
}

/** Adds what somebody said and makes it the fault's state. False when there is no such fault. */
export function insertReview(
  ctx: Ctx,
  faultId: string,
  { verdict, comment }: { verdict: FaultReviewState; comment: string },
): Promise<boolean> {
  const { workspaceId, actor } = ctx;
  return inWorkspace(ctx, async (tx) => {
    const changed = await tx.fault.updateMany({ where: { id: faultId, workspaceId }, data: { review: verdict } });
    if (changed.count === 0) return false;
    const byUserId = actor.kind === "user" ? actor.userId : null;
    const review = { id: newId(), workspaceId, faultId, verdict, comment, byLabel: actor.label, byUserId, at: ctx.now };
    await tx.faultReview.create({ data: review });
    return true;
  });
}

/** A fault that people say is none takes its flags along; one that is taken back gets them again at the next detection. */
export async function dropFlagsOfFault(ctx: Ctx, faultId: string, checkPrefix: string): Promise<void> {
  await inWorkspace(
    ctx,
    (tx) => tx.$executeRaw`
      delete from flags g using faults f where f.id = ${faultId}::uuid and f.workspace_id = ${ctx.workspaceId}::uuid
        and g.workspace_id = f.workspace_id and g.datastream_id = f.datastream_id
        and g.start_at = f.begin_at and g.end_at = f.end_at and starts_with(g."check", ${checkPrefix})`,
  );
}

/** Positions of these sensors; those without one are left out. */
export async function listPlacesOf(
  ctx: Ctx,
  sensorIds: readonly string[],
): Promise<Map<string, { latitude: number; longitude: number }>> {
  const where = { workspaceId: ctx.workspaceId, id: { in: [...sensorIds] } };
  const rows = await inWorkspace(ctx, (tx) =>
    tx.sensor.findMany({ where, select: { id: true, latitude: true, longitude: true } }),
  );
  return new Map(
    rows.flatMap(({ id, latitude, longitude }) =>
      latitude === null || longitude === null ? [] : [[id, { latitude, longitude }] as const],
    ),
  );
}

export interface OpenFault {
  sensorId: string;
  id: string;
  kind: FaultKind;
  review: FaultReviewState;
}

/**
 * The fault that explains each of these sensors now: open, or ended within the last day of its readings; the one that
 * matters most. Disputed ones and maintenance are none.
 */
export async function listOpenFaultsOf(ctx: Ctx, sensorIds: readonly string[]): Promise<Map<string, OpenFault>> {
  if (sensorIds.length === 0) return new Map();
  const rows = await inWorkspace(
    ctx,
    (tx) => tx.$queryRaw<OpenFault[]>`
      select distinct on (f.sensor_id) f.sensor_id as "sensorId", f.id, f.kind, f.review
      from faults f join sensors s on s.id = f.sensor_id
      where f.workspace_id = ${ctx.workspaceId}::uuid and f.sensor_id = any(${[...sensorIds]}::uuid[])
        and (f.is_open or f.end_at >= s.last_observed_at - interval '1 day')
        and f.review in ('unreviewed', 'confirmed')
      order by f.sensor_id, f.is_open desc, f.priority desc, f.id`,
  );
  return new Map(rows.map((row) => [row.sensorId, row]));
}
