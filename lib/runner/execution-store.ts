import type { Ctx } from "#lib/auth/context";
import { inWorkspace, systemDb } from "#lib/db/client";
import { newId } from "#lib/ids";

export interface ExecutionStart {
  runId: string;
  revisionId: string;
  executor: string;
}

/** Notes that an attempt begins; what the one before had found out is no longer true. */
export async function beginExecution(ctx: Ctx, { runId, revisionId, executor }: ExecutionStart): Promise<void> {
  // A machine whose worker was killed is paid for until somebody notices: now.
  await endMachineTime(ctx, runId);
  await inWorkspace(
    ctx,
    (tx) => tx.$executeRaw`
      insert into app_executions (run_id, workspace_id, revision_id, attempt, executor)
      select id, workspace_id, ${revisionId}::uuid, attempt, ${executor} from runs where id = ${runId}::uuid
      on conflict (run_id) do update set attempt = excluded.attempt, executor = excluded.executor, machine = null,
        failed_step = null, exit_code = null, duration_s = null, cpu_s = null, peak_memory_bytes = null, peak_disk_bytes = null,
        machine_log_id = null, app_log_id = null, output_id = null, partial_id = null, is_log_truncated = false, settled_at = null`,
  );
}

/** From now on a machine is paid for; null: nobody has said how much. */
export async function beginMachineTime(ctx: Ctx, runId: string, usdPerHour: number | null): Promise<void> {
  await inWorkspace(
    ctx,
    (tx) => tx.$executeRaw`
      update app_executions set machine_started_at = clock_timestamp(), usd_per_hour = ${usdPerHour}::float8
      where run_id = ${runId}::uuid`,
  );
}

/** Adds what the machine has cost until now; without one nothing changes. */
export async function endMachineTime(ctx: Ctx, runId: string): Promise<void> {
  await inWorkspace(
    ctx,
    (tx) => tx.$executeRaw`
      update app_executions e set machine_s = machine_s + m.s, machine_started_at = null,
        cost_usd = case when usd_per_hour is null then cost_usd else coalesce(cost_usd, 0) + m.s * usd_per_hour / 3600 end
      from (select run_id, extract(epoch from clock_timestamp() - machine_started_at)::float8 as s from app_executions
        where run_id = ${runId}::uuid and machine_started_at is not null) m
      where e.run_id = m.run_id`,
  );
}

export interface ExecutionChange {
  machine?: string | null;
  failedStep?: string | null;
  exitCode?: number | null;
  durationS?: number;
  cpuS?: number | null;
  peakMemoryBytes?: number | null;
  peakDiskBytes?: number | null;
  machineLogId?: string;
  appLogId?: string;
  outputId?: string;
  partialId?: string;
  isLogTruncated?: boolean;
  settledAt?: Date;
}

export async function updateExecution(ctx: Ctx, runId: string, change: ExecutionChange): Promise<void> {
  const { peakMemoryBytes, peakDiskBytes, ...rest } = change;
  const peaks = {
    ...(peakMemoryBytes === undefined ? {} : { peakMemoryBytes: toBigInt(peakMemoryBytes) }),
    ...(peakDiskBytes === undefined ? {} : { peakDiskBytes: toBigInt(peakDiskBytes) }),
  };
  const where = { runId, workspaceId: ctx.workspaceId };
  await inWorkspace(ctx, (tx) => tx.appExecution.updateMany({ where, data: { ...rest, ...peaks } }));
}

const toBigInt = (value: number | null) => (value === null ? null : BigInt(Math.round(value)));

export interface StoredFile {
  runId: string;
  sha256: string;
  sizeBytes: number;
  objectKey: string;
  mediaType: string;
  fileName: string;
}

/** Names bytes that are stored already and links them to the run, outside of the run's own transaction: logs stay. */
export async function linkRunFile(ctx: Ctx, { runId, ...file }: StoredFile): Promise<string> {
  const { workspaceId } = ctx;
  return inWorkspace(ctx, async (tx) => {
    const data = { ...file, id: newId(), workspaceId, sizeBytes: BigInt(file.sizeBytes) };
    await tx.artifact.createMany({ data: [data], skipDuplicates: true });
    const { id: artifactId } = await tx.artifact.findUniqueOrThrow({
      where: { workspaceId_sha256: { workspaceId, sha256: file.sha256 } },
      select: { id: true },
    });
    // A later attempt's file takes the place of an earlier one's.
    const key = { runId, direction: "output", name: file.fileName };
    await tx.runArtifact.upsert({
      where: { runId_direction_name: key },
      create: { ...key, artifactId, workspaceId },
      update: { artifactId },
    });
    return artifactId;
  });
}

/** The output that the run's own transaction stored, noted beside its logs. */
export async function linkOutput(ctx: Ctx, runId: string): Promise<void> {
  await inWorkspace(
    ctx,
    (tx) => tx.$executeRaw`
      update app_executions e set output_id = a.artifact_id from run_artifacts a
      where e.run_id = ${runId}::uuid and a.run_id = e.run_id and a.direction = 'output' and a.name = 'output.zip'`,
  );
}

/** Runs of apps that have ended and whose log and files nobody has put in order. */
export function listUnsettledRuns(endedBeforeS: number): Promise<{ runId: string; workspaceId: string }[]> {
  return systemDb().$queryRaw`
    select r.id as "runId", r.workspace_id as "workspaceId"
    from runs r left join app_executions e on e.run_id = r.id
    where r.algorithm = 'run-app' and r.state in ('succeeded', 'failed', 'timed_out', 'cancelled', 'lost')
      and r.finished_at < now() - make_interval(secs => ${endedBeforeS}::float8) and e.settled_at is null
    order by r.finished_at limit 200`;
}
