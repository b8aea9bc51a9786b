import { expect, test } from "vitest";
import { systemDb } from "#lib/db/client";
import { checkRequest, createTestWorkspace } from "#lib/testing/runs";
import { claimRun } from "../execute/store.ts";
import { cancelRun } from "./cancel-run.ts";
import { createRun } from "./create-run.ts";
import { getRun } from "./get-run.ts";
import { rerun } from "./rerun.ts";

const jobsOf = async (runId: string) => {
  const rows = await systemDb().$queryRaw<{ count: number }[]>`
    select count(*)::int as count from graphile_worker.jobs where key = ${`run:${runId}`}`;
  return rows[0]?.count;
};

const succeed = (runId: string) =>
  systemDb().run.update({ where: { id: runId }, data: { state: "succeeded", result: {}, finishedAt: new Date() } });

test("fifty identical requests at the same time make exactly one run and one job", async () => {
  const ctx = await createTestWorkspace();
  const answers = await Promise.all(Array.from({ length: 50 }, () => createRun(ctx, checkRequest())));
  const ids = new Set(answers.map(({ id }) => id));
  expect(ids.size).toBe(1);
  expect(answers.filter(({ origin }) => origin === "new")).toHaveLength(1);
  expect(answers.filter(({ origin }) => origin === "joined")).toHaveLength(49);
  expect(await systemDb().run.count({ where: { workspaceId: ctx.workspaceId } })).toBe(1);
  expect(await jobsOf([...ids][0]!)).toBe(1);
});

test("a stored result answers the same request, and only such answers count as hits", async () => {
  const ctx = await createTestWorkspace();
  const first = await createRun(ctx, checkRequest());
  expect(await createRun(ctx, checkRequest())).toMatchObject({ id: first.id, origin: "joined", cached: false });
  await succeed(first.id);
  expect(await createRun(ctx, checkRequest())).toMatchObject({ id: first.id, origin: "stored", cached: true });
  expect((await getRun(ctx, first.id)).hits).toBe(1);
});

test("parameters left out and parameters given as their defaults are the same run", async () => {
  const ctx = await createTestWorkspace();
  const implicit = await createRun(ctx, { algorithm: "range-step-stuck", params: {}, inputs: {} });
  const explicit = await createRun(ctx, {
    algorithm: "range-step-stuck",
    params: { gapSteps: 3 },
    inputs: { sensorCodes: null },
  });
  expect(explicit.id).toBe(implicit.id);
});

test("other parameters, another workspace and a wish to compute again each make a run of their own", async () => {
  const [ctx, other] = await Promise.all([createTestWorkspace(), createTestWorkspace()]);
  const first = await createRun(ctx, checkRequest());
  await succeed(first.id);
  const changed = await createRun(ctx, checkRequest(4));
  const foreign = await createRun(other, checkRequest());
  const again = await rerun(ctx, first.id, { recompute: true });
  expect(new Set([first.id, changed.id, foreign.id, again.id]).size).toBe(4);
  expect((await getRun(ctx, again.id)).rerunOfId).toBe(first.id);
});

test("a failed run does not stand in the way of the same request", async () => {
  const ctx = await createTestWorkspace();
  const first = await createRun(ctx, checkRequest());
  await systemDb().run.update({ where: { id: first.id }, data: { state: "failed" } });
  expect((await createRun(ctx, checkRequest())).origin).toBe("new");
});

test("a wrong parameter is refused with the pointer to it", async () => {
  const ctx = await createTestWorkspace();
  const refused = createRun(ctx, { algorithm: "range-step-stuck", params: { gapSteps: 0 }, inputs: {} });
  await expect(refused).rejects.toMatchObject({ code: "invalid_input", fields: [{ pointer: "/params/gapSteps" }] });
});

test("a cancelled queued run ends at once and no worker can claim it", async () => {
  const ctx = await createTestWorkspace();
  const { id } = await createRun(ctx, checkRequest());
  expect((await cancelRun(ctx, id)).state).toBe("cancelled");
  expect(await claimRun(id, "w1")).toBeNull();
  expect((await createRun(ctx, checkRequest())).origin).toBe("new");
});

test("cancelling a running run asks its worker; cancelling an ended one changes nothing", async () => {
  const ctx = await createTestWorkspace();
  const { id } = await createRun(ctx, checkRequest());
  await claimRun(id, "w1");
  expect(await cancelRun(ctx, id)).toMatchObject({ state: "starting", cancelRequested: true });
  await succeed(id);
  expect((await cancelRun(ctx, id)).state).toBe("succeeded");
});

test("another workspace's run is not found, neither to read nor to cancel", async () => {
  const [ctx, other] = await Promise.all([createTestWorkspace(), createTestWorkspace()]);
  const { id } = await createRun(ctx, checkRequest());
  await expect(getRun(other, id)).rejects.toMatchObject({ code: "not_found" });
  await expect(cancelRun(other, id)).rejects.toMatchObject({ code: "not_found" });
  expect((await getRun(ctx, id)).state).toBe("queued");
});
