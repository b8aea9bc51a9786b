import { systemDb } from "#lib/db/client";
import type { Prisma } from "#lib/db/generated/client";
import { limitWords, runsMaxOf, type HeldLimit } from "./limit-words.ts";
import { claimRun, type ClaimedRun } from "./store.ts";

export interface Waiting {
  workspaceId: string;
  /** A sentence for the run's page. */
  waitsFor: string;
  /** It was not yet said that it waits for this. */
  isNews: boolean;
}

/**
 * Takes a queued run for this worker, unless as many runs as may be at once hold one of its limits; null when it is not
 * queued any more. Two workers that ask for the same limit are answered one after the other.
 */
export async function claimWithinLimits(runId: string, workerId: string): Promise<ClaimedRun | Waiting | null> {
  const run = await systemDb().run.findUnique({
    where: { id: runId, state: "queued" },
    select: { workspaceId: true, limitKeys: true, step: true },
  });
  // Told of twice: it holds its limit itself by now.
  if (!run) return null;
  if (run.limitKeys.length === 0) return claimRun(runId, workerId);
  const { workspaceId, limitKeys } = run;
  return systemDb().$transaction(async (tx) => {
    for (const key of limitKeys.toSorted()) {
      await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${`${workspaceId} ${key}`}, 0))`;
    }
    const full = (await readHeld(tx, workspaceId, limitKeys)).find(({ key, runsMax, held }) => {
      const most = runsMaxOf({ key, runsMax });
      return most !== null && held >= most;
    });
    if (!full) return claimRun(runId, workerId, tx);
    const waitsFor = limitWords(full);
    await tx.run.updateMany({ where: { id: runId, state: "queued" }, data: { step: waitsFor } });
    return { workspaceId, waitsFor, isNews: waitsFor !== run.step };
  });
}

function readHeld(tx: Prisma.TransactionClient, workspaceId: string, keys: string[]): Promise<HeldLimit[]> {
  return tx.$queryRaw<HeldLimit[]>`
    select k as key, l.runs_max as "runsMax",
      (select count(*)::int from runs r where r.workspace_id = ${workspaceId}::uuid
        and r.state in ('starting', 'running') and r.limit_keys @> array[k]) as held
    from unnest(${keys}::text[]) as k left join run_limits l on l.workspace_id = ${workspaceId}::uuid and l.key = k`;
}
