import { afterAll, beforeAll, expect, test } from "vitest";
import { closeDb, systemDb } from "#lib/db/client";
import { readRunnerReports } from "#lib/health/store";
import { newId } from "#lib/ids";
import { closeLive } from "#lib/live/subscribe";
import { headObject, putText } from "#lib/objects/store";
import { createTestWorkspace } from "#lib/testing/runs";
import { settingsOf, startFakeEmr, type FakeEmr } from "../testing/fake-emr.ts";
import { reapJobs } from "./reap-jobs.ts";
import { runFolder } from "./run-folder.ts";

let fake: FakeEmr;
beforeAll(async () => {
  fake = await startFakeEmr();
  Object.assign(process.env, settingsOf(fake));
});
afterAll(async () => {
  await fake.close();
  await closeLive();
  await closeDb();
});

function putJob(id: string, runId: string, { ageS, name = "fieldport" }: { ageS: number; name?: string }): void {
  const createdAt = Date.now() / 1000 - ageS;
  const about = { token: id, state: "RUNNING", stateDetails: "", createdAt, body: {} };
  fake.jobs.set(id, { id, name: `${name}-spark-${runId}`, ...about });
}

async function makeRun(workspaceId: string, state: string): Promise<string> {
  const id = newId();
  const texts = {
    algorithm: "driving-summary",
    title: "t",
    runKey: id,
    seed: "s",
    trigger: "person",
    startedByLabel: "p",
  };
  const limits = { version: 1, params: {}, inputs: {}, timeoutS: 1, memoryMb: 1 };
  await systemDb().run.create({ data: { id, workspaceId, state, ...texts, ...limits, queuedAt: new Date() } });
  return id;
}

const reportOf = async () => (await readRunnerReports()).find(({ executor }) => executor === "spark");

test("cancels the jobs of runs that are over, and no others, counts them and clears what they left", async () => {
  const { workspaceId } = await createTestWorkspace();
  const [over, alive] = [await makeRun(workspaceId, "cancelled"), await makeRun(workspaceId, "running")];
  const keyOf = (runId: string) => `${runFolder(workspaceId, runId)}request.json`;
  for (const runId of [over, alive]) await putText(keyOf(runId), "{}", "application/json");
  putJob("alive", alive, { ageS: 3600 });
  putJob("orphan", over, { ageS: 3600 });
  putJob("young", over, { ageS: 5 });
  putJob("foreign", over, { ageS: 3600, name: "another" });
  putJob("odd", "no run at all", { ageS: 3600 });
  expect(await reapJobs(new Date())).toEqual({ orphans: 1 });
  const states = () => Object.fromEntries([...fake.jobs.values()].map(({ id, state }) => [id, state]));
  const untouched = { alive: "RUNNING", foreign: "RUNNING", odd: "RUNNING" };
  expect(states()).toEqual({ ...untouched, orphan: "CANCELLED", young: "RUNNING" });
  expect(await reportOf()).toMatchObject({ host: "EMR Serverless 00abc", isAvailable: true, machines: 3, orphans: 1 });
  // A minute later the young one is old enough; its folder goes when nothing writes into it any more.
  expect(await reapJobs(new Date(Date.now() + 60_000))).toEqual({ orphans: 1 });
  expect(await headObject(keyOf(over))).not.toBeNull();
  await reapJobs(new Date());
  expect(states()).toEqual({ ...untouched, orphan: "CANCELLED", young: "CANCELLED" });
  expect([await headObject(keyOf(over)), (await headObject(keyOf(alive))) !== null]).toEqual([null, true]);
});

test("a service that does not answer fails the reaper's job, is reported, and ends nothing", async () => {
  fake.trouble.set("list", [{ status: 403, name: "AccessDeniedException" }]);
  await expect(reapJobs(new Date())).rejects.toThrow("AccessDeniedException");
  const report = await reportOf();
  expect(report).toMatchObject({ isAvailable: false, orphans: 0 });
  expect(report?.reason).toContain("AccessDeniedException");
});
