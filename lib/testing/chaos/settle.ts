import { setTimeout as delay } from "node:timers/promises";
import { systemDb } from "#lib/db/client";

const POLL_MS = 250;

interface Unsettled {
  uploads: number;
  runs: number;
  jobs: number;
}

/** Waits until nothing of the workspace waits or runs any more; null then, else what is still open after `timeoutMs`. */
export async function waitUntilSettled(workspaceId: string, timeoutMs: number): Promise<string | null> {
  const endsAt = performance.now() + timeoutMs;
  let open: Unsettled | null = null;
  while (performance.now() < endsAt) {
    open = await countOpen(workspaceId).catch(() => null);
    if (open && open.uploads + open.runs + open.jobs === 0) return null;
    await delay(POLL_MS);
  }
  if (!open) return "the database does not answer";
  return `after ${timeoutMs / 1000} s still open: ${open.uploads} uploads, ${open.runs} runs, ${open.jobs} jobs`;
}

async function countOpen(workspaceId: string): Promise<Unsettled> {
  const [row] = await systemDb().$queryRaw<Unsettled[]>`
    select (select count(*)::int from uploads where workspace_id = ${workspaceId}::uuid and state = 'stored') as uploads,
      (select count(*)::int from runs where workspace_id = ${workspaceId}::uuid
        and state in ('queued', 'starting', 'running')) as runs,
      (select count(*)::int from graphile_worker._private_jobs
        where payload ->> 'workspaceId' = ${workspaceId} and attempts < max_attempts) as jobs`;
  return row ?? { uploads: 1, runs: 1, jobs: 1 };
}

/** What stands in the way, for a round that does not settle. */
export async function describeOpen(workspaceId: string): Promise<string> {
  const rows = await systemDb().$queryRaw<{ line: string }[]>`
    select concat_ws(' ', 'run', algorithm, title, state, attempt, lease_expires_at - now()) as line
      from runs where workspace_id = ${workspaceId}::uuid and state in ('queued', 'starting', 'running')
    union all select concat_ws(' ', 'upload', file_name, state) from uploads
      where workspace_id = ${workspaceId}::uuid and state = 'stored'
    union all select concat_ws(' ', 'job', t.identifier, 'attempt', attempts, 'of', max_attempts, 'in', run_at - now(),
      'locked by', locked_by, locked_at - now(), last_error)
      from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
      where payload ->> 'workspaceId' = ${workspaceId}`;
  return rows.map((row) => row.line).join("\n");
}
