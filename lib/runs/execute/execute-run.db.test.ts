import { afterAll, expect, test } from "vitest";
import { closeLive } from "#lib/live/subscribe";
import { checkRequest, createTestWorkspace } from "#lib/testing/runs";
import { createRun } from "../service/create-run.ts";
import { getRunResult } from "../service/get-run-result.ts";
import { getRun } from "../service/get-run.ts";
import { ChildPool } from "./child-pool.ts";
import { executeRun } from "./execute-run.ts";

const pool = new ChildPool();
afterAll(async () => {
  pool.close();
  await closeLive();
});

const tools = (shutdown = new AbortController().signal) => ({ pool, workerId: "w1", shutdown });

test("a run is computed in a process of its own and leaves result, steps and peak memory", async () => {
  const ctx = await createTestWorkspace();
  const { id } = await createRun(ctx, checkRequest());
  await executeRun(id, tools());
  const run = await getRun(ctx, id);
  expect(run).toMatchObject({ state: "succeeded", attempt: 1, progressFraction: 1, errorDetail: null });
  expect(run.steps.length).toBeGreaterThan(0);
  expect(run.steps.every((step) => step.finishedAt !== null)).toBe(true);
  expect(run.peakMemoryBytes).toBeGreaterThan(10_000_000);
  expect((await getRunResult(ctx, id)).view.length).toBeGreaterThan(0);
  await executeRun(id, tools());
  expect((await getRun(ctx, id)).attempt).toBe(1);
});

test("a worker that shuts down puts its run back into the queue", async () => {
  const ctx = await createTestWorkspace();
  const { id } = await createRun(ctx, checkRequest());
  await executeRun(id, tools(AbortSignal.abort()));
  expect(await getRun(ctx, id)).toMatchObject({ state: "queued", workerId: null });
});
