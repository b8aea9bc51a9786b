import { readdir, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { setTimeout as delay } from "node:timers/promises";
import type { ChildProcess } from "node:child_process";
import type { Ctx } from "#lib/auth/context";
import { closeDb } from "#lib/db/client";
import { closePool } from "#lib/db/pool";
import { messageOf } from "#lib/errors";
import { closeLive } from "#lib/live/subscribe";
import { headObject } from "#lib/objects/store";
import { ChildPool } from "#lib/runs/execute/child-pool";
import { executeRun } from "#lib/runs/execute/execute-run";
import { isLive, type RunDetail } from "#lib/runs/schema";
import { cancelRun } from "#lib/runs/service/cancel-run";
import { getRun } from "#lib/runs/service/get-run";
import { listRunLog } from "#lib/runs/store";
import { createTestWorkspace } from "#lib/testing/runs";
import { findAppExecution } from "../../app-view-store.ts";
import { settleRun } from "../../service/settle-run.ts";
import { startApp } from "../../service/start-app.ts";
import { requireFile } from "../../store.ts";
import { makeTestApp, storedUpload } from "../apps.ts";
import { zipOf } from "../zips.ts";
import type { Scenario } from "./scenarios.ts";

/** After a run's own limit, until its end must be known. */
const MARGIN_S = 30;
const ATTEMPTS_MAX = 3;

/** Remembers the process of each run, so that exactly that one can be killed. */
class WatchedPool extends ChildPool {
  last: ChildProcess | null = null;

  override take(): ChildProcess {
    this.last = super.take();
    return this.last;
  }
}

interface Suite {
  rounds: number;
  scenarios: readonly Scenario[];
  say: (line: string) => void;
}

/** Runs scenarios one after the other; after each there is one final state, one log, and nothing left of it. */
export async function runRunnerSuite({ rounds, scenarios, say }: Suite): Promise<{ passed: number; failed: number }> {
  const pool = new WatchedPool();
  let [passed, failed] = [0, 0];
  try {
    for (let round = 0; round < rounds; round++) {
      const scenario = scenarios[round % scenarios.length];
      if (!scenario) break;
      const startedMs = performance.now();
      const complaints = await playOnce(scenario, pool).catch((error: unknown) => [messageOf(error)]);
      const seconds = ((performance.now() - startedMs) / 1000).toFixed(1);
      if (complaints.length === 0) passed += 1;
      else failed += 1;
      say(
        `${complaints.length === 0 ? "ok" : "FAILED"} ${round + 1} ${scenario.name} (${seconds} s) ${complaints.join("; ")}`.trim(),
      );
    }
  } finally {
    pool.close();
    await closeLive();
    await closeDb();
    await closePool();
  }
  return { passed, failed };
}

async function playOnce(scenario: Scenario, pool: WatchedPool): Promise<string[]> {
  const ctx = await createTestWorkspace();
  const environment = scenario.fault ? { FAULT: scenario.fault } : {};
  const manifest = { timeout: "30s", environment, ...scenario.manifest };
  const app = await makeTestApp(ctx, {
    source: scenario.source ?? "",
    manifest,
    files: { "requirements.txt": "./none.whl\n" },
  });
  const { uploadId } = await storedUpload(ctx, await zipOf({ "a.csv": "1,2\n" }), "job.zip");
  const { id } = await startApp(ctx, app.id, { uploadId, params: {}, recompute: false });
  // At least once: telling of the same input again must not start another.
  const again = await startApp(ctx, app.id, { uploadId, params: {}, recompute: false });
  const startedMs = performance.now();
  const pids = await drive(ctx, { runId: id, scenario, pool });
  await settleRun(ctx.workspaceId, id);
  const tookS = (performance.now() - startedMs) / 1000;
  const run = await getRun(ctx, id);
  return [
    ...(again.id === id ? [] : ["the same input started two runs"]),
    ...judgeState(run, scenario),
    ...(tookS <= run.timeoutS * ATTEMPTS_MAX + MARGIN_S ? [] : [`took ${tookS.toFixed(0)} s`]),
    ...(await judgeLog(ctx, run)),
    ...(await leftOvers(pids)),
  ];
}

/** Executes the run as workers would, as often as it comes back to the queue; answers the processes it had. */
async function drive(ctx: Ctx, of: { runId: string; scenario: Scenario; pool: WatchedPool }): Promise<number[]> {
  const { runId, scenario, pool } = of;
  const pids: number[] = [];
  if (scenario.disturb === "cancel-queued") await cancelRun(ctx, runId);
  for (let attempt = 1; attempt <= ATTEMPTS_MAX && isLive((await getRun(ctx, runId)).state); attempt++) {
    const running = executeRun(runId, { pool, workerId: "chaos", shutdown: new AbortController().signal });
    if (attempt === 1 && scenario.disturb) await disturb(ctx, of);
    await running;
    if (pool.last?.pid !== undefined) pids.push(pool.last.pid);
  }
  return pids;
}

async function disturb(ctx: Ctx, { runId, scenario, pool }: { runId: string; scenario: Scenario; pool: WatchedPool }) {
  for (let tries = 0; tries < 400; tries++) {
    const lines = await listRunLog(ctx, runId, { after: 0, limit: 200 });
    if (lines.some(({ text }) => text === "up")) break;
    if (!isLive((await getRun(ctx, runId)).state)) return;
    await delay(50);
  }
  const pid = pool.last?.pid;
  if (scenario.disturb === "cancel") await cancelRun(ctx, runId);
  if (scenario.disturb === "kill-computing-process" && pid !== undefined) process.kill(pid, "SIGKILL");
  if (scenario.disturb === "kill-sandbox" && pid !== undefined) {
    for (const sandbox of await childrenOf(pid)) process.kill(sandbox, "SIGKILL");
  }
}

function judgeState(run: RunDetail, { expected }: Scenario): string[] {
  const { state, errorCode } = run;
  if (state !== expected.state) return [`ended as ${state} (${errorCode}: ${run.errorDetail}), not ${expected.state}`];
  const isRight = expected.errorCode === undefined || errorCode === expected.errorCode;
  return isRight ? [] : [`failed of ${errorCode}, not of ${expected.errorCode}`];
}

async function judgeLog(ctx: Ctx, run: RunDetail): Promise<string[]> {
  const execution = await findAppExecution(ctx, run.id);
  if (!execution?.settledAt || !execution.machineLogId) return ["has no log"];
  const { objectKey } = await requireFile(ctx, { artifactId: execution.machineLogId });
  const head = await headObject(objectKey);
  const hasOutput = execution.outputId !== null;
  return [
    ...(head && head.sizeBytes > 0 ? [] : ["its log is no object"]),
    ...(hasOutput === (run.state === "succeeded") ? [] : ["output and state contradict each other"]),
  ];
}

/** Processes and folders of these computing processes that are still there. */
async function leftOvers(pids: readonly number[]): Promise<string[]> {
  // A process killed from outside leaves its folder to the tidying of workers; its processes are the kernel's to end.
  await delay(200);
  const found: string[] = [];
  for (const pid of pids) for (const child of await childrenOf(pid)) found.push(`process ${child} is left`);
  const folders = (await readdir(tmpdir())).filter((name) => pids.some((pid) => name.includes(`-${pid}-`)));
  const isKilled = pids.length > 1;
  if (!isKilled) found.push(...folders.map((name) => `folder ${name} is left`));
  return found;
}

async function childrenOf(parent: number): Promise<number[]> {
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name)).map(Number);
  const parents = await Promise.all(pids.map(parentOf));
  return pids.filter((_, index) => parents[index] === parent);
}

async function parentOf(pid: number): Promise<number | null> {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "");
  return Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1] ?? "NaN");
}
