import { randomUUID } from "node:crypto";
import { readdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { setTimeout as delay } from "node:timers/promises";
import type { ChildProcess } from "node:child_process";
import type { Ctx } from "#lib/auth/context";
import { systemDb } from "#lib/db/client";
import { ChildPool } from "#lib/runs/execute/child-pool";
import { executeRun } from "#lib/runs/execute/execute-run";
import { removeAbandonedScratch } from "#lib/runs/execute/scratch-dir";
import { isLive } from "#lib/runs/schema";
import { cancelRun } from "#lib/runs/service/cancel-run";
import { getRun } from "#lib/runs/service/get-run";
import { listRunLog } from "#lib/runs/store";
import { createTestWorkspace } from "#lib/testing/runs";
import { createAppInput } from "../../schema.ts";
import { createApp } from "../../service/create-app.ts";
import { settleRun } from "../../service/settle-run.ts";
import { startApp } from "../../service/start-app.ts";
import { makeTestApp, storedUpload } from "../apps.ts";
import { zipOf } from "../zips.ts";
import type { ChaosHosts } from "./hosts.ts";
import { judgeCount, judgeRun } from "./judge-run.ts";
import { listFamily, listProcesses } from "./processes.ts";
import type { Scenario } from "./scenarios.ts";

const ATTEMPTS_MAX = 3;
const LOOK_MS = 5;
const LOOKS_MAX = 4_000;

/** Remembers the processes it gave, so that exactly those can be killed and looked for. */
export class WatchedPool extends ChildPool {
  readonly given: ChildProcess[] = [];

  override take(algorithm: string): ChildProcess {
    const child = super.take(algorithm);
    this.given.push(child);
    return child;
  }

  pids(): number[] {
    return this.given.flatMap(({ pid }) => pid ?? []);
  }
}

interface Play {
  scenario: Scenario;
  hosts: ChaosHosts;
  pool: WatchedPool;
}

/** One run in a workspace of its own, with what is to be done to it; answers what was wrong at its end. */
export async function playRun({ scenario, hosts, pool }: Play): Promise<string[]> {
  const ctx = await createTestWorkspace();
  const appId = await makeApp(ctx, scenario, hosts);
  const { uploadId } = await storedUpload(ctx, await zipOf({ "a.csv": "1,2\n" }), "job.zip");
  const start = () => startApp(ctx, appId, { uploadId, params: {}, recompute: false });
  // At least once: whoever tells of the same input again, even at the same moment, starts no other.
  const told = await Promise.all([start(), start(), start()]);
  const runId = told[0].id;
  const isFirst = told.every(({ id }) => id === runId);
  pool.given.length = 0;
  const wasTooLate = await drive(ctx, { runId, scenario, pool });
  await settleRun(ctx.workspaceId, runId);
  // A run that was over before it could be cancelled stays what it is.
  const judged = wasTooLate ? { ...scenario, expected: { state: "succeeded" as const } } : scenario;
  return [
    ...(isFirst ? [] : ["the same input started two runs"]),
    ...(await judgeCount(ctx, 1)),
    ...(await judgeRun(ctx, await getRun(ctx, runId), judged)),
    ...(await leftOvers(pool.pids())),
  ];
}

async function makeApp(ctx: Ctx, scenario: Scenario, { git, silentHost }: ChaosHosts): Promise<string> {
  const environment = scenario.fault ? { FAULT: scenario.fault } : {};
  const manifest = { timeout: "30s", environment, ...scenario.manifest };
  if (scenario.trouble === "repository-closed") {
    const gitToken = randomUUID();
    git.tokens.add(gitToken);
    const source = { kind: "git", url: git.url, ref: "main" };
    const input = { slug: "means", name: "Means", source, gitToken, manifest: { entryPoint: "main.py", ...manifest } };
    const { id } = await createApp(ctx, createAppInput.parse(input));
    git.tokens.delete(gitToken);
    return id;
  }
  const wheel = scenario.trouble === "packages-silent" ? `http://${silentHost}/none-1-py3-none-any.whl` : "./none.whl";
  const files = { "requirements.txt": `${wheel}\n` };
  return (await makeTestApp(ctx, { source: scenario.source ?? "", manifest, files })).id;
}

interface Driven {
  runId: string;
  scenario: Scenario;
  pool: WatchedPool;
}

/** Executes the run as workers would, as often as it comes back to the queue; whether a cancel came after its end. */
async function drive(ctx: Ctx, of: Driven): Promise<boolean> {
  const { runId, scenario, pool } = of;
  if (scenario.disturb === "cancel-queued") await cancelRun(ctx, runId);
  let wasTooLate = false;
  for (let attempt = 1; attempt <= ATTEMPTS_MAX && isLive((await getRun(ctx, runId)).state); attempt++) {
    const running = executeRun(runId, { pool, workerId: "chaos", shutdown: new AbortController().signal });
    if (attempt === 1 && scenario.cancelIn) wasTooLate = await cancelIn(ctx, runId, scenario.cancelIn);
    if (attempt === 1 && scenario.disturb) await disturb(ctx, of);
    await running;
  }
  return wasTooLate;
}

async function cancelIn(ctx: Ctx, runId: string, step: string): Promise<boolean> {
  await lookUntil(ctx, runId, async () => {
    if (step === "starting") return (await getRun(ctx, runId)).state !== "queued";
    return (await systemDb().runStep.count({ where: { runId, name: step } })) > 0;
  });
  const { state } = await cancelRun(ctx, runId);
  return !isLive(state) && state !== "cancelled";
}

async function disturb(ctx: Ctx, { runId, scenario, pool }: Driven): Promise<void> {
  if (scenario.disturb === "cancel-queued") return;
  await lookUntil(ctx, runId, async () => {
    const lines = await listRunLog(ctx, runId, { after: 0, limit: 200 });
    return lines.some(({ text }) => text === "up");
  });
  const pid = pool.pids().at(-1);
  if (scenario.disturb === "cancel") await cancelRun(ctx, runId);
  if (pid === undefined) return;
  if (scenario.disturb === "kill-computing-process") process.kill(pid, "SIGKILL");
  const family = await listFamily(pid);
  const isSupervisor = (command: string) => / -I -S \/run\/supervise\.py$/.test(command) && !command.includes("bwrap");
  const victims = {
    "kill-sandbox": family.filter(({ parent }) => parent === pid),
    "kill-supervisor": family.filter(({ command }) => isSupervisor(command)),
  };
  if (scenario.disturb !== "kill-sandbox" && scenario.disturb !== "kill-supervisor") return;
  if (victims[scenario.disturb].length === 0) throw new Error(`nothing to kill for ${scenario.name}`);
  for (const victim of victims[scenario.disturb]) process.kill(victim.pid, "SIGKILL");
}

/** @throws Error when the run has ended, or half a minute is over, and it never came to that. */
async function lookUntil(ctx: Ctx, runId: string, isThere: () => Promise<boolean>): Promise<void> {
  for (let looks = 0; looks < LOOKS_MAX; looks++) {
    if (await isThere()) return;
    const { state } = await getRun(ctx, runId);
    if (!isLive(state) && !(await isThere()))
      throw new Error(`it ended as ${state} before anything could be done to it`);
    await delay(LOOK_MS);
  }
  throw new Error("it never came so far that anything could be done to it");
}

/** Processes and folders of these computing processes that are still there, once workers have tidied up. */
async function leftOvers(pids: readonly number[]): Promise<string[]> {
  const alive = await listProcesses(({ pid, parent }) => pids.includes(pid) || pids.includes(parent));
  const running = new Set(alive.map(({ pid }) => pid));
  await removeAbandonedScratch((pid) => running.has(pid) || !pids.includes(pid));
  const folders = (await readdir(tmpdir())).filter((name) => pids.some((pid) => name.includes(`-${pid}-`)));
  return [
    ...alive.map(({ pid, command }) => `process ${pid} is left: ${command.slice(0, 80)}`),
    ...folders.map((name) => `folder ${name} is left`),
  ];
}
