import { fork, type ChildProcess } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { systemContext, type Ctx } from "#lib/auth/context";
import { closeDb, systemDb } from "#lib/db/client";
import { closePool } from "#lib/db/pool";
import { quantile } from "#lib/math/quantile";
import { isLive } from "#lib/runs/schema";
import { createRun } from "#lib/runs/service/create-run";
import { getRun } from "#lib/runs/service/get-run";
import { ensureWorkspace } from "#lib/workspaces/store";

const WORKER = fileURLToPath(new URL("../bin/worker.ts", import.meta.url));
const RUNS = 40;
/** Between two runs, so that the next process has been booted ahead as it is in ordinary use. */
const PAUSE_MS = 1500;
const HITS = 200;
const IDENTICAL = 50;

/**
 * Against DATABASE_URL with a worker of its own: how long a run waits before it starts, how fast a stored result
 * answers, and that identical requests at the same time make one run. Leaves nothing behind.
 */
export async function run(): Promise<Record<string, number>> {
  const slug = `bench-${randomBytes(6).toString("hex")}`;
  const { id } = await ensureWorkspace({ slug, name: slug, description: "", timeZone: "UTC", quotaBytes: 1e9 });
  const ctx = () => systemContext(id, "bench", new Date());
  const worker = await startWorker();
  try {
    const identical = await identicalRequests(ctx());
    const starts = await startTimes(ctx);
    const hits = await hitTimes(ctx);
    return { ...identical, ...starts, ...hits };
  } finally {
    worker.kill("SIGTERM");
    await once(worker, "exit");
    await systemDb().workspace.delete({ where: { id } });
    await closeDb();
    await closePool();
  }
}

async function startWorker(): Promise<ChildProcess> {
  const before = new Date();
  const worker = fork(WORKER, [], { stdio: "ignore" });
  for (let tries = 0; tries < 200; tries += 1) {
    const alive = await systemDb().worker.count({ where: { pid: worker.pid ?? -1, startedAt: { gte: before } } });
    if (alive > 0) return worker;
    await pause(100);
  }
  worker.kill("SIGKILL");
  throw new Error("The worker did not start within 20 s.");
}

const request = (gapSteps: number) => ({ algorithm: "range-step-stuck", params: { gapSteps }, inputs: {} });

async function waitForEnd(ctx: Ctx, runId: string): Promise<void> {
  while (isLive((await getRun(ctx, runId)).state)) await pause(10);
}

async function identicalRequests(ctx: Ctx): Promise<Record<string, number>> {
  const answers = await Promise.all(Array.from({ length: IDENTICAL }, () => createRun(ctx, request(2))));
  const runsMade = await systemDb().run.count({ where: { workspaceId: ctx.workspaceId } });
  for (const answer of answers.slice(0, 1)) await waitForEnd(ctx, answer.id);
  return { identicalRequests: IDENTICAL, runsMade };
}

/** One after the other, so that a run waits for the queue and never for another run. */
async function startTimes(ctx: () => Ctx): Promise<Record<string, number>> {
  const startMs: number[] = [];
  const endMs: number[] = [];
  for (let index = 0; index < RUNS; index += 1) {
    await pause(PAUSE_MS);
    const asked = ctx();
    const { id } = await createRun(asked, request(3 + index));
    await waitForEnd(asked, id);
    const row = await systemDb().run.findUniqueOrThrow({ where: { id } });
    startMs.push((row.startedAt?.getTime() ?? NaN) - row.queuedAt.getTime());
    endMs.push((row.finishedAt?.getTime() ?? NaN) - row.queuedAt.getTime());
  }
  return {
    runs: RUNS,
    enqueueToStartMsP50: quantile(startMs, 0.5),
    enqueueToStartMsP95: quantile(startMs, 0.95),
    enqueueToEndMsP50: quantile(endMs, 0.5),
  };
}

async function hitTimes(ctx: () => Ctx): Promise<Record<string, number>> {
  const ms: number[] = [];
  for (let index = 0; index < HITS; index += 1) {
    const startedAt = performance.now();
    const answer = await createRun(ctx(), request(3));
    ms.push(performance.now() - startedAt);
    if (answer.origin !== "stored") throw new Error(`expected a stored result, got ${answer.origin}`);
  }
  const round = (value: number) => Math.round(value * 10) / 10;
  return { cacheHits: HITS, cacheHitMsP50: round(quantile(ms, 0.5)), cacheHitMsP95: round(quantile(ms, 0.95)) };
}
