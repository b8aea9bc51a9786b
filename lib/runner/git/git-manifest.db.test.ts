import { randomBytes } from "node:crypto";
import { afterAll, describe, expect, test, vi } from "vitest";
import type { Ctx } from "#lib/auth/context";
import { systemDb } from "#lib/db/client";
import { closeLive } from "#lib/live/subscribe";
import { ChildPool } from "#lib/runs/execute/child-pool";
import { executeRun } from "#lib/runs/execute/execute-run";
import { getRun } from "#lib/runs/service/get-run";
import { putTestObject } from "#lib/testing/objects";
import { createTestWorkspace } from "#lib/testing/runs";
import { startGitServer } from "../testing/git-server.ts";
import { zipOf } from "../testing/zips.ts";

const TOKEN = "deploy-token-0815-xyz";
const git = await startGitServer(TOKEN);
const goneGit = await startGitServer(TOKEN);
const hosts = `${git.host},${goneGit.host}`;
// Read once, before the first that reads it.
Object.assign(process.env, { FIELDPORT_PRIVATE_HOSTS: hosts, FIELDPORT_RUNNER_HOSTS: hosts });
const { checkIsolation } = await import("../executors/sandbox/availability.ts");
const { findReading } = await import("../reading-store.ts");
const { createAppInput } = await import("../schema.ts");
const { changeApp } = await import("../service/change-app.ts");
const { createApp } = await import("../service/create-app.ts");
const { getApp } = await import("../service/get-app.ts");
const { readManifest } = await import("../service/read-manifest.ts");
const { startApp } = await import("../service/start-app.ts");
const { sweepInputs } = await import("../service/sweep-inputs.ts");
const { GOOD_APP, storedUpload } = await import("../testing/apps.ts");

vi.setConfig({ testTimeout: 60_000 });

const { isAvailable } = await checkIsolation();
const pool = new ChildPool();
afterAll(async () => {
  pool.close();
  await git.close();
  await closeLive();
});

const fileOf = (members: object) => JSON.stringify({ entryPoint: "main.py", ...members });
const commit = (manifest: string) => git.commit({ "main.py": GOOD_APP, "fieldport.json": manifest });
const source = (url = git.url) => ({ kind: "git" as const, url, ref: "main" });

const create = (ctx: Ctx, url = git.url) =>
  createApp(
    ctx,
    createAppInput.parse({
      ...{ slug: "means", name: "Means", source: source(url), gitToken: TOKEN, takesDropped: true },
    }),
  );

/** What the worker does with the reading that the app waits for. */
async function read(ctx: Ctx, appId: string, { isLastTry = false } = {}) {
  const reading = await findReading(ctx, appId);
  await readManifest(ctx, { appId, readingId: reading!.id }, { signal: new AbortController().signal, isLastTry });
  return getApp(ctx, appId);
}

describe.skipIf(!isAvailable)("the fieldport.json of a private repository", () => {
  test("is read by a worker: until then nothing runs, afterwards runs are of that commit and file", async () => {
    const commitSha = await commit(fileOf({ timeout: "3m" }));
    const ctx = await createTestWorkspace();
    const app = await create(ctx);
    expect(app).toMatchObject({ revisionId: null, manifest: null, commitSha, manifestFrom: "code" });
    expect(app.reading).toMatchObject({ state: "reading", commitSha, gitRef: "main", detail: null });
    const { id: readingId } = (await findReading(ctx, app.id))!;
    const jobs = await systemDb().$queryRaw<{ payload: unknown }[]>`
      select p.payload from graphile_worker._private_jobs p where p.key = ${`read-app-manifest:${readingId}`}`;
    expect(jobs).toEqual([{ payload: { workspaceId: ctx.workspaceId, appId: app.id, readingId } }]);

    const { artifactId } = await storedUpload(ctx, await zipOf({ "a.bin": randomBytes(8) }), "job.zip");
    const start = () => startApp(ctx, app.id, { artifactId, params: {}, recompute: false });
    await expect(start()).rejects.toMatchObject({ code: "unprocessable" });
    await putTestObject(`w/${ctx.workspaceId}/app_runner/input/7.zip`, await zipOf({ "b.bin": randomBytes(8) }));
    await sweepInputs(new AbortController().signal);
    expect(await systemDb().appInput.count({ where: { workspaceId: ctx.workspaceId } })).toBe(0);

    const ready = await read(ctx, app.id);
    expect(ready).toMatchObject({ revisionNo: 1, reading: null, commitSha, manifestFrom: "code" });
    expect(ready.manifest?.timeout).toBe("3m");
    expect(ready.codeSha256).not.toBeNull();
    expect(JSON.stringify([app, ready])).not.toContain(TOKEN);
    // What was dropped meanwhile is not lost.
    await sweepInputs(new AbortController().signal);
    expect(await systemDb().appInput.count({ where: { workspaceId: ctx.workspaceId, runId: { not: null } } })).toBe(1);

    await commit(fileOf({ timeout: "4m" }));
    const asked = git.asked.length;
    const { id } = await start();
    await executeRun(id, { pool, workerId: "w1", shutdown: new AbortController().signal });
    expect(await getRun(ctx, id)).toMatchObject({ state: "succeeded", errorDetail: null });
    expect(git.asked.length).toBe(asked);

    const moved = await changeApp(ctx, app.id, { source: source() });
    expect(moved).toMatchObject({ revisionNo: 1, manifest: { timeout: "3m" }, reading: { state: "reading" } });
    expect(await read(ctx, app.id)).toMatchObject({ revisionNo: 2, manifest: { timeout: "4m" }, reading: null });
  });

  test.each<[string, string | null, { pointer: string; detail: string }[], string]>([
    [
      "says where it is wrong",
      fileOf({ timeout: "soon", memoryMb: 1 }),
      [
        { pointer: "/timeout", detail: 'a number and s, m or h, such as "60s", "15m" or "8h"' },
        { pointer: "/memoryMb", detail: expect.any(String) as string },
      ],
      "cannot be used",
    ],
    ["is no JSON", "{", [], "is no valid JSON"],
    ["is too large", " ".repeat(2 ** 20 + 1), [], "fieldport.json is larger than"],
  ])("that %s leaves the app as it was, until it is corrected and read again", async (_, wrong, problems, detail) => {
    const ctx = await createTestWorkspace();
    await commit(fileOf({ timeout: "5m" }));
    const { id } = await create(ctx);
    await read(ctx, id);
    await commit(wrong ?? "");
    await changeApp(ctx, id, { source: source() });
    const failed = await read(ctx, id);
    expect(failed).toMatchObject({
      revisionNo: 1,
      manifest: { timeout: "5m" },
      reading: { state: "failed", problems },
    });
    expect(failed.reading?.detail).toContain(detail);
    await commit(fileOf({ timeout: "6m" }));
    await changeApp(ctx, id, { source: source() });
    expect(await read(ctx, id)).toMatchObject({ revisionNo: 2, manifest: { timeout: "6m" }, reading: null });
  });

  test("that is not there is said; what is entered instead is for that commit", async () => {
    const ctx = await createTestWorkspace();
    await commit(fileOf({}));
    const { id } = await create(ctx);
    const commitSha = await git.remove("fieldport.json");
    await changeApp(ctx, id, { source: source() });
    const { reading } = await read(ctx, id);
    expect(reading).toMatchObject({ state: "failed", commitSha });
    expect(reading?.detail).toContain("has no fieldport.json");
    const entered = await changeApp(ctx, id, {
      manifest: createAppInput.shape.manifest.parse({ entryPoint: "main.py" }),
    });
    expect(entered).toMatchObject({ revisionNo: 1, commitSha, manifestFrom: "form", reading: null });
  });

  test("is not read with a token that was taken away, and is with another", async () => {
    const ctx = await createTestWorkspace();
    await commit(fileOf({}));
    const { id } = await create(ctx);
    git.tokens.delete(TOKEN);
    try {
      const refused = await read(ctx, id);
      expect(refused.reading).toMatchObject({ state: "failed", problems: [] });
      expect(refused.reading?.detail).toContain("Check the address and the deploy token");
      git.tokens.add("another-token-1");
      await changeApp(ctx, id, { gitToken: "another-token-1", source: source() });
      expect(await read(ctx, id)).toMatchObject({ revisionNo: 1, reading: null });
    } finally {
      git.tokens.add(TOKEN);
    }
  });

  test("is asked for again while its host does not answer, and at last that is said", async () => {
    const ctx = await createTestWorkspace();
    await goneGit.commit({ "main.py": GOOD_APP, "fieldport.json": fileOf({}) });
    const { id } = await create(ctx, goneGit.url);
    await goneGit.close();
    await expect(read(ctx, id)).rejects.toThrow("could not be fetched");
    const { reading } = await getApp(ctx, id);
    expect(reading).toMatchObject({ state: "reading" });
    expect(reading?.detail).toContain("could not be fetched");
    await expect(read(ctx, id, { isLastTry: true })).rejects.toThrow("could not be fetched");
    expect((await getApp(ctx, id)).reading).toMatchObject({ state: "failed" });
  });

  test("of an earlier request no longer counts", async () => {
    const ctx = await createTestWorkspace();
    await commit(fileOf({ timeout: "7m" }));
    const { id } = await create(ctx);
    const earlier = (await findReading(ctx, id))!.id;
    await commit(fileOf({ timeout: "8m" }));
    await changeApp(ctx, id, { source: source() });
    const work = { signal: new AbortController().signal, isLastTry: true };
    await readManifest(ctx, { appId: id, readingId: earlier }, work);
    expect(await getApp(ctx, id)).toMatchObject({ revisionNo: null, reading: { state: "reading" } });
    expect(await read(ctx, id)).toMatchObject({ revisionNo: 1, manifest: { timeout: "8m" } });
  });
});
