import { expect, test } from "vitest";
import type { Ctx } from "#lib/auth/context";
import { systemDb } from "#lib/db/client";
import { claimWithinLimits } from "#lib/runs/execute/limit-store";
import { endRun } from "#lib/runs/execute/store";
import { getRun } from "#lib/runs/service/get-run";
import { createTestWorkspace } from "#lib/testing/runs";
import { beginExecution, updateExecution } from "../execution-store.ts";
import { GOOD_APP, makeTestApp, storedUpload } from "../testing/apps.ts";
import { zipOf } from "../testing/zips.ts";
import { changeApp } from "./change-app.ts";
import { changeQuotas, getQuotas } from "./quotas.ts";
import { startApp } from "./start-app.ts";

async function started(ctx: Ctx, appId: string, content: string): Promise<string> {
  const { uploadId } = await storedUpload(ctx, await zipOf({ "a.csv": content }), "job.zip");
  return (await startApp(ctx, appId, { uploadId, params: {}, recompute: false })).id;
}

const claim = async (runId: string) => {
  const claimed = await claimWithinLimits(runId, "w1");
  return claimed && "waitsFor" in claimed ? claimed.waitsFor : claimed?.id;
};

const end = (runId: string) =>
  endRun({ runId, attempt: 1 }, { state: "failed", errorCode: "app_failed", errorDetail: "Ended." });

test("of runs at once only as many as the quota says begin; the next says what it waits for and begins then", async () => {
  const ctx = await createTestWorkspace();
  const { id: appId } = await makeTestApp(ctx, { source: GOOD_APP });
  await changeQuotas(ctx, { runsAtOnceMax: 2, cpuHoursMax: null, usdMax: null });
  const runs = [await started(ctx, appId, "1"), await started(ctx, appId, "2"), await started(ctx, appId, "3")];
  const claims = await Promise.all(runs.map(claim));
  const words = "Waits for its turn: 2 of 2 runs of apps at once are in progress";
  expect(claims.filter((each) => each === words)).toHaveLength(1);
  const [waiting, first] = [runs[claims.indexOf(words)]!, runs.find((_, index) => claims[index] !== words)!];
  expect(await getRun(ctx, waiting)).toMatchObject({ state: "queued", step: words });
  expect(await getQuotas(ctx)).toMatchObject({ liveRuns: 2, waitingRuns: 1 });
  await end(first);
  expect(await claim(waiting)).toBe(waiting);
  expect((await getRun(ctx, waiting)).step).toBe("");
});

test("a raised quota lets waiting runs begin, and another workspace does not wait for them", async () => {
  const [ctx, other] = [await createTestWorkspace(), await createTestWorkspace()];
  const [own, others] = [await makeTestApp(ctx, { source: GOOD_APP }), await makeTestApp(other, { source: GOOD_APP })];
  await changeQuotas(ctx, { runsAtOnceMax: 1, cpuHoursMax: null, usdMax: null });
  const [a, b] = [await started(ctx, own.id, "1"), await started(ctx, own.id, "2")];
  expect(await claim(a)).toBe(a);
  expect(await claim(b)).toContain("1 of 1 runs");
  const foreign = await started(other, others.id, "1");
  expect(await claim(foreign)).toBe(foreign);
  await changeQuotas(ctx, { runsAtOnceMax: null, cpuHoursMax: null, usdMax: null });
  expect(await claim(b)).toBe(b);
});

test("apps that share a key run one after the other", async () => {
  const ctx = await createTestWorkspace();
  const apps = [await makeTestApp(ctx, { source: GOOD_APP }), await makeTestApp(ctx, { source: GOOD_APP, slug: "b" })];
  for (const { id } of apps) await changeApp(ctx, id, { concurrencyKey: "licence" });
  const [a, b] = [await started(ctx, apps[0]!.id, "1"), await started(ctx, apps[1]!.id, "2")];
  expect(await claim(a)).toBe(a);
  expect(await claim(a)).toBeUndefined();
  expect(await claim(b)).toBe("Waits until no other run with the key “licence” is in progress");
  await end(a);
  expect(await claim(b)).toBe(b);
});

test("with the month's CPU-hours used up nothing new is started, and the refusal says so; last month does not count", async () => {
  const ctx = await createTestWorkspace();
  const app = await makeTestApp(ctx, { source: GOOD_APP });
  await changeQuotas(ctx, { runsAtOnceMax: null, cpuHoursMax: 0.5, usdMax: null });
  const runId = await started(ctx, app.id, "1");
  await claim(runId);
  await beginExecution(ctx, { runId, revisionId: app.revisionId, executor: "fake" });
  await updateExecution(ctx, runId, { durationS: 60, cpuS: 1800 });
  await end(runId);
  expect((await getQuotas(ctx)).cpuHoursUsed).toBeCloseTo(0.5);
  await expect(started(ctx, app.id, "2")).rejects.toThrow("have used 0.5 of their 0.5 CPU-hours of this month");
  const lastMonth = new Date(ctx.now.getTime() - 32 * 86_400_000);
  await systemDb().run.update({ where: { id: runId }, data: { finishedAt: lastMonth } });
  expect(await started(ctx, app.id, "2")).toBeTruthy();
});
