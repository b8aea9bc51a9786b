import { expect, test } from "vitest";
import type { Ctx } from "#lib/auth/context";
import { systemDb } from "#lib/db/client";
import { inWorkspaceSql } from "#lib/db/sql";
import { newId } from "#lib/ids";
import { checkRequest, createTestWorkspace, expireLease } from "#lib/testing/runs";
import { createRun } from "../service/create-run.ts";
import { cancelRun } from "../service/cancel-run.ts";
import { getRun } from "../service/get-run.ts";
import { insertRunArtifact } from "./artifact-store.ts";
import { commitRun } from "./child-store.ts";
import { recoverRuns } from "./recover-runs.ts";
import { claimRun, endRun, MAX_ATTEMPTS, recordStep, renewLease } from "./store.ts";

const BEAT = { progressFraction: 0.5, step: "Check", peakMemoryBytes: 1, memory: { stepS: 1, peaksMb: [1] } };

async function queuedRun(): Promise<{ ctx: Ctx; id: string }> {
  const ctx = await createTestWorkspace();
  return { ctx, id: (await createRun(ctx, checkRequest())).id };
}

const leaseOf = (ctx: Ctx, runId: string, attempt: number, workerId = "w1") => ({
  runId,
  workspaceId: ctx.workspaceId,
  attempt,
  workerId,
});

/** What a child does at its end: write its output and commit, in one transaction. */
const commit = (ctx: Ctx, runId: string, attempt: number) =>
  inWorkspaceSql(ctx, async (client) => {
    const sha256 = newId().replaceAll("-", "").padEnd(64, "0");
    const row = { id: newId(), workspaceId: ctx.workspaceId, runId, sha256, sizeBytes: 1, objectKey: sha256 };
    await insertRunArtifact(client, { ...row, mediaType: "text/csv", fileName: "out.csv", direction: "output" });
    await commitRun(client, { runId, workspaceId: ctx.workspaceId, attempt, result: { attempt } });
  });

test("of ten workers that claim one run, one gets it", async () => {
  const { id } = await queuedRun();
  const claims = await Promise.all(Array.from({ length: 10 }, (_, index) => claimRun(id, `w${index}`)));
  expect(claims.filter((claim) => claim !== null)).toHaveLength(1);
});

test("a renewed lease is left alone, an expired one goes back into the queue with a job", async () => {
  const { ctx, id } = await queuedRun();
  await claimRun(id, "w1");
  await recoverRuns();
  expect((await getRun(ctx, id)).state).toBe("starting");
  await expireLease(id);
  await recoverRuns();
  expect(await getRun(ctx, id)).toMatchObject({ state: "queued", attempt: 1, workerId: null });
  const [job] = await systemDb().$queryRaw<{ count: number }[]>`
    select count(*)::int as count from graphile_worker.jobs where key = ${`run:${id}`}`;
  expect(job?.count).toBe(1);
});

test("after the last attempt a run is lost, and says which worker fell silent", async () => {
  const { ctx, id } = await queuedRun();
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
    await claimRun(id, `w${attempt}`);
    await recordStep(leaseOf(ctx, id, attempt), { ordinal: 0, name: "Check", startedAt: new Date() });
    await expireLease(id);
    await recoverRuns();
  }
  const run = await getRun(ctx, id);
  expect(run).toMatchObject({ state: "lost", errorCode: "lost" });
  expect(run.errorDetail).toContain(`w${MAX_ATTEMPTS}`);
  expect(run.steps.every((step) => step.finishedAt !== null)).toBe(true);
  expect(await claimRun(id, "w9")).toBeNull();
});

test("a run that was to be cancelled when its worker died ends as cancelled", async () => {
  const { ctx, id } = await queuedRun();
  await claimRun(id, "w1");
  await cancelRun(ctx, id);
  await expireLease(id);
  await recoverRuns();
  expect((await getRun(ctx, id)).state).toBe("cancelled");
});

test("an attempt that was taken over commits nothing: no result, no artifact, no second ending", async () => {
  const { ctx, id } = await queuedRun();
  await claimRun(id, "w1");
  await expireLease(id);
  await recoverRuns();
  await claimRun(id, "w2");

  await expect(commit(ctx, id, 1)).rejects.toMatchObject({ code: "conflict" });
  expect(await renewLease(leaseOf(ctx, id, 1), BEAT)).toMatchObject({ isOurs: false });
  expect(await endRun({ runId: id, attempt: 1 }, { state: "failed", errorCode: "x", errorDetail: "x" })).toBe(false);
  expect(await getRun(ctx, id)).toMatchObject({ state: "starting", attempt: 2, artifacts: [] });
  expect(await systemDb().artifact.count({ where: { workspaceId: ctx.workspaceId } })).toBe(0);

  await commit(ctx, id, 2);
  expect(await getRun(ctx, id)).toMatchObject({ state: "succeeded", progressFraction: 1 });
  expect((await getRun(ctx, id)).artifacts).toHaveLength(1);
});

test("a run cannot commit after its cancellation was asked for", async () => {
  const { ctx, id } = await queuedRun();
  await claimRun(id, "w1");
  await cancelRun(ctx, id);
  await expect(commit(ctx, id, 1)).rejects.toMatchObject({ code: "conflict" });
});

test("a queued run whose job is gone gets a new one", async () => {
  const { id } = await queuedRun();
  await systemDb().$executeRaw`select graphile_worker.remove_job(${`run:${id}`})`;
  await systemDb().$executeRaw`update runs set queued_at = now() - interval '5 minutes' where id = ${id}::uuid`;
  await recoverRuns();
  const [job] = await systemDb().$queryRaw<{ count: number }[]>`
    select count(*)::int as count from graphile_worker.jobs where key = ${`run:${id}`}`;
  expect(job?.count).toBe(1);
});
