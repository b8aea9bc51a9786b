import { randomBytes } from "node:crypto";
import { afterAll, describe, expect, test } from "vitest";
import type { Ctx } from "#lib/auth/context";
import { systemDb } from "#lib/db/client";
import { closeLive } from "#lib/live/subscribe";
import { putTestObject } from "#lib/testing/objects";
import { createTestWorkspace } from "#lib/testing/runs";
import { handleStorageEvent } from "#lib/uploads/service/handle-storage-event";
import { GOOD_APP, makeTestApp, storedUpload } from "../testing/apps.ts";
import { zipOf } from "../testing/zips.ts";
import { startApp } from "./start-app.ts";
import { startForUpload } from "./start-for-upload.ts";
import { sweepInputs } from "./sweep-inputs.ts";
import { takeInInput } from "./take-in-input.ts";

afterAll(() => closeLive());

const signal = () => new AbortController().signal;

interface Dropped {
  ctx: Ctx;
  appId: string;
  key: string;
  bytes: Buffer;
}

/** An app that takes what is dropped, and a zip that has been dropped for it. */
async function dropped(name = "job-1.zip"): Promise<Dropped> {
  const ctx = await createTestWorkspace();
  const { id: appId } = await makeTestApp(ctx, { source: GOOD_APP, takesDropped: true });
  const bytes = await zipOf({ "a.bin": randomBytes(8) });
  const key = `w/${ctx.workspaceId}/app_runner/input/${name}`;
  await putTestObject(key, bytes);
  return { ctx, appId, key, bytes };
}

type Source = (of: Dropped) => Promise<unknown>;

/** The event as it is handled: noted by the request that brings it, taken in by the job that it adds. */
const event: Source = async ({ ctx, key }) => {
  const record = { eventName: "ObjectCreated:Put", s3: { bucket: { name: process.env.S3_BUCKET! }, object: { key } } };
  await handleStorageEvent({ Records: [record] }, new Date());
  await takeInInput(ctx.workspaceId, key, signal());
};
const sweep: Source = () => sweepInputs(signal());
const api: Source = async ({ ctx, appId, bytes }) => {
  const { artifactId } = await storedUpload(ctx, bytes, "job-1.zip");
  return startApp(ctx, appId, { artifactId, params: {}, recompute: false });
};
const upload: Source = async ({ ctx, bytes }) => {
  const { uploadId } = await storedUpload(ctx, bytes, "job-1.zip");
  await systemDb().upload.update({ where: { id: uploadId }, data: { kind: "app:means" } });
  await startForUpload(ctx, uploadId);
};

const SOURCES: Readonly<Record<string, Source>> = { event, sweep, api, upload };
const PAIRS = Object.keys(SOURCES).flatMap((first) => Object.keys(SOURCES).map((second) => [first, second] as const));

const runsOf = ({ ctx }: Dropped) =>
  systemDb().run.count({ where: { workspaceId: ctx.workspaceId, algorithm: "run-app" } });

describe("one version of an input starts its app once", () => {
  test.each(PAIRS)("by %s, then by %s", async (first, second) => {
    const drop = await dropped();
    await SOURCES[first]!(drop);
    await SOURCES[second]!(drop);
    expect(await runsOf(drop)).toBe(1);
  });

  test.each(PAIRS)("by %s and %s at the same time", async (first, second) => {
    const drop = await dropped();
    await Promise.all([SOURCES[first]!(drop), SOURCES[second]!(drop)]);
    expect(await runsOf(drop)).toBe(1);
  });

  test("and another version of it once more, whoever tells of it", async () => {
    const drop = await dropped();
    await event(drop);
    await putTestObject(drop.key, await zipOf({ "a.bin": randomBytes(8) }));
    await Promise.all([event(drop), sweep(drop), event(drop)]);
    expect(await runsOf(drop)).toBe(2);
  });
});

const encoded = (key: string) => encodeURIComponent(key).replaceAll("%20", "+").replaceAll("%2F", "/");

test.each(["job 1.zip", "job+1.zip", "jöb-1.zip", "job%201.zip", "测试.zip"])(
  "an event's key is decoded as storage encodes it: %s",
  async (name) => {
    const ctx = await createTestWorkspace();
    const key = `w/${ctx.workspaceId}/app_runner/input/${name}`;
    const record = {
      eventName: "ObjectCreated:Put",
      s3: { bucket: { name: process.env.S3_BUCKET! }, object: { key: encoded(key) } },
    };
    await handleStorageEvent({ Records: [record] }, new Date());
    const [job] = await systemDb().$queryRaw<{ payload: unknown }[]>`
      select p.payload from graphile_worker._private_jobs p where p.key = ${`app-input:${key}`}`;
    expect(job?.payload).toEqual({ workspaceId: ctx.workspaceId, objectKey: key });
  },
);

test("the records of one event are each their own job, and each starts once", async () => {
  const drop = await dropped("a.zip");
  const other = drop.key.replace("a.zip", "b.zip");
  await putTestObject(other, await zipOf({ "b.bin": randomBytes(8) }));
  const record = (key: string) => ({
    eventName: "ObjectCreated:Put",
    s3: { bucket: { name: process.env.S3_BUCKET! }, object: { key } },
  });
  await handleStorageEvent({ Records: [record(drop.key), record(other), record(drop.key)] }, new Date());
  const jobs = await systemDb().$queryRaw<{ payload: { objectKey: string } }[]>`
    select p.payload from graphile_worker._private_jobs p where p.key like ${`app-input:w/${drop.ctx.workspaceId}/%`}`;
  expect(jobs.map(({ payload }) => payload.objectKey).sort()).toEqual([drop.key, other]);
  for (const { payload } of jobs) await takeInInput(drop.ctx.workspaceId, payload.objectKey, signal());
  await sweep(drop);
  expect(await runsOf(drop)).toBe(2);
});
