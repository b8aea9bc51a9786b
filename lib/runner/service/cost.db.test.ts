import { afterAll, expect, test } from "vitest";
import { systemDb } from "#lib/db/client";
import { closeLive } from "#lib/live/subscribe";
import { createTestWorkspace } from "#lib/testing/runs";

// Read once, before the first that reads it.
Object.assign(process.env, { FIELDPORT_RUNNER: "fake", FIELDPORT_RUNNER_USD_PER_HOUR: "3.6" });
const { ChildPool } = await import("#lib/runs/execute/child-pool");
const { executeRun } = await import("#lib/runs/execute/execute-run");
const { endRun } = await import("#lib/runs/execute/store");
const { claimWithinLimits } = await import("#lib/runs/execute/limit-store");
const { findAppExecution } = await import("../app-view-store.ts");
const { beginExecution, beginMachineTime } = await import("../execution-store.ts");
const { makeTestApp, storedUpload } = await import("../testing/apps.ts");
const { zipOf } = await import("../testing/zips.ts");
const { getApp } = await import("./get-app.ts");
const { listRunsOfApp } = await import("./list-app-runs.ts");
const { changeQuotas, getQuotas } = await import("./quotas.ts");
const { settleRun } = await import("./settle-run.ts");
const { startApp } = await import("./start-app.ts");

const pool = new ChildPool();
afterAll(async () => {
  pool.close();
  await closeLive();
});

type Ctx = Awaited<ReturnType<typeof createTestWorkspace>>;

async function start(ctx: Ctx, appId: string, content: string): Promise<string> {
  const { uploadId } = await storedUpload(ctx, await zipOf({ a: content }), "job.zip");
  return (await startApp(ctx, appId, { uploadId, params: {}, recompute: false })).id;
}

/** As if the machine had been paid for so long already. */
async function ageMachine(runId: string, seconds: number): Promise<void> {
  await systemDb().$executeRaw`
    update app_executions set machine_started_at = machine_started_at - make_interval(secs => ${seconds}::float8)
    where run_id = ${runId}::uuid`;
}

test("a run costs its machine's time, whatever its end, and the app and the month add it up", async () => {
  const ctx = await createTestWorkspace();
  const environment = { FAULT: "exit_1" };
  const { id: appId } = await makeTestApp(ctx, { source: "", manifest: { environment } });
  const runId = await start(ctx, appId, "x");
  await executeRun(runId, { pool, workerId: "w1", shutdown: new AbortController().signal });
  await settleRun(ctx.workspaceId, runId);
  const { machineS, costUsd, usdPerHour } = (await findAppExecution(ctx, runId))!;
  expect(usdPerHour).toBe(3.6);
  expect(machineS).toBeGreaterThan(0);
  expect(costUsd).toBeCloseTo(machineS / 1000, 8);
  expect((await listRunsOfApp(ctx, appId, { limit: 5 })).items[0]!.costUsd).toBeCloseTo(costUsd!, 8);
  expect(await getApp(ctx, appId)).toMatchObject({ machineS, costUsd });
  expect((await getQuotas(ctx)).usdUsed).toBeCloseTo(costUsd!, 8);
});

test("a machine whose worker was killed is paid for until the next attempt begins, and again until the end", async () => {
  const ctx = await createTestWorkspace();
  const { id: appId, revisionId } = await makeTestApp(ctx, { source: "" });
  const runId = await start(ctx, appId, "x");
  await claimWithinLimits(runId, "w1");
  const begin = async (usdPerHour: number) => {
    await beginExecution(ctx, { runId, revisionId, executor: "ec2" });
    await beginMachineTime(ctx, runId, usdPerHour);
  };
  await begin(3.6);
  await ageMachine(runId, 100);
  await begin(7.2);
  await ageMachine(runId, 50);
  await endRun({ runId, attempt: 1 }, { state: "lost", errorCode: "lost", errorDetail: "It was killed." });
  await settleRun(ctx.workspaceId, runId);
  const settled = (await findAppExecution(ctx, runId))!;
  expect(settled.machineS).toBeGreaterThanOrEqual(150);
  expect(settled.machineS).toBeLessThan(160);
  // 100 s at 3.6 and 50 s at 7.2 USD an hour.
  expect(settled.costUsd).toBeGreaterThanOrEqual(0.2);
  expect(settled.costUsd).toBeLessThan(0.22);
  await settleRun(ctx.workspaceId, runId);
  expect((await findAppExecution(ctx, runId))!.costUsd).toBe(settled.costUsd);
});

test("without a price there is machine time and no cost", async () => {
  const ctx = await createTestWorkspace();
  const { id: appId, revisionId } = await makeTestApp(ctx, { source: "" });
  const runId = await start(ctx, appId, "x");
  await claimWithinLimits(runId, "w1");
  await beginExecution(ctx, { runId, revisionId, executor: "ec2" });
  await beginMachineTime(ctx, runId, null);
  await ageMachine(runId, 100);
  await endRun({ runId, attempt: 1 }, { state: "lost", errorCode: "lost", errorDetail: "It was killed." });
  await settleRun(ctx.workspaceId, runId);
  expect((await findAppExecution(ctx, runId))!.machineS).toBeGreaterThanOrEqual(100);
  expect(await getApp(ctx, appId)).toMatchObject({ costUsd: null });
  expect((await getQuotas(ctx)).usdUsed).toBe(0);
});

test("with the month's money used up nothing new is started, and the refusal says so", async () => {
  const ctx = await createTestWorkspace();
  const { id: appId, revisionId } = await makeTestApp(ctx, { source: "" });
  await changeQuotas(ctx, { runsAtOnceMax: null, cpuHoursMax: null, usdMax: 2 });
  const runId = await start(ctx, appId, "x");
  await claimWithinLimits(runId, "w1");
  await beginExecution(ctx, { runId, revisionId, executor: "ec2" });
  await beginMachineTime(ctx, runId, 3.6);
  await ageMachine(runId, 2_000);
  await endRun({ runId, attempt: 1 }, { state: "failed", errorCode: "app_failed", errorDetail: "Ended." });
  await settleRun(ctx.workspaceId, runId);
  await expect(start(ctx, appId, "y")).rejects.toThrow("have used $2.00 of their $2.00 of this month");
  await changeQuotas(ctx, { runsAtOnceMax: null, cpuHoursMax: null, usdMax: 3 });
  expect(await start(ctx, appId, "y")).toBeTruthy();
});
