import type { Ctx } from "#lib/auth/context";
import { inWorkspace } from "#lib/db/client";
import type { SilentSensor } from "./core/silent-groups.ts";

export interface HourCount {
  hour: Date;
  count: number;
}

/** Observations by the hour they were measured in, from the hour of `since` on; hours without any are absent. */
export function countObservationsByHour(ctx: Ctx, since: Date): Promise<HourCount[]> {
  return inWorkspace(
    ctx,
    (tx) =>
      tx.$queryRaw<HourCount[]>`
      select r.bucket_at as hour, sum(r.point_count)::int as count
      from datastreams d
      join observation_rollups r on r.datastream_id = d.id and r.bucket_s = 3600
        and r.bucket_at >= date_trunc('hour', ${since}::timestamptz, 'UTC') and r.bucket_at <= ${ctx.now}
      where d.workspace_id = ${ctx.workspaceId}::uuid and d.last_observed_at >= ${since} group by 1 order by 1`,
  );
}

export async function findNewestObservation(ctx: Ctx): Promise<Date | null> {
  const found = await inWorkspace(ctx, (tx) =>
    tx.sensor.aggregate({ where: { workspaceId: ctx.workspaceId }, _max: { lastObservedAt: true } }),
  );
  return found._max.lastObservedAt;
}

export interface FaultySensor {
  id: string;
  code: string;
  reason: string;
  /** First failed value of what is wrong now. */
  since: Date | null;
}

/** Sensors with a fault now, the latest to fail first. */
export function listFaultySensors(ctx: Ctx, limit: number): Promise<FaultySensor[]> {
  return inWorkspace(
    ctx,
    (tx) =>
      tx.$queryRaw<FaultySensor[]>`
      select s.id, s.code, s.verdict_reason as reason, span.since
      from sensors s
      left join lateral (
        select min(f.start_at) as since from datastreams d join flags f on f.datastream_id = d.id and f.flag = 4
        where d.sensor_id = s.id and f.end_at >= s.last_observed_at - interval '1 day') span on true
      where s.workspace_id = ${ctx.workspaceId}::uuid and s.verdict = 'fault' and not s.is_reference
        and s.silent_after >= ${ctx.now}
      order by span.since desc nulls last, s.code limit ${limit}`,
  );
}

/** Sensors that are silent now and still reported after `since`. */
export async function listRecentlySilent(ctx: Ctx, since: Date): Promise<SilentSensor[]> {
  const rows = await inWorkspace(ctx, (tx) =>
    tx.sensor.findMany({
      where: {
        workspaceId: ctx.workspaceId,
        isReference: false,
        silentAfter: { lt: ctx.now },
        lastObservedAt: { gt: since },
      },
      select: { code: true, lastObservedAt: true },
      take: 5_000,
    }),
  );
  return rows.map(({ code, lastObservedAt }) => ({ code, lastObservedAtMs: lastObservedAt?.getTime() ?? 0 }));
}
