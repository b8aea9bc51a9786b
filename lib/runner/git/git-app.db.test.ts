import { randomUUID } from "node:crypto";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, describe, expect, test } from "vitest";
import { closeLive } from "#lib/live/subscribe";
import { openObject } from "#lib/objects/store";
import { ChildPool } from "#lib/runs/execute/child-pool";
import { executeRun } from "#lib/runs/execute/execute-run";
import { getRun } from "#lib/runs/service/get-run";
import { createTestWorkspace } from "#lib/testing/runs";
import { startGitServer } from "../testing/git-server.ts";
import { zipOf } from "../testing/zips.ts";

const TOKEN = "deploy-token-4711-abc";
const git = await startGitServer(TOKEN);
// Read once, before the first that reads it.
Object.assign(process.env, { FIELDPORT_PRIVATE_HOSTS: git.host, FIELDPORT_RUNNER_HOSTS: git.host });
const { checkIsolation } = await import("../executors/sandbox/availability.ts");
const { findAppExecution } = await import("../app-view-store.ts");
const { createAppInput } = await import("../schema.ts");
const { changeApp } = await import("../service/change-app.ts");
const { createApp } = await import("../service/create-app.ts");
const { settleRun } = await import("../service/settle-run.ts");
const { startApp } = await import("../service/start-app.ts");
const { fetchCommit } = await import("./fetch-commit.ts");
const { requireFile } = await import("../store.ts");
const { GOOD_APP, storedUpload } = await import("../testing/apps.ts");

const { isAvailable } = await checkIsolation();
const pool = new ChildPool();
afterAll(async () => {
  pool.close();
  await git.close();
  await closeLive();
});

const create = (gitToken: string | null, ref = "main") => {
  const source = { kind: "git" as const, url: git.url, ref };
  return createAppInput.parse({ slug: "means", name: "Means", source, gitToken, manifest: { entryPoint: "main.py" } });
};

/** What everyone on the machine can read of its processes. */
async function listProcesses(): Promise<string[]> {
  const ids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  const lines = ids.map((id) => readFile(`/proc/${id}/cmdline`, "utf8").catch(() => ""));
  return (await Promise.all(lines)).map((line) => line.replaceAll("\0", " "));
}

async function filesUnder(folder: string): Promise<{ path: string; bytes: Buffer }[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return Promise.all(paths.map(async (path) => ({ path, bytes: await readFile(path) })));
}

describe.skipIf(!isAvailable)("an app from a private repository", () => {
  test(
    "is pinned to a commit, fetched by its first run, and its token shows nowhere",
    { timeout: 60_000 },
    async () => {
      const commitSha = await git.commit({ "main.py": `${GOOD_APP}\nprint("first")` });
      const ctx = await createTestWorkspace();
      const app = await createApp(ctx, create(TOKEN));
      expect(app).toMatchObject({ commitSha, gitRef: "main", hasGitToken: true, codeSha256: null });
      await git.commit({ "main.py": `${GOOD_APP}\nprint("second")` });
      const { artifactId } = await storedUpload(ctx, await zipOf({ a: "x" }), "job.zip");
      const { id } = await startApp(ctx, app.id, { artifactId, params: {}, recompute: false });
      await executeRun(id, { pool, workerId: "w1", shutdown: new AbortController().signal });
      await settleRun(ctx.workspaceId, id);
      const run = await getRun(ctx, id);
      expect(run).toMatchObject({ state: "succeeded", errorDetail: null });
      const execution = await findAppExecution(ctx, id);
      const { objectKey } = await requireFile(ctx, { artifactId: execution!.machineLogId! });
      const log = await text(await openObject(objectKey));
      expect(log).toContain("first");
      expect(JSON.stringify([log, run, execution, app])).not.toContain(TOKEN);
      const renewed = await changeApp(ctx, app.id, { source: { kind: "git", url: git.url, ref: "main" } });
      expect(renewed.revisionNo).toBe(2);
      expect(renewed.commitSha).not.toBe(commitSha);
    },
  );

  test("is fetched with a token that is in no address, no list of processes, no file and no word of Git", async () => {
    const commitSha = await git.commit({ "main.py": `${GOOD_APP}\nprint("private")` });
    const tempDir = await mkdtemp(join(tmpdir(), "git-app-"));
    const processes: string[] = [];
    const said: string[] = [];
    git.asked.length = 0;
    git.duringFetch = async () => void processes.push(...(await listProcesses()));
    try {
      const onOutput = (chunk: Buffer) => void said.push(chunk.toString());
      const work = { id: randomUUID(), tempDir, signal: new AbortController().signal, onOutput };
      await fetchCommit({ url: git.url, commitSha, token: TOKEN }, work);
      await expect(
        fetchCommit(
          { url: git.url, commitSha: "0".repeat(40), token: TOKEN },
          {
            ...work,
            tempDir: await mkdtemp(join(tempDir, "other-")),
          },
        ),
      ).rejects.toThrow("could not be fetched");
      const files = await filesUnder(tempDir);
      expect(git.asked.some((url) => url.includes("git-upload-pack"))).toBe(true);
      expect(processes.some((line) => line.includes("fetch") && line.includes(commitSha))).toBe(true);
      expect(files.some(({ path }) => path.endsWith(".git/config"))).toBe(true);
      const seen = [...git.asked, ...processes, ...said, ...files.map(({ bytes }) => bytes.toString("latin1"))];
      const encoded = Buffer.from(`x-access-token:${TOKEN}`).toString("base64");
      for (const secret of [TOKEN, encoded]) expect(seen.filter((each) => each.includes(secret))).toEqual([]);
    } finally {
      git.duringFetch = null;
      await rm(tempDir, { recursive: true, force: true });
    }
  });

  test("is refused without its token, and a branch that is not there is named", async () => {
    await git.commit({ "main.py": "print('third')" });
    const ctx = await createTestWorkspace();
    await expect(createApp(ctx, create(null))).rejects.toThrow("does not let us in");
    await expect(createApp(ctx, create(TOKEN, "nothing"))).rejects.toThrow('no branch or tag "nothing". It has main.');
  });

  test(
    "whose commit cannot be fetched fails in that step, with a log and without retries",
    { timeout: 60_000 },
    async () => {
      const ctx = await createTestWorkspace();
      const app = await createApp(ctx, create(TOKEN, "0".repeat(40)));
      const { artifactId } = await storedUpload(ctx, await zipOf({ a: "y" }), "job.zip");
      const { id } = await startApp(ctx, app.id, { artifactId, params: {}, recompute: false });
      await executeRun(id, { pool, workerId: "w1", shutdown: new AbortController().signal });
      await settleRun(ctx.workspaceId, id);
      expect(await getRun(ctx, id)).toMatchObject({ state: "failed", errorCode: "fetching_code", attempt: 1 });
      expect(await findAppExecution(ctx, id)).toMatchObject({ failedStep: "fetching_code" });
    },
  );
});
