import { systemDb } from "#lib/db/client";

export interface WorkerRow {
  id: string;
  host: string;
  pid: number;
  queueIds: string[];
}

export async function upsertWorker(worker: WorkerRow): Promise<void> {
  const { id, ...rest } = worker;
  await systemDb().$executeRaw`
    insert into workers (id, host, pid, version, queue_ids, started_at, last_seen_at)
    values (${id}, ${rest.host}, ${rest.pid}, '1', ${rest.queueIds}, now(), now())
    on conflict (id) do update set last_seen_at = now(), queue_ids = excluded.queue_ids`;
}

export async function deleteWorker(id: string): Promise<void> {
  await systemDb().worker.deleteMany({ where: { id } });
}

export interface SeenWorker extends WorkerRow {
  /** Seconds since its last sign of life. */
  silentS: number;
}

export function findSilentWorkers(silentForS: number): Promise<SeenWorker[]> {
  return systemDb().$queryRaw`
    select id, host, pid, queue_ids as "queueIds", extract(epoch from now() - last_seen_at)::float8 as "silentS" from workers
    where last_seen_at < now() - make_interval(secs => ${silentForS})`;
}

/** Names under which jobs have been locked for a while that no known worker goes by. */
export async function findOwnerlessLocks(lockedForS: number): Promise<string[]> {
  const rows = await systemDb().$queryRaw<{ lockedBy: string }[]>`
    select distinct locked_by as "lockedBy" from graphile_worker.jobs
    where locked_at < now() - make_interval(secs => ${lockedForS})
      and not exists (select from workers where jobs.locked_by = any(queue_ids))`;
  return rows.map((row) => row.lockedBy);
}

export function listLiveWorkers(): Promise<(WorkerRow & { startedAt: Date; lastSeenAt: Date })[]> {
  return systemDb().$queryRaw`
    select id, host, pid, queue_ids as "queueIds", started_at as "startedAt", last_seen_at as "lastSeenAt"
    from workers where last_seen_at > now() - interval '20 seconds' order by started_at`;
}

export async function deleteExpiredRows(): Promise<void> {
  const db = systemDb();
  await db.$executeRaw`delete from idempotency_keys where created_at < now() - interval '2 days'`;
  await db.$executeRaw`delete from user_sessions where expires_at < now() - interval '30 days'`;
  await db.$executeRaw`delete from password_resets where expires_at < now() - interval '7 days'`;
  await db.$executeRaw`delete from sign_in_throttles where window_start < now() - interval '2 days'
    and (blocked_until is null or blocked_until < now())`;
}
