import { systemDb } from "#lib/db/client";

/** Workspaces in which somebody has fallen silent in the middle of an episode. */
export async function listSilentWorkspaceIds(): Promise<string[]> {
  const rows = await systemDb().$queryRaw<{ id: string }[]>`
    select distinct d.workspace_id as id from drivers d join driving_feeds f on f.workspace_id = d.workspace_id
    where d.is_open and d.last_received_at < now() - make_interval(secs => f.gap_s)`;
  return rows.map(({ id }) => id);
}

/** Events serve viewers who come back, kept answers callers who repeat themselves; both for a week. */
export async function deleteOldTraces(): Promise<void> {
  await systemDb().$executeRaw`delete from driving_events where created_at < now() - interval '7 days'`;
  await systemDb().$executeRaw`delete from driving_batches where created_at < now() - interval '7 days'`;
}
