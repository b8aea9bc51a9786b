import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, expect, test } from "vitest";
import { closeLive } from "#lib/live/subscribe";
import { openObject } from "#lib/objects/store";
import { ChildPool } from "#lib/runs/execute/child-pool";
import { executeRun } from "#lib/runs/execute/execute-run";
import { getRun } from "#lib/runs/service/get-run";
import { getRunResult } from "#lib/runs/service/get-run-result";
import { repositoryRoot } from "#lib/stack/repository-root";
import { createTestWorkspace } from "#lib/testing/runs";
import { buffer } from "node:stream/consumers";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { checkIsolation } from "./executors/sandbox/availability.ts";
import { readZipText } from "./files/safe-zip.ts";
import { runAppResult } from "./run-app/schema.ts";
import { createAppInput } from "./schema.ts";
import { createApp } from "./service/create-app.ts";
import { startApp } from "./service/start-app.ts";
import { requireFile } from "./store.ts";
import { storedUpload } from "./testing/apps.ts";
import { zipOf } from "./testing/zips.ts";

const { isAvailable } = await checkIsolation();
const folder = join(repositoryRoot, "examples", "hourly-means");
const pool = new ChildPool();
afterAll(async () => {
  pool.close();
  await closeLive();
});

const filesOf = async (...names: string[]) =>
  Object.fromEntries(await Promise.all(names.map(async (name) => [name, await readFile(join(folder, name))] as const)));

test.skipIf(!isAvailable)("the example does what its README says", { timeout: 60_000 }, async () => {
  const ctx = await createTestWorkspace();
  const code = await zipOf(await filesOf("main.py", "fieldport.json", "requirements.txt"));
  const { uploadId } = await storedUpload(ctx, code, "hourly-means.zip");
  const source = { kind: "bundle" as const, uploadId };
  const app = await createApp(ctx, createAppInput.parse({ slug: "hourly-means", name: "Hourly means", source }));
  const input = await zipOf({ "garden.csv": await readFile(join(folder, "sample", "garden.csv")), "notes.txt": "x" });
  const stored = await storedUpload(ctx, input, "garden.zip");
  const { id } = await startApp(ctx, app.id, { uploadId: stored.uploadId, params: {}, recompute: false });
  await executeRun(id, { pool, workerId: "w1", shutdown: new AbortController().signal });
  expect(await getRun(ctx, id)).toMatchObject({ state: "succeeded", errorDetail: null, title: "Hourly means, garden" });
  const { output } = runAppResult.parse((await getRunResult(ctx, id)).result);
  expect(output.files.map(({ path }) => path)).toEqual(["garden-hourly.csv"]);
  const { objectKey } = await requireFile(ctx, { artifactId: output.artifactId! });
  const scratch = await mkdtemp(join(tmpdir(), "example-"));
  await writeFile(join(scratch, "output.zip"), await buffer(await openObject(objectKey)));
  expect(await readZipText(join(scratch, "output.zip"), "garden-hourly.csv", "The output")).toBe(
    "hour,mean,values\n2026-03-01T00:00:00+00:00,4.2,2\n2026-03-01T01:00:00+00:00,5.2,2\n",
  );
  await rm(scratch, { recursive: true });
});

test.skipIf(!isAvailable)("the example's own tests pass", async () => {
  const { stderr } = await promisify(execFile)("/usr/bin/python3", ["-B", "-m", "unittest"], { cwd: folder });
  expect(stderr).toMatch(/Ran 3 tests[\s\S]*OK/);
});
