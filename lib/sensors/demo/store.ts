import type { Ctx } from "#lib/auth/context";
import { inWorkspace } from "#lib/db/client";

export interface DemoState {
  createdAt: Date;
  /** Newest synthetic reading. */
  lastObservedAt: Date | null;
  /** A synthetic file is still on its way; the next one waits for it. */
  isArriving: boolean;
}

export function findDemoState(ctx: Ctx): Promise<DemoState | null> {
  return inWorkspace(ctx, async (tx) => {
    const rows = await tx.$queryRaw<DemoState[]>`
      select w.created_at as "createdAt",
        (select max(s.last_observed_at) from sensors s where s.workspace_id = w.id and s.code not like 'WSN-%') as "lastObservedAt",
        exists (select from uploads u left join runs r on r.id = u.run_id where u.workspace_id = w.id
          and u.file_name like 'puget-sound-readings-synthetic%'
          and (u.state = 'stored' or r.state in ('queued', 'starting', 'running'))) as "isArriving"
      from workspaces w where w.id = ${ctx.workspaceId}::uuid`;
    return rows[0] ?? null;
  });
}
