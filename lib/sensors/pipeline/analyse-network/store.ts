import type { Ctx } from "#lib/auth/context";
import { inWorkspace } from "#lib/db/client";
import { STATE_SQL } from "../../sensor-filter-sql.ts";
import type { OpenFault } from "./schema.ts";

export function countStates(ctx: Ctx): Promise<{ state: string; sensors: number }[]> {
  return inWorkspace(
    ctx,
    (tx) => tx.$queryRaw`
      select ${STATE_SQL} as state, count(*)::int as sensors from sensors s
      where s.workspace_id = ${ctx.workspaceId}::uuid and not s.is_reference group by 1 order by 2 desc`,
  );
}

export function listOpenFaults(ctx: Ctx): Promise<OpenFault[]> {
  return inWorkspace(
    ctx,
    (tx) => tx.$queryRaw`
      select s.code as "sensorCode", d.observed_property as "observedProperty", f.kind,
        extract(epoch from f.begin_at)::float8 * 1000 as "beginAtMs", f.confidence
      from faults f join sensors s on s.id = f.sensor_id join datastreams d on d.id = f.datastream_id
      where f.workspace_id = ${ctx.workspaceId}::uuid and f.is_open and f.review in ('unreviewed', 'confirmed')
      order by f.priority desc limit 20000`,
  );
}

/** Result of the newest summary that ended before this run. */
export async function findLastSummary(ctx: Ctx, runId: string): Promise<unknown> {
  const where = { workspaceId: ctx.workspaceId, algorithm: "analyse-network", state: "succeeded", id: { not: runId } };
  const row = await inWorkspace(ctx, (tx) =>
    tx.run.findFirst({ where, orderBy: { finishedAt: "desc" }, select: { result: true } }),
  );
  return row?.result ?? null;
}
