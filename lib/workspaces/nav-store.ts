import type { Ctx } from "#lib/auth/context";
import { inWorkspace } from "#lib/db/client";

export interface NavCounts {
  uploads: number;
  runs: number;
  sensors: number;
  /** Open and not judged by anybody. */
  drivingAlerts: number;
  unread: number;
}

export function countNavItems(ctx: Ctx, userId: string): Promise<NavCounts> {
  return inWorkspace(ctx, async (tx) => {
    const [row] = await tx.$queryRaw<NavCounts[]>`
      select
        (select count(*)::int from uploads where workspace_id = ${ctx.workspaceId}::uuid and state in ('signing', 'uploading', 'stored')) as uploads,
        (select count(*)::int from runs where workspace_id = ${ctx.workspaceId}::uuid and state in ('queued', 'starting', 'running')) as runs,
        (select count(*)::int from sensors where workspace_id = ${ctx.workspaceId}::uuid) as sensors,
        (select count(*)::int from driving_episodes e join driving_alerts a on a.id = e.id
          where e.workspace_id = ${ctx.workspaceId}::uuid and e.state = 'open' and a.verdict is null) as "drivingAlerts",
        (select count(*)::int from notifications where workspace_id = ${ctx.workspaceId}::uuid and user_id = ${userId}::uuid and read_at is null) as unread`;
    return row ?? { uploads: 0, runs: 0, sensors: 0, drivingAlerts: 0, unread: 0 };
  });
}
