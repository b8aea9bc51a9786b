import type { PoolClient } from "pg";
import type { Ctx } from "#lib/auth/context";
import { inWorkspace, systemDb } from "#lib/db/client";
import { AppError } from "#lib/errors";
import { LIVE_CHANNEL } from "#lib/live/channel";

export interface StoredRun {
  algorithm: string;
  params: unknown;
  inputs: unknown;
  seed: string;
}

/** The first statement pays for the connection and for loading the client. */
export async function openConnection(): Promise<void> {
  await systemDb().$queryRaw`select 1`;
}

export async function readRunForExecution(ctx: Ctx, runId: string): Promise<StoredRun> {
  const run = await inWorkspace(ctx, (tx) =>
    tx.run.findFirst({
      where: { id: runId, workspaceId: ctx.workspaceId },
      select: { algorithm: true, params: true, inputs: true, seed: true },
    }),
  );
  if (!run) throw new AppError("not_found", "The run is gone.");
  return run;
}

interface Finished {
  runId: string;
  workspaceId: string;
  attempt: number;
  result: unknown;
}

/**
 * Ends the run as succeeded inside its own transaction. If the attempt was taken away meanwhile, this throws and
 * everything the run wrote is rolled back: no result twice, no half result.
 */
export async function commitRun(client: PoolClient, { runId, workspaceId, attempt, result }: Finished): Promise<void> {
  // The kernel's own figure: a short run may end between two looks of the worker.
  const peakBytes = process.resourceUsage().maxRSS * 1024;
  // now() would be the beginning of this transaction, which is the beginning of the run.
  const done = await client.query(
    `update runs set state = 'succeeded', result = $3, progress_fraction = 1, step = '', finished_at = clock_timestamp(),
       lease_expires_at = null, error_code = null, error_detail = null,
       peak_memory_bytes = greatest(coalesce(peak_memory_bytes, 0), $4)
     where id = $1 and attempt = $2 and state in ('starting', 'running') and cancel_requested_at is null`,
    [runId, attempt, JSON.stringify(result), peakBytes],
  );
  if (done.rowCount !== 1)
    throw new AppError("conflict", "The run was cancelled or taken over; its work is discarded.");
  const payload = JSON.stringify({ workspaceId, runId });
  await client.query("select enqueue_job('after-run', $1::json, $2, now(), 5, null)", [payload, `after:${runId}`]);
  await client.query("select pg_notify($1, $2)", [
    LIVE_CHANNEL,
    JSON.stringify({ workspaceId, topic: "run", id: runId }),
  ]);
}
