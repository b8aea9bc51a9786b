import { randomBytes } from "node:crypto";
import { EventEmitter } from "node:events";
import { hostname } from "node:os";
import {
  Logger,
  makeWorkerUtils,
  parseCronItems,
  run,
  type Task,
  type TaskList,
  type WorkerEvents,
} from "graphile-worker";
import { closeDb } from "#lib/db/client";
import { closePool } from "#lib/db/pool";
import { env } from "#lib/env";
import { messageOf } from "#lib/errors";
import type { Job } from "#lib/jobs/define";
import { loadJobs } from "#lib/jobs/registry";
import { closeLive } from "#lib/live/subscribe";
import { log } from "#lib/log";
import { childPool } from "#lib/runs/execute/child-pool";
import { recoverRuns } from "#lib/runs/execute/recover-runs";
import { keepWorkerAlive, removeWorker, tidyScratch, unlockDeadWorkers } from "./heartbeat.ts";
import { QueuePool } from "./queue-pool.ts";

const HEARTBEAT_MS = 5_000;
const RECOVER_MS = 5_000;
/** Connections beside those of the jobs: listening, cron, adding, recovering. */
const SPARE_CONNECTIONS = 4;

export interface RunningWorker {
  workerId: string;
  stop: () => Promise<void>;
}

/** Starts taking jobs; any number of workers, on any number of machines, share the queue. */
export async function startWorker(): Promise<RunningWorker> {
  const workerId = `${hostname()}-${process.pid}-${randomBytes(3).toString("hex")}`;
  const shutdown = new AbortController();
  const jobs = await loadJobs();
  const concurrency = env().FIELDPORT_WORKER_CONCURRENCY + 2;
  const queuePool = new QueuePool(concurrency + SPARE_CONNECTIONS);
  const utils = await makeWorkerUtils({ pgPool: queuePool, logger: quietLogger() });
  await utils.migrate();

  const queueIds: string[] = [];
  const events: WorkerEvents = new EventEmitter();
  // Jobs are locked under this name. It must be known before the first one is: events of `run` come too late.
  events.on("pool:create", ({ workerPool }) => void queueIds.push(workerPool.id));
  const beat = () => keepWorkerAlive({ id: workerId, host: hostname(), pid: process.pid, queueIds });
  childPool.warm();

  const runner = await run({
    pgPool: queuePool,
    events,
    concurrency,
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
  await beat();
  void runner.promise.then(requireStopping, requireStopping);
  function requireStopping(reason: unknown): void {
    // Alive without taking jobs would be worse than dead: unhandled, this ends the process, and another starts.
    if (!shutdown.signal.aborted) throw new Error("The worker lost its queue.", { cause: reason });
  }

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
      queuePool.giveUpWaiting();
      childPool.close();
      await runner.stop().catch((error: unknown) => log.warn("worker.stop", { error: messageOf(error) }));
      await quietly("worker.leave_failed", () => removeWorker(workerId));
      await utils.release();
      await queuePool.end();
      await closeLive();
      await closeDb();
      await closePool();
    },
  };
}

async function recover(utils: { forceUnlockWorkers: (ids: string[]) => Promise<void> }): Promise<void> {
  await unlockDeadWorkers((ids) => utils.forceUnlockWorkers(ids));
  await recoverRuns();
  await tidyScratch();
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
