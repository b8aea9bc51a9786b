import { systemDb } from "#lib/db/client";
import type { ReaperReport } from "./report-store.ts";

export async function readQueueFigures(): Promise<{
  waiting: number;
  running: number;
  failed: number;
  oldestWaitingS: number | null;
}> {
  const [row] = await systemDb().$queryRaw<
    { waiting: number; running: number; failed: number; oldestWaitingS: number | null }[]
  >`
    select count(*) filter (where locked_at is null and attempts < max_attempts and run_at <= now())::int as waiting,
      count(*) filter (where locked_at is not null)::int as running,
      count(*) filter (where attempts >= max_attempts and locked_at is null)::int as failed,
      extract(epoch from now() - min(run_at) filter (where locked_at is null and attempts < max_attempts and run_at <= now()))::float8
        as "oldestWaitingS"
    from graphile_worker.jobs`;
  return row ?? { waiting: 0, running: 0, failed: 0, oldestWaitingS: null };
}

export interface DatabaseFigures {
  version: string;
  sizeBytes: number;
  connections: number;
  artifactBytes: number;
  artifactCount: number;
  queued: number;
  running: number;
  failedLastDay: number;
  lostLastDay: number;
}

export async function readDatabaseFigures(): Promise<DatabaseFigures> {
  const rows = await systemDb().$queryRaw<DatabaseFigures[]>`
    select current_setting('server_version') as version, pg_database_size(current_database())::float8 as "sizeBytes",
      (select count(*)::int from pg_stat_activity where datname = current_database()) as connections,
      (select coalesce(sum(size_bytes), 0)::float8 from artifacts) as "artifactBytes",
      (select count(*)::int from artifacts) as "artifactCount",
      (select count(*)::int from runs where state = 'queued') as queued,
      (select count(*)::int from runs where state in ('starting', 'running')) as running,
      (select count(*)::int from runs where state in ('failed', 'timed_out') and finished_at > now() - interval '1 day') as "failedLastDay",
      (select count(*)::int from runs where state = 'lost' and finished_at > now() - interval '1 day') as "lostLastDay"`;
  const [figures] = rows;
  if (!figures) throw new Error("the database returned no figures");
  return figures;
}

export interface RunnerReport extends ReaperReport {
  orphansTotal: number;
  at: Date;
}

/** One worker of all reaps each minute, so that with several hosts each is looked at now and then. */
const REPORT_VALID_S = 3600;

export function readRunnerReports(): Promise<RunnerReport[]> {
  return systemDb().$queryRaw<RunnerReport[]>`
    select host, executor, is_available as "isAvailable", reason, machines, orphans,
      orphans_total::int as "orphansTotal", at
    from runner_reports where at > now() - make_interval(secs => ${REPORT_VALID_S}::float8) order by host`;
}
