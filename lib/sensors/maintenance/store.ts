import type { Ctx } from "#lib/auth/context";
import { inWorkspace } from "#lib/db/client";
import { Prisma } from "#lib/db/generated/client";
import { decodeCursor, toPage, type Page } from "#lib/http/pagination";
import type { MaintenanceQuery, MaintenanceWindowRow } from "./schema.ts";

/** Of the named sensors those of this workspace; of an owner all. */
export async function listSensorIds(
  ctx: Ctx,
  { sensorIds, owner }: { sensorIds?: readonly string[] | undefined; owner?: string | undefined },
): Promise<string[]> {
  const which = sensorIds ? { id: { in: [...sensorIds] } } : { ownerName: owner ?? "" };
  const where = { workspaceId: ctx.workspaceId, ...which };
  const rows = await inWorkspace(ctx, (tx) => tx.sensor.findMany({ where, select: { id: true } }));
  return rows.map(({ id }) => id);
}

export interface Overlap {
  code: string;
  fromAt: Date;
  untilAt: Date;
  comment: string;
}

/**
 * Windows of these sensors that share some time with this one, by sensor; one that follows at once does not. Others who
 * plan in this workspace wait until the transaction is over.
 */
export function listOverlaps(
  ctx: Ctx,
  sensorIds: readonly string[],
  { fromAt, untilAt }: { fromAt: Date; untilAt: Date },
): Promise<Overlap[]> {
  return inWorkspace(ctx, async (tx) => {
    await tx.$executeRaw`select pg_advisory_xact_lock(hashtext('sensor-maintenance'), hashtext(${ctx.workspaceId}))`;
    return tx.$queryRaw<Overlap[]>`
      select distinct on (s.code) s.code, w.from_at as "fromAt", w.until_at as "untilAt", w.comment
      from maintenance_windows w join maintenance_window_sensors m on m.window_id = w.id join sensors s on s.id = m.sensor_id
      where w.workspace_id = ${ctx.workspaceId}::uuid and m.sensor_id = any(${[...sensorIds]}::uuid[])
        and w.from_at < ${untilAt} and w.until_at > ${fromAt}
      order by s.code, w.from_at`;
  });
}

export interface StoredWindow {
  id: string;
  fromAt: Date;
  untilAt: Date;
  comment: string;
}

export async function insertWindow(ctx: Ctx, window: StoredWindow, sensorIds: readonly string[]): Promise<void> {
  const { workspaceId } = ctx;
  await inWorkspace(ctx, async (tx) => {
    await tx.maintenanceWindow.create({
      data: { ...window, workspaceId, byLabel: ctx.actor.label, createdAt: ctx.now },
    });
    const rows = sensorIds.map((sensorId) => ({ windowId: window.id, sensorId, workspaceId }));
    await tx.maintenanceWindowSensor.createMany({ data: rows });
  });
}

const COLUMNS = Prisma.sql`w.id, w.from_at as "fromAt", w.until_at as "untilAt", w.comment, w.by_label as "byLabel",
  (select count(*)::int from maintenance_window_sensors m where m.window_id = w.id) as "sensorCount"`;

export async function findWindow(ctx: Ctx, windowId: string): Promise<MaintenanceWindowRow | null> {
  const [row] = await inWorkspace(
    ctx,
    (tx) => tx.$queryRaw<MaintenanceWindowRow[]>`
      select ${COLUMNS} from maintenance_windows w
      where w.workspace_id = ${ctx.workspaceId}::uuid and w.id = ${windowId}::uuid`,
  );
  return row ?? null;
}

/** Windows, the latest beginning first. */
export function listWindows(ctx: Ctx, query: MaintenanceQuery): Promise<Page<MaintenanceWindowRow>> {
  const [at, id] = query.cursor ? decodeCursor(query.cursor, 2) : [];
  const parts = [Prisma.sql`w.workspace_id = ${ctx.workspaceId}::uuid`];
  if (query.sensorId) {
    parts.push(Prisma.sql`exists (select from maintenance_window_sensors m
      where m.window_id = w.id and m.sensor_id = ${query.sensorId}::uuid)`);
  }
  if (query.current) parts.push(Prisma.sql`w.until_at > ${ctx.now}`);
  if (at && id) parts.push(Prisma.sql`(w.from_at, w.id) < (${at}::timestamptz, ${id}::uuid)`);
  return inWorkspace(ctx, async (tx) => {
    const rows = await tx.$queryRaw<(MaintenanceWindowRow & { fromAt: Date })[]>`
      select ${COLUMNS} from maintenance_windows w where ${Prisma.join(parts, " and ")}
      order by w.from_at desc, w.id desc limit ${query.limit + 1}`;
    return toPage(rows, query.limit, (row) => [row.fromAt.toISOString(), row.id]);
  });
}

export async function deleteWindow(ctx: Ctx, windowId: string): Promise<void> {
  const where = { id: windowId, workspaceId: ctx.workspaceId };
  await inWorkspace(ctx, (tx) => tx.maintenanceWindow.deleteMany({ where }));
}

export async function endWindow(ctx: Ctx, windowId: string): Promise<void> {
  const where = { id: windowId, workspaceId: ctx.workspaceId };
  await inWorkspace(ctx, (tx) => tx.maintenanceWindow.updateMany({ where, data: { untilAt: ctx.now } }));
}
