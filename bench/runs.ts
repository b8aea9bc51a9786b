import { setTimeout as pause } from "node:timers/promises";
import { systemContext, type Ctx } from "#lib/auth/context";
import { systemDb } from "#lib/db/client";
import { quantile } from "#lib/math/quantile";
import { isLive } from "#lib/runs/schema";
import { createRun } from "#lib/runs/service/create-run";
import { getRun } from "#lib/runs/service/get-run";
import { inScratchWorkspace } from "./scratch-workspace.ts";

const RUNS = 40;
/** Between two runs, so that the next process has been booted ahead as it is in ordinary use. */
const PAUSE_MS = 1500;
const HITS = 200;
const IDENTICAL = 50;

/** How long a run waits before it starts, how fast a stored result answers, and that identical requests make one run. */
export function run(): Promise<Record<string, number>> {
  return inScratchWorkspace(async ({ workspaceId }) => {
    const ctx = () => systemContext(workspaceId, "bench", new Date());
    const identical = await identicalRequests(ctx());
    const starts = await startTimes(ctx);
    const hits = await hitTimes(ctx);
    return { ...identical, ...starts, ...hits };
  });
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
