import type { Ctx } from "#lib/auth/context";
import { inWorkspace, systemDb } from "#lib/db/client";
import { Prisma } from "#lib/db/generated/client";
import { decodeCursor, toPage, type Page } from "#lib/http/pagination";
import { MAYBE_LOW_V, PERCENT } from "../checks/battery/battery-limit.ts";
import { STATE_SQL } from "../sensor-filter-sql.ts";
import type { AlertCondition } from "./core/decide-alert.ts";
import type { AlertsQuery, SensorAlert } from "./schema.ts";

/** Sensors that fell silent longer ago than this belong to an archive; nobody is told about them. */
const ARCHIVE_DAYS = 7;
const LIVE_SQL = Prisma.sql`s.silent_after > now() - make_interval(days => ${ARCHIVE_DAYS}::int) and not s.is_reference`;

/** Workspaces in which something is measured now, or something is open. */
export async function listWatchedWorkspaceIds(): Promise<string[]> {
  const rows = await systemDb().$queryRaw<{ id: string }[]>`
    select w.id from workspaces w
    where exists (select from sensors s where s.workspace_id = w.id and ${LIVE_SQL})
      or exists (select from sensor_alerts a where a.workspace_id = w.id and a.ended_at is null)`;
  return rows.map(({ id }) => id);
}

export interface WatchedSensor {
  id: string;
  code: string;
  ownerUserId: string | null;
  isLive: boolean;
  state: string;
  reason: string;
  silentAfter: Date | null;
  lastObservedAt: Date | null;
  battery: WatchedBattery | null;
  /** Somebody works on it now. */
  isInMaintenance: boolean;
}

export interface WatchedBattery {
  level: number;
  unit: string;
  /** Level of the last 30 days that one day in twenty reached: full. Null for percent, which needs none. */
  usualHigh: number | null;
}

const inRange = ({ from, below }: { from: number; below: number }) =>
  Prisma.sql`(b.last_value >= ${from}::float8 and b.last_value < ${below}::float8)`;

/** No battery counts as low at another level, so the others need not be read, nor the history of any. */
const MAYBE_LOW_SQL = Prisma.sql`((b.observed_property = 'battery_level' and b.unit = '%' and b.last_value < ${PERCENT.fine}::float8)
  or (b.observed_property = 'battery_voltage' and b.unit = 'V' and (${Prisma.join(MAYBE_LOW_V.map(inRange), " or ")})))`;

/** Where a sensor reports percent and volts, percent counts. */
const BATTERY_SQL = Prisma.sql`select b.id, b.unit, b.last_value from datastreams b
  where b.workspace_id = s.workspace_id and b.sensor_id = s.id and ((b.observed_property = 'battery_level' and b.unit = '%')
    or (b.observed_property = 'battery_voltage' and b.unit = 'V')) order by b.observed_property limit 1`;

/** The level that one day in twenty of the last thirty reached. */
const USUAL_HIGH_SQL = Prisma.sql`select percentile_cont(0.95) within group (order by r.value_max)
  from observation_rollups r where r.workspace_id = s.workspace_id and r.datastream_id = b.id and r.bucket_s = 86400
    and r.bucket_at > now() - interval '30 days'`;

/**
 * Sensors in a condition, or with an open alert; healthy ones without one are not read. The sets by which a sensor is
 * chosen are each read once and hashed; what is looked up sensor by sensor is looked up for the chosen ones only.
 */
export function listWatchedSensors(ctx: Ctx): Promise<WatchedSensor[]> {
  const workspaceId = Prisma.sql`${ctx.workspaceId}::uuid`;
  return inWorkspace(
    ctx,
    (tx) => tx.$queryRaw`
      with watched as materialized (
        select s.* from sensors s where s.workspace_id = ${workspaceId} and (
          (${LIVE_SQL} and (s.verdict = 'fault' or s.silent_after < now() or s.id in (
            select b.sensor_id from datastreams b where b.workspace_id = ${workspaceId} and ${MAYBE_LOW_SQL})))
          or s.id in (select a.sensor_id from sensor_alerts a
            where a.workspace_id = ${workspaceId} and a.ended_at is null)))
      select s.id, s.code, s.owner_user_id as "ownerUserId", coalesce(${LIVE_SQL}, false) as "isLive",
        ${STATE_SQL} as state, s.verdict_reason as reason, s.silent_after as "silentAfter",
        s.last_observed_at as "lastObservedAt",
        case when b.last_value is not null then json_build_object('level', b.last_value, 'unit', b.unit,
          'usualHigh', case when b.unit = 'V' then (${USUAL_HIGH_SQL}) end) end as battery,
        s.id in (select m.sensor_id from maintenance_windows w join maintenance_window_sensors m on m.window_id = w.id
          where w.workspace_id = ${workspaceId} and ${ctx.now} between w.from_at and w.until_at) as "isInMaintenance"
      from watched s left join lateral (${BATTERY_SQL}) b on true`,
  );
}

export interface OpenAlert {
  id: string;
  sensorId: string;
  condition: AlertCondition;
  heldSince: Date;
  beganAt: Date | null;
  clearSince: Date | null;
}

export function listOpenAlerts(ctx: Ctx): Promise<OpenAlert[]> {
  return inWorkspace(
    ctx,
    (tx) => tx.$queryRaw`
      select id, sensor_id as "sensorId", condition, held_since as "heldSince", began_at as "beganAt",
        clear_since as "clearSince"
      from sensor_alerts where workspace_id = ${ctx.workspaceId}::uuid and ended_at is null`,
  );
}

export interface NewAlert {
  id: string;
  sensorId: string;
  condition: AlertCondition;
  reason: string;
  heldSince: Date;
  beganAt: Date | null;
}

export async function insertAlerts(ctx: Ctx, alerts: readonly NewAlert[]): Promise<void> {
  const data = alerts.map((alert) => ({ ...alert, workspaceId: ctx.workspaceId }));
  await inWorkspace(ctx, (tx) => tx.sensorAlert.createMany({ data, skipDuplicates: true }));
}

export type AlertChange = Partial<
  Pick<Prisma.SensorAlertUpdateManyMutationInput, "beganAt" | "clearSince" | "endedAt">
>;

export async function updateAlerts(ctx: Ctx, ids: readonly string[], change: AlertChange): Promise<void> {
  if (ids.length === 0) return;
  const where = { id: { in: [...ids] }, workspaceId: ctx.workspaceId };
  await inWorkspace(ctx, (tx) => tx.sensorAlert.updateMany({ where, data: change }));
}

export async function deleteAlerts(ctx: Ctx, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await inWorkspace(ctx, (tx) =>
    tx.sensorAlert.deleteMany({ where: { id: { in: [...ids] }, workspaceId: ctx.workspaceId } }),
  );
}

export interface Recipient {
  userId: string;
  /** Owners and editors hear of every sensor, others of their own. */
  hearsAll: boolean;
  /** Alerts this person was told in the last 24 hours. */
  toldCount: number;
}

export function listRecipients(ctx: Ctx): Promise<Recipient[]> {
  return inWorkspace(
    ctx,
    (tx) => tx.$queryRaw`
      select m.user_id as "userId", m.role in ('owner', 'editor') as "hearsAll",
        (select count(*)::int from notifications n where n.workspace_id = m.workspace_id and n.user_id = m.user_id
          and n.kind like 'sensor\\_%' and n.created_at > now() - interval '1 day') as "toldCount"
      from memberships m where m.workspace_id = ${ctx.workspaceId}::uuid`,
  );
}

/** Alerts that began, newest first. */
export function listAlerts(ctx: Ctx, query: AlertsQuery): Promise<Page<SensorAlert>> {
  const [at, id] = query.cursor ? decodeCursor(query.cursor, 2) : [];
  const parts = [Prisma.sql`a.workspace_id = ${ctx.workspaceId}::uuid and a.began_at is not null`];
  if (query.state === "open") parts.push(Prisma.sql`a.ended_at is null`);
  if (query.state === "ended") parts.push(Prisma.sql`a.ended_at is not null`);
  if (query.condition) parts.push(Prisma.sql`a.condition = ${query.condition}`);
  if (query.sensorId) parts.push(Prisma.sql`a.sensor_id = ${query.sensorId}::uuid`);
  if (at && id) parts.push(Prisma.sql`(a.began_at, a.id) < (${at}::timestamptz, ${id}::uuid)`);
  return inWorkspace(ctx, async (tx) => {
    const rows = await tx.$queryRaw<(SensorAlert & { beganAt: Date })[]>`
      select a.id, a.sensor_id as "sensorId", s.code as "sensorCode", s.name as "sensorName", a.condition, a.reason,
        a.held_since as "heldSince", a.began_at as "beganAt", a.ended_at as "endedAt"
      from sensor_alerts a join sensors s on s.id = a.sensor_id
      where ${Prisma.join(parts, " and ")} order by a.began_at desc, a.id desc limit ${query.limit + 1}`;
    return toPage(rows, query.limit, (row) => [row.beganAt.toISOString(), row.id]);
  });
}

export function countOpenAlerts(ctx: Ctx): Promise<{ condition: AlertCondition; count: number }[]> {
  return inWorkspace(
    ctx,
    (tx) => tx.$queryRaw`
      select condition, count(*)::int as count from sensor_alerts
      where workspace_id = ${ctx.workspaceId}::uuid and ended_at is null and began_at is not null group by 1`,
  );
}
