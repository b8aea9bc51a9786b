import { getAlgorithm, isAlgorithmSlug } from "#lib/algorithms/registry";
import { log } from "#lib/log";
import { publish } from "#lib/live/publish";
import { enqueueJob } from "#lib/jobs/enqueue";
import type { ChildPool } from "./child-pool.ts";
import { claimWithinLimits, type Waiting } from "./limit-store.ts";
import { outlast } from "./outlast.ts";
import { RunReporter } from "./run-reporter.ts";
import { endRun, markRunning, MAX_ATTEMPTS, requeueRun, type ClaimedRun, type Ending, type Lease } from "./store.ts";
import { superviseChild, type ChildEnd } from "./supervise-child.ts";

const AWAY_PAUSE_MS = 3000;
/** How often a run that waits for others of its workspace is looked at. */
const TURN_PAUSE_MS = 2000;

export interface ExecuteTools {
  pool: ChildPool;
  workerId: string;
  /** Aborted when the worker shuts down: the run goes back to the queue. */
  shutdown: AbortSignal;
}

/** Executes one queued run in a child process and leaves it in a final state, or back in the queue. */
export async function executeRun(runId: string, tools: ExecuteTools): Promise<void> {
  const run = await claimWithinLimits(runId, tools.workerId);
  if (!run) return;
  if ("waitsFor" in run) return waitForTurn(runId, run);
  const lease: Lease = { runId, workspaceId: run.workspaceId, attempt: run.attempt, workerId: tools.workerId };
  const reporter = new RunReporter(lease);
  try {
    await publish({ workspaceId: run.workspaceId, topic: "run", id: runId });
    const end = await superviseChild({
      child: tools.pool.take(run.algorithm),
      run,
      lease,
      reporter,
      stopGraceS: (await stopGraceOf(run.algorithm)) ?? 0,
      shutdown: tools.shutdown,
      onAccepted: async () => {
        await markRunning(lease);
        await publish({ workspaceId: run.workspaceId, topic: "run", id: runId });
      },
    });
    await settle(run, lease, end, reporter);
  } finally {
    await reporter.close();
    await publish({ workspaceId: run.workspaceId, topic: "run", id: runId });
  }
}

/** The run stays in the queue and says why; its job comes again by itself. */
async function waitForTurn(runId: string, { workspaceId, isNews }: Waiting): Promise<void> {
  if (isNews) await publish({ workspaceId, topic: "run", id: runId });
  await enqueueRun({ runId, workspaceId }, TURN_PAUSE_MS);
}

/** Unknown after a rollback to a version without it: the child will say so. */
async function stopGraceOf(slug: string): Promise<number | undefined> {
  return isAlgorithmSlug(slug) ? (await getAlgorithm(slug)).stopGraceS : undefined;
}

async function settle(run: ClaimedRun, lease: Lease, end: ChildEnd, reporter: RunReporter): Promise<void> {
  log.info("run.ended", { runId: run.id, algorithm: run.algorithm, attempt: run.attempt, how: end.how });
  if (end.how === "succeeded" || end.how === "lease-lost") return;
  const whyAgain = reasonToTryAgain(end, lease);
  if (whyAgain) {
    reporter.log("warn", `${whyAgain} The run goes back to the queue.`);
    await reporter.flush();
    if (await outlast(() => requeueRun(lease))) await outlast(() => enqueueRun(lease, pauseBefore(end, lease)));
    return;
  }
  if (end.how === "shutdown") return;
  const ending = endingOf(run, end);
  reporter.log(ending.state === "cancelled" ? "warn" : "error", ending.errorDetail ?? ending.state);
  await reporter.flush();
  await outlast(() => reporter.heartbeat());
  if (await outlast(() => endRun(lease, ending))) await outlast(() => enqueueAfterRun(lease));
}

/** Why the run deserves another attempt, or null: nothing it did itself, and attempts are left. */
function reasonToTryAgain(end: ChildEnd, lease: Lease): string | null {
  if (end.how === "shutdown") return "The worker is stopping.";
  if (lease.attempt >= MAX_ATTEMPTS) return null;
  if (end.how === "failed" && end.isTemporary) return `Database or storage were away for a moment (${end.detail}).`;
  // Not by us, or it would have another name: the system was short of memory, or a person did it.
  if (end.how === "crashed" && end.signal === "SIGKILL") return "The computing process was killed from outside.";
  return null;
}

/** What was away a moment ago may still be; a killed process or a stopping worker is no reason to wait. */
function pauseBefore(end: ChildEnd, lease: Lease): number {
  return end.how === "failed" ? AWAY_PAUSE_MS * lease.attempt : 0;
}

/** Two failures that a run may report of itself have states of their own. */
function stateOf(code: string): Ending["state"] {
  return code === "timed_out" || code === "lost" ? code : "failed";
}

type Unfinished = Exclude<ChildEnd, { how: "succeeded" } | { how: "lease-lost" } | { how: "shutdown" }>;

function endingOf(run: ClaimedRun, end: Unfinished): Ending {
  switch (end.how) {
    case "failed":
      return { state: stateOf(end.code), errorCode: end.code, errorDetail: end.detail };
    case "cancelled":
      return { state: "cancelled", errorCode: null, errorDetail: "Cancelled." };
    case "timed-out":
      return { state: "timed_out", errorCode: "timed_out", errorDetail: `Stopped at its limit of ${run.timeoutS} s.` };
    case "out-of-memory":
      return {
        state: "failed",
        errorCode: "out_of_memory",
        errorDetail: `Stopped at its memory limit of ${run.memoryMb} MB. Run it on less data, or raise the limit.`,
      };
    case "crashed":
      return {
        state: "failed",
        errorCode: "crashed",
        errorDetail:
          `The computing process ended unexpectedly (${end.signal ?? `exit code ${end.exitCode}`}). ${end.lastOutput}`.trim(),
      };
  }
}

export async function enqueueRun(lease: Pick<Lease, "runId" | "workspaceId">, inMs = 0): Promise<void> {
  const payload = { workspaceId: lease.workspaceId, runId: lease.runId };
  const runAt = new Date(Date.now() + inMs);
  await enqueueJob(lease, { name: "execute-run", payload, key: `run:${lease.runId}`, ...(inMs > 0 ? { runAt } : {}) });
}

export async function enqueueAfterRun(lease: Pick<Lease, "runId" | "workspaceId">): Promise<void> {
  const payload = { workspaceId: lease.workspaceId, runId: lease.runId };
  await enqueueJob(lease, { name: "after-run", payload, key: `after:${lease.runId}` });
}
