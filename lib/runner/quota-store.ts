import type { Ctx } from "#lib/auth/context";
import { inWorkspace } from "#lib/db/client";

/** The limit that every run of an app is under. */
export const APPS_LIMIT = "apps";

export interface QuotaRow {
  runsAtOnceMax: number | null;
  cpuHoursMax: number | null;
  usdMax: number | null;
  liveRuns: number;
  waitingRuns: number;
  cpuHoursUsed: number;
  usdUsed: number;
  monthStartAt: Date;
  monthEndAt: Date;
}

/** What the workspace's apps may use and have used in the calendar month of its zone. */
export async function readQuota(ctx: Ctx, timeZone: string): Promise<QuotaRow> {
  const rows = await inWorkspace(
    ctx,
    (tx) => tx.$queryRaw<QuotaRow[]>`
      with month as (
        select date_trunc('month', ${ctx.now}::timestamptz at time zone ${timeZone}) at time zone ${timeZone} as "startAt",
          (date_trunc('month', ${ctx.now}::timestamptz at time zone ${timeZone}) + interval '1 month') at time zone ${timeZone}
            as "endAt"),
      own as (select id, state, finished_at from runs
        where workspace_id = ${ctx.workspaceId}::uuid and algorithm = 'run-app'),
      spent as (select coalesce(sum(coalesce(e.cpu_s, e.duration_s)), 0)::float8 / 3600 as "cpuHours",
          coalesce(sum(e.cost_usd), 0)::float8 as usd
        from own join app_executions e on e.run_id = own.id, month where own.finished_at >= month."startAt")
      select (select runs_max from run_limits where workspace_id = ${ctx.workspaceId}::uuid and key = ${APPS_LIMIT}) as "runsAtOnceMax",
        (select cpu_hours_max from run_limits where workspace_id = ${ctx.workspaceId}::uuid and key = ${APPS_LIMIT}) as "cpuHoursMax",
        (select usd_max from run_limits where workspace_id = ${ctx.workspaceId}::uuid and key = ${APPS_LIMIT}) as "usdMax",
        (select count(*)::int from own where state in ('starting', 'running')) as "liveRuns",
        (select count(*)::int from own where state = 'queued') as "waitingRuns",
        spent."cpuHours" as "cpuHoursUsed", spent.usd as "usdUsed",
        month."startAt" as "monthStartAt", month."endAt" as "monthEndAt" from month, spent`,
  );
  const [row] = rows;
  if (!row) throw new Error("the database answered no quota");
  return row;
}

export async function setQuota(
  ctx: Ctx,
  quota: { runsAtOnceMax: number | null; cpuHoursMax: number | null; usdMax: number | null },
): Promise<void> {
  const { workspaceId } = ctx;
  const data = { runsMax: quota.runsAtOnceMax, cpuHoursMax: quota.cpuHoursMax, usdMax: quota.usdMax };
  await inWorkspace(ctx, (tx) =>
    tx.runLimit.upsert({
      where: { workspaceId_key: { workspaceId, key: APPS_LIMIT } },
      create: { workspaceId, key: APPS_LIMIT, ...data },
      update: data,
    }),
  );
}
