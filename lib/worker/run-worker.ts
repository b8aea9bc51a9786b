import { randomBytes } from "node:crypto";
import { hostname } from "node:os";
import { Logger, makeWorkerUtils, parseCronItems, run, type Task, type TaskList } from "graphile-worker";
import { closeDb } from "#lib/db/client";
import { closePool, pool } from "#lib/db/pool";
import { env } from "#lib/env";
import { messageOf } from "#lib/errors";
import type { Job } from "#lib/jobs/define";
import { loadJobs } from "#lib/jobs/registry";
import { closeLive } from "#lib/live/subscribe";
import { log } from "#lib/log";
import { childPool } from "#lib/runs/execute/child-pool";
import { recoverRuns } from "#lib/runs/execute/recover-runs";
import { keepWorkerAlive, removeWorker, unlockDeadWorkers } from "./heartbeat.ts";

const HEARTBEAT_MS = 5_000;
const RECOVER_MS = 5_000;

export interface RunningWorker {
  workerId: string;
  stop: () => Promise<void>;
}

/** Starts taking jobs; any number of workers, on any number of machines, share the queue. */
export async function startWorker(): Promise<RunningWorker> {
  const workerId = `${hostname()}-${process.pid}-${randomBytes(3).toString("hex")}`;
  const shutdown = new AbortController();
  const jobs = await loadJobs();
  const utils = await makeWorkerUtils({ pgPool: pool(), logger: quietLogger() });
  await utils.migrate();

  const queueIds: string[] = [];
  const beat = () => keepWorkerAlive({ id: workerId, host: hostname(), pid: process.pid, queueIds });
  await beat();
  childPool.warm();

  const runner = await run({
    pgPool: pool(),
    concurrency: env().FIELDPORT_WORKER_CONCURRENCY + 2,
    noHandleSignals: true,
    pollInterval: 2000,
    logger: quietLogger(),
    taskList: Object.fromEntries(
      jobs.map((job) => [job.name, taskOf(job, workerId, shutdown.signal)]),
    ) satisfies TaskList,
    parsedCronItems: parseCronItems(
      jobs.flatMap((job) =>
        job.cron ? [{ task: job.name, match: job.cron, options: { jobKey: `cron:${job.name}` } }] : [],
      ),
    ),
  });
  runner.events.on("worker:create", ({ worker }) => void queueIds.push(worker.workerId));

  const timers = [
    setInterval(() => void quietly("worker.heartbeat_failed", beat), HEARTBEAT_MS),
    // Every worker looks after the others, so that the last one standing picks everything up.
    setInterval(() => void quietly("worker.recovery_failed", () => recover(utils)), RECOVER_MS),
  ];
  await quietly("worker.recovery_failed", () => recover(utils));
  log.info("worker.started", { workerId, concurrency: env().FIELDPORT_WORKER_CONCURRENCY });

  return {
    workerId,
    stop: async () => {
      timers.forEach(clearInterval);
      shutdown.abort();
      childPool.close();
      await runner.stop().catch((error: unknown) => log.warn("worker.stop", { error: messageOf(error) }));
      await quietly("worker.leave_failed", () => removeWorker(workerId));
      await utils.release();
      await closeLive();
      await closeDb();
      await closePool();
    },
  };
}

async function recover(utils: { forceUnlockWorkers: (ids: string[]) => Promise<void> }): Promise<void> {
  await unlockDeadWorkers((ids) => utils.forceUnlockWorkers(ids));
  await recoverRuns();
}

function taskOf(job: Job, workerId: string, shutdown: AbortSignal): Task {
  return async (payload, helpers) => {
    // Cron adds its own member to the payload; the job's schema decides what counts.
    const parsed = job.payload.safeParse(payload ?? {});
    if (!parsed.success) {
      log.error("job.bad_payload", { job: job.name, issues: parsed.error.issues.slice(0, 3) });
      return;
    }
    const signal = AbortSignal.any([shutdown, AbortSignal.timeout(job.timeoutS * 1000)]);
    try {
      await job.run(parsed.data, { signal, attempt: helpers.job.attempts, workerId });
    } catch (error) {
      log.error("job.failed", { job: job.name, attempt: helpers.job.attempts, error });
      throw error;
    }
  };
}

async function quietly(event: string, work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    log.warn(event, { error: messageOf(error) });
  }
}

function quietLogger(): Logger {
  return new Logger(() => (level, message) => {
    if (level === "error" || level === "warning") log.warn("queue", { message });
  });
}
