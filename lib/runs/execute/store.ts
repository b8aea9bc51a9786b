import { z } from "zod";
import { systemDb } from "#lib/db/client";
import { Prisma } from "#lib/db/generated/client";
import type { RunState } from "../schema.ts";
import type { MemorySeries } from "./memory-series.ts";

/** A worker that has not renewed its lease for this long has lost the run. */
export const LEASE_S = 15;
export const HEARTBEAT_MS = 3_000;
export const MAX_ATTEMPTS = 3;

export interface ClaimedRun {
  id: string;
  workspaceId: string;
  algorithm: string;
  attempt: number;
  timeoutS: number;
  memoryMb: number;
}

export interface Lease {
  runId: string;
  workspaceId: string;
  attempt: number;
  workerId: string;
}

/** Takes a queued run for this worker; null when it is not queued any more. */
export async function claimRun(
  runId: string,
  workerId: string,
  db: Prisma.TransactionClient = systemDb(),
): Promise<ClaimedRun | null> {
  const rows = await db.$queryRaw<ClaimedRun[]>`
    update runs set state = 'starting', worker_id = ${workerId}, attempt = attempt + 1, started_at = now(),
      progress_fraction = 0, step = '', lease_expires_at = now() + make_interval(secs => ${LEASE_S})
    where id = ${runId}::uuid and state = 'queued'
    returning id, workspace_id as "workspaceId", algorithm, attempt, timeout_s as "timeoutS", memory_mb as "memoryMb"`;
  return rows[0] ?? null;
}

export async function markRunning(lease: Lease): Promise<boolean> {
  const changed = await systemDb().$executeRaw`
    update runs set state = 'running' where id = ${lease.runId}::uuid and attempt = ${lease.attempt} and state = 'starting'`;
  return changed === 1;
}

export interface Heartbeat {
  progressFraction: number;
  step: string;
  peakMemoryBytes: number;
  memory: MemorySeries;
}

/** Renews the lease and stores progress; answers whether the run is still ours and whether to cancel it. */
export async function renewLease(
  lease: Lease,
  beat: Heartbeat,
): Promise<{ isOurs: boolean; isCancelRequested: boolean }> {
  const rows = await systemDb().$queryRaw<{ cancel: boolean }[]>`
    update runs set lease_expires_at = now() + make_interval(secs => ${LEASE_S}),
      progress_fraction = ${beat.progressFraction}, step = ${beat.step}, peak_memory_bytes = ${BigInt(Math.round(beat.peakMemoryBytes))},
      memory_series = ${JSON.stringify(beat.memory)}::jsonb
    where id = ${lease.runId}::uuid and attempt = ${lease.attempt} and worker_id = ${lease.workerId} and state in ('starting', 'running')
    returning cancel_requested_at is not null as cancel`;
  return { isOurs: rows.length === 1, isCancelRequested: rows[0]?.cancel ?? false };
}

export interface Ending {
  state: Extract<RunState, "failed" | "timed_out" | "cancelled" | "lost">;
  errorCode: string | null;
  errorDetail: string | null;
}

/** Ends a run that did not end itself. Only the holder of this attempt can; a finished run stays as it is. */
export async function endRun(lease: Pick<Lease, "runId" | "attempt">, ending: Ending): Promise<boolean> {
  const changed = await systemDb().$executeRaw`
    update runs set state = ${ending.state}, error_code = ${ending.errorCode}, error_detail = ${ending.errorDetail},
      finished_at = now(), lease_expires_at = null
    where id = ${lease.runId}::uuid and attempt = ${lease.attempt} and state in ('starting', 'running')`;
  return changed === 1;
}

/** Puts a run back into the queue, for another attempt. */
export async function requeueRun(lease: Pick<Lease, "runId" | "attempt">): Promise<boolean> {
  const changed = await systemDb().$executeRaw`
    update runs set state = 'queued', worker_id = null, lease_expires_at = null, progress_fraction = 0, step = ''
    where id = ${lease.runId}::uuid and attempt = ${lease.attempt} and state in ('starting', 'running')`;
  return changed === 1;
}

export async function findExpiredLeases(): Promise<(Lease & { isCancelRequested: boolean })[]> {
  return systemDb().$queryRaw(Prisma.sql`
    select id as "runId", workspace_id as "workspaceId", attempt, coalesce(worker_id, '') as "workerId",
      cancel_requested_at is not null as "isCancelRequested"
    from runs where state in ('starting', 'running') and lease_expires_at < now() limit 500`);
}

/** Of these runs, the ones that are not live any more: their machines are orphans, as are those of what is no run. */
export async function filterEndedRuns(runIds: readonly string[]): Promise<Set<string>> {
  // A tag that somebody has changed must not keep the machines of others alive.
  const named = runIds.filter((id) => z.uuid().safeParse(id).success);
  if (named.length === 0) return new Set(runIds);
  const live = await systemDb().run.findMany({
    where: { id: { in: named }, state: { in: ["queued", "starting", "running"] } },
    select: { id: true },
  });
  const isLive = new Set(live.map(({ id }) => id));
  return new Set(runIds.filter((id) => !isLive.has(id)));
}

/** Queued runs whose job is gone (a queue restored from a backup, a job removed by hand). */
export async function findQueuedRuns(olderThanS: number): Promise<{ runId: string; workspaceId: string }[]> {
  return systemDb().$queryRaw(Prisma.sql`
    select id as "runId", workspace_id as "workspaceId" from runs
    where state = 'queued' and queued_at < now() - make_interval(secs => ${olderThanS}) limit 500`);
}

export interface LogEntry {
  at: Date;
  level: "info" | "warn" | "error";
  text: string;
}

export async function appendRunLog(lease: Lease, entries: readonly LogEntry[]): Promise<void> {
  // Three arrays, however many lines: a flood of them would be as many thousand parameters, and their memory.
  const columns = [
    entries.map(({ at }) => at),
    entries.map(({ level }) => level as string),
    entries.map(({ text }) => text),
  ] as const;
  await systemDb().$executeRaw`
    insert into run_logs (run_id, workspace_id, attempt, at, level, text)
    select ${lease.runId}::uuid, ${lease.workspaceId}::uuid, ${lease.attempt}, line.* from
      unnest(${columns[0]}::timestamptz[], ${columns[1]}::text[], ${columns[2]}::text[]) as line`;
}

export async function recordStep(
  lease: Lease,
  step: { ordinal: number; name: string; startedAt: Date },
): Promise<void> {
  const key = { runId: lease.runId, attempt: lease.attempt };
  await systemDb().runStep.updateMany({ where: { ...key, finishedAt: null }, data: { finishedAt: step.startedAt } });
  await systemDb().runStep.createMany({
    data: [{ ...key, workspaceId: lease.workspaceId, ...step }],
    skipDuplicates: true,
  });
}

export async function closeSteps(lease: Lease, finishedAt: Date): Promise<void> {
  await systemDb().runStep.updateMany({
    where: { runId: lease.runId, attempt: lease.attempt, finishedAt: null },
    data: { finishedAt },
  });
}
