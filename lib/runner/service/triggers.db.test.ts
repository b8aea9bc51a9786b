import { randomBytes } from "node:crypto";
import { text } from "node:stream/consumers";
import { afterAll, expect, test } from "vitest";
import type { Ctx } from "#lib/auth/context";
import { systemDb } from "#lib/db/client";
import { closeLive } from "#lib/live/subscribe";
import { openObject } from "#lib/objects/store";
import { putTestObject } from "#lib/testing/objects";
import { createTestWorkspace } from "#lib/testing/runs";
import { handleStorageEvent } from "#lib/uploads/service/handle-storage-event";
import { GOOD_APP, makeTestApp, storedUpload } from "../testing/apps.ts";
import { zipOf } from "../testing/zips.ts";
import { cancelRun } from "#lib/runs/service/cancel-run";
import { changeApp } from "./change-app.ts";
import { reap } from "./reap.ts";
import { settleRun } from "./settle-run.ts";
import { startForUpload } from "./start-for-upload.ts";
import { sweepInputs } from "./sweep-inputs.ts";
import { takeInInput } from "./take-in-input.ts";

afterAll(() => closeLive());

const signal = () => new AbortController().signal;
const freshZip = () => zipOf({ "a.bin": randomBytes(8) });
const keyOf = (ctx: Ctx, name: string) => `w/${ctx.workspaceId}/app_runner/input/${name}`;
const runsOf = (ctx: Ctx) => systemDb().run.findMany({ where: { workspaceId: ctx.workspaceId, algorithm: "run-app" } });
const jobsFor = async (key: string) => {
  const rows = await systemDb().$queryRaw<{ payload: unknown }[]>`
    select p.payload from graphile_worker._private_jobs p where p.key = ${key}`;
  return rows.map((row) => row.payload);
};

async function withTaker(): Promise<Ctx> {
  const ctx = await createTestWorkspace();
  await makeTestApp(ctx, { source: GOOD_APP, takesDropped: true });
  return ctx;
}

test("a dropped zip is one run, however often it is told of and swept; another version is another", async () => {
  const ctx = await withTaker();
  const key = keyOf(ctx, "job-1.zip");
  await putTestObject(key, await freshZip());
  const take = () => takeInInput(ctx.workspaceId, key, signal());
  const taken = await Promise.all([take(), take(), take()]);
  expect(taken.filter(Boolean)).toHaveLength(1);
  await take();
  await sweepInputs(signal());
  expect(await runsOf(ctx)).toHaveLength(1);
  await putTestObject(key, await freshZip());
  await sweepInputs(signal());
  expect(await runsOf(ctx)).toHaveLength(2);
});

test("a run that failed is not started again by a late event for the same version", async () => {
  const ctx = await withTaker();
  const key = keyOf(ctx, "job-1.zip");
  await putTestObject(key, await freshZip());
  await takeInInput(ctx.workspaceId, key, signal());
  await systemDb().run.updateMany({ where: { workspaceId: ctx.workspaceId }, data: { state: "failed" } });
  await takeInInput(ctx.workspaceId, key, signal());
  expect(await runsOf(ctx)).toHaveLength(1);
});

test("every record of an event counts, keys are decoded, odd names are nobody's", async () => {
  const ctx = await withTaker();
  const record = (key: string) => ({
    eventName: "ObjectCreated:Put",
    s3: { bucket: { name: process.env.S3_BUCKET! }, object: { key } },
  });
  const keys = ["a.zip", "b%2Bc.zip", "d+e.zip"].map((name) => `w/${ctx.workspaceId}/app_runner/input/${name}`);
  // One that is not encoded at all keeps back no other.
  await handleStorageEvent({ Records: ["100%.zip", ...keys].map(record) }, new Date());
  for (const name of ["a.zip", "b+c.zip", "d e.zip"]) {
    const [payload] = await jobsFor(`app-input:${keyOf(ctx, name)}`);
    expect(payload).toEqual({ workspaceId: ctx.workspaceId, objectKey: keyOf(ctx, name) });
  }
  await putTestObject(keyOf(ctx, "d e.zip"), await freshZip());
  expect(await takeInInput(ctx.workspaceId, keyOf(ctx, "d e.zip"), signal())).toBe(false);
  expect(await runsOf(ctx)).toHaveLength(0);
});

test("an app's own folder starts that app; without a taker nothing starts", async () => {
  const ctx = await createTestWorkspace();
  await makeTestApp(ctx, { source: GOOD_APP });
  for (const folder of ["means/", "other/", ""]) {
    const key = `w/${ctx.workspaceId}/app_runner/${folder}input/7.zip`;
    await putTestObject(key, await freshZip());
    expect(await takeInInput(ctx.workspaceId, key, signal())).toBe(folder === "means/");
  }
});

test("an upload sent to an app starts it once, and the same bytes again find the same run", async () => {
  const ctx = await createTestWorkspace();
  await makeTestApp(ctx, { source: GOOD_APP });
  const bytes = await freshZip();
  const ids: (string | null)[] = [];
  for (let round = 0; round < 2; round++) {
    const { uploadId } = await storedUpload(ctx, bytes, "job.zip");
    await systemDb().upload.update({ where: { id: uploadId }, data: { kind: "app:means" } });
    await Promise.all([startForUpload(ctx, uploadId), startForUpload(ctx, uploadId)]);
    ids.push((await systemDb().upload.findUniqueOrThrow({ where: { id: uploadId } })).runId);
  }
  expect(new Set(ids).size).toBe(1);
  expect(await runsOf(ctx)).toHaveLength(1);
});

test("other programs find the end of their job in the bucket, of each run and of the newest", async () => {
  const ctx = await withTaker();
  const key = keyOf(ctx, "job-1.zip");
  await putTestObject(key, await freshZip());
  await takeInInput(ctx.workspaceId, key, signal());
  const [run] = await runsOf(ctx);
  await cancelRun(ctx, run!.id);
  await settleRun(ctx.workspaceId, run!.id);
  await settleRun(ctx.workspaceId, run!.id);
  const root = `w/${ctx.workspaceId}/app_runner/output/job-1`;
  expect(JSON.parse(await text(await openObject(`${root}.json`)))).toMatchObject({
    runId: run!.id,
    state: "cancelled",
    ...{ exitCode: null, durationS: null, peakMemoryBytes: null, peakDiskBytes: null, costUsd: null },
  });
  expect(await text(await openObject(`${root}/${run!.id}_machine.log`))).toContain("ended as cancelled");
  expect(await text(await openObject(`${root}_machine.log`))).toContain("ended as cancelled");
});

test("the reaper gives a log to an ended run that everybody forgot", async () => {
  const ctx = await withTaker();
  await putTestObject(keyOf(ctx, "x.zip"), await freshZip());
  await takeInInput(ctx.workspaceId, keyOf(ctx, "x.zip"), signal());
  const finishedAt = new Date(Date.now() - 3_600_000);
  await systemDb().run.updateMany({ where: { workspaceId: ctx.workspaceId }, data: { state: "lost", finishedAt } });
  await reap(new Date());
  const [execution] = await systemDb().appExecution.findMany({ where: { workspaceId: ctx.workspaceId } });
  expect(execution).toMatchObject({ machineLogId: expect.any(String) as string, settledAt: expect.any(Date) as Date });
});

test("a change of code or manifest is a new revision, a change of the name is none", async () => {
  const ctx = await createTestWorkspace();
  const app = await makeTestApp(ctx, { source: GOOD_APP });
  expect((await changeApp(ctx, app.id, { name: "Other means" })).revisionNo).toBe(1);
  const changed = await changeApp(ctx, app.id, { manifest: { ...app.manifest, memoryMb: 512 } });
  expect(changed).toMatchObject({ revisionNo: 2, codeSha256: app.codeSha256, manifest: { memoryMb: 512 } });
  const { uploadId } = await storedUpload(ctx, await zipOf({ "main.py": "print()" }), "app2.zip");
  const renewed = await changeApp(ctx, app.id, { source: { kind: "bundle", uploadId } });
  expect(renewed).toMatchObject({ revisionNo: 3, manifest: { memoryMb: 512 } });
  expect(renewed.codeSha256).not.toBe(app.codeSha256);
});

test("what was entered stands before the code's fieldport.json until that is said to count again", async () => {
  const ctx = await createTestWorkspace();
  const app = await makeTestApp(ctx, { source: GOOD_APP, manifest: { timeout: "5m" } });
  expect(app).toMatchObject({ manifestFrom: "code", manifest: { timeout: "5m" } });
  const entered = await changeApp(ctx, app.id, { manifest: { ...app.manifest, timeout: "9m" } });
  expect(entered).toMatchObject({ manifestFrom: "form", manifest: { timeout: "9m" } });

  const zip = (timeout: string) =>
    zipOf({ "main.py": GOOD_APP, "fieldport.json": JSON.stringify({ entryPoint: "main.py", timeout }) });
  const bring = async (timeout: string) => {
    const { uploadId } = await storedUpload(ctx, await zip(timeout), "next.zip");
    return changeApp(ctx, app.id, { source: { kind: "bundle", uploadId } });
  };
  expect(await bring("7m")).toMatchObject({ manifestFrom: "form", manifest: { timeout: "9m" } });
  // Not read, so not checked either.
  expect(await bring("soon")).toMatchObject({ manifestFrom: "form", manifest: { timeout: "9m" } });
  await expect(changeApp(ctx, app.id, { manifest: null })).rejects.toMatchObject({
    fields: [{ pointer: "/source/uploadId", detail: expect.stringContaining("/timeout") as string }],
  });
  await bring("7m");
  expect(await changeApp(ctx, app.id, { manifest: null })).toMatchObject({
    manifestFrom: "code",
    manifest: { timeout: "7m" },
  });
  expect(await bring("8m")).toMatchObject({ manifestFrom: "code", manifest: { timeout: "8m" } });
});
