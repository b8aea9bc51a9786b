import { setTimeout as delay } from "node:timers/promises";
import { text } from "node:stream/consumers";
import { afterAll, describe, expect, test } from "vitest";
import type { Ctx } from "#lib/auth/context";
import { closeLive } from "#lib/live/subscribe";
import { openObject } from "#lib/objects/store";
import { ChildPool } from "#lib/runs/execute/child-pool";
import { executeRun } from "#lib/runs/execute/execute-run";
import type { RunDetail } from "#lib/runs/schema";
import { cancelRun } from "#lib/runs/service/cancel-run";
import { getRun } from "#lib/runs/service/get-run";
import { listRunLog } from "#lib/runs/store";
import { createTestWorkspace } from "#lib/testing/runs";
import { findAppExecution } from "../app-view-store.ts";
import { checkIsolation } from "../executors/sandbox/availability.ts";
import type { AppExecution } from "../schema.ts";
import { settleRun } from "../service/settle-run.ts";
import { startApp } from "../service/start-app.ts";
import { requireFile } from "../store.ts";
import { GOOD_APP, makeTestApp, storedUpload } from "../testing/apps.ts";
import { zipOf } from "../testing/zips.ts";

const { isAvailable } = await checkIsolation();
const pool = new ChildPool();
afterAll(async () => {
  pool.close();
  await closeLive();
});

const tools = () => ({ pool, workerId: "w1", shutdown: new AbortController().signal });
const start = { params: {}, recompute: false };

interface Ended {
  ctx: Ctx;
  run: RunDetail;
  execution: AppExecution;
  log: string;
}

async function readFile(ctx: Ctx, artifactId: string): Promise<string> {
  return text(await openObject((await requireFile(ctx, { artifactId })).objectKey));
}

async function ended(ctx: Ctx, runId: string): Promise<Ended> {
  await settleRun(ctx.workspaceId, runId);
  const [run, execution] = [await getRun(ctx, runId), (await findAppExecution(ctx, runId))!];
  return { ctx, run, execution, log: await readFile(ctx, execution.machineLogId!) };
}

interface Tried {
  source: string;
  manifest?: object;
  secrets?: Record<string, string>;
  input?: Buffer;
  params?: Record<string, string | number>;
}

/** Registers an app, runs it on an input and settles it, as worker and jobs do. */
async function tryApp({ input, params = {}, ...app }: Tried): Promise<Ended> {
  const ctx = await createTestWorkspace();
  const { id: appId } = await makeTestApp(ctx, app);
  const { uploadId } = await storedUpload(ctx, input ?? (await zipOf({ "a.csv": "1,2\n" })), "job.zip");
  const { id } = await startApp(ctx, appId, { ...start, uploadId, params });
  await executeRun(id, tools());
  return ended(ctx, id);
}

describe.skipIf(!isAvailable)("a run of an app", () => {
  test("brings back output, logs and figures, and the same again is not computed again", async () => {
    const source = `${GOOD_APP}
import json
print(json.load(open(os.environ["FIELDPORT_PARAMETERS"])))
open("app.log", "w").write("all well")`;
    const parameters = [{ name: "windowMin", type: "integer", default: 10 }];
    const { ctx, run, execution, log } = await tryApp({ source, manifest: { log: "app.log", parameters } });
    expect(run).toMatchObject({ state: "succeeded", errorDetail: null, params: { windowMin: 10 } });
    expect(run.steps.map(({ name }) => name)).toEqual([
      ...["fetching_input", "fetching_code", "provisioning", "booting", "running"],
      ...["uploading_output", "uploading_logs", "Write result"],
    ]);
    expect(execution).toMatchObject({ exitCode: 0, failedStep: null, executor: "sandbox", isLogTruncated: false });
    expect(execution.peakMemoryBytes).toBeGreaterThan(1_000_000);
    expect(execution.peakDiskBytes).toBeGreaterThan(0);
    expect(log).toContain("reading /job/app/input.zip");
    expect(log).toContain("{'windowMin': 10}");
    expect(await readFile(ctx, execution.appLog!)).toBe("all well");
    expect((await requireFile(ctx, { artifactId: execution.outputId! })).fileName).toBe("job.zip");
    const lines = await listRunLog(ctx, run.id, { after: 0, limit: 100 });
    expect(lines.map((line) => line.text)).toContain("reading /job/app/input.zip");
    const { appId, artifactId } = run.inputs as { appId: string; artifactId: string };
    const again = await startApp(ctx, appId, { ...start, artifactId, params: { windowMin: 10 } });
    expect(again).toMatchObject({ id: run.id, origin: "stored" });
  });

  test.each<[string, Tried, { errorCode: string; state?: string; failedStep: string; exitCode?: number }]>([
    [
      "exits with an error",
      { source: "print('why')\nraise SystemExit(7)" },
      { errorCode: "app_failed", failedStep: "running", exitCode: 7 },
    ],
    ["writes no output", { source: "print('why')" }, { errorCode: "missing_output", failedStep: "uploading_output" }],
    [
      "writes an empty output",
      { source: "print('why')\nopen('output.zip', 'w')" },
      { errorCode: "invalid_output", failedStep: "uploading_output" },
    ],
    [
      "writes something else as output",
      { source: "print('why')\nopen('output.zip', 'w').write('no zip at all, this is a text')" },
      { errorCode: "invalid_output", failedStep: "uploading_output" },
    ],
    [
      "leaves a link for an output",
      { source: "print('why')\nimport os\nos.symlink('/etc/passwd', 'output.zip')" },
      { errorCode: "invalid_output", failedStep: "uploading_output" },
    ],
    [
      "does not end in time",
      { source: "import time\nprint('why', flush=True)\ntime.sleep(60)", manifest: { timeout: "8s" } },
      { errorCode: "timed_out", state: "timed_out", failedStep: "running" },
    ],
    [
      "uses up its memory",
      {
        source: "print('why', flush=True)\nx = []\nwhile True: x.append(bytearray(10**6))",
        manifest: { memoryMb: 96 },
      },
      { errorCode: "out_of_memory", failedStep: "running" },
    ],
    [
      "names an entry point that is not there",
      { source: "", manifest: { entryPoint: "other.py" } },
      { errorCode: "fetching_code", failedStep: "fetching_code" },
    ],
    [
      "names a secret that is not stored",
      { source: "", manifest: { secrets: ["API_KEY"] } },
      { errorCode: "missing_secret", failedStep: "" },
    ],
    [
      "is given no zip",
      { source: "", input: Buffer.from("hello") },
      { errorCode: "invalid_input", failedStep: "fetching_input" },
    ],
    [
      "wants a Python that is not there",
      { source: "", manifest: { python: "3.99" } },
      { errorCode: "provisioning", failedStep: "provisioning" },
    ],
  ])("whose app %s fails in one final state, says why, and has a log", async (_what, tried, expected) => {
    const { run, execution, log } = await tryApp(tried);
    const { state = "failed", errorCode, failedStep, exitCode = execution.exitCode } = expected;
    expect(run).toMatchObject({ state, errorCode });
    expect(execution).toMatchObject({ failedStep, exitCode, outputId: null });
    expect(execution.settledAt).not.toBeNull();
    expect(log).toContain(run.state === "timed_out" ? "stopped" : run.errorDetail);
    if (tried.source.includes("why")) expect(log).toContain("why\n");
  });

  test("keeps what a failed app had written so far", async () => {
    const { ctx, execution } = await tryApp({ source: "open('output.zip', 'w').write('half')\nraise SystemExit(1)" });
    expect(await readFile(ctx, execution.partialId!)).toBe("half");
    expect(execution).toMatchObject({ outputId: null, appLog: "none" });
  });

  test("never shows a secret: not in logs, not in files of logs, not in answers", async () => {
    const value = "hunter2-hunter2/x";
    const source = `
import os, base64, sys
print("key", os.environ["API_KEY"], base64.b64encode(os.environ["API_KEY"].encode()).decode(), flush=True)
open("app.log", "w").write("key=" + os.environ["API_KEY"])
raise ValueError(os.environ["API_KEY"])`;
    const tried = { source, manifest: { secrets: ["API_KEY"], log: "app.log" }, secrets: { API_KEY: value } };
    const { ctx, run, execution, log } = await tryApp(tried);
    const lines = await listRunLog(ctx, run.id, { after: 0, limit: 1000 });
    const seen = JSON.stringify([run, execution, log, lines, await readFile(ctx, execution.appLog!)]);
    expect(log).toContain("ValueError: •••");
    expect(seen).not.toContain("hunter2");
    expect(seen).not.toContain(Buffer.from(value).toString("base64").slice(0, 12));
  });

  test("is cancelled while it runs: the app may tidy up, the log stays", async () => {
    const ctx = await createTestWorkspace();
    const source = `
import signal, sys, time
def end(*_):
    print("tidied up", flush=True)
    sys.exit(0)
signal.signal(signal.SIGTERM, end)
print("up", flush=True)
time.sleep(60)`;
    const { id: appId } = await makeTestApp(ctx, { source });
    const { uploadId } = await storedUpload(ctx, await zipOf({ a: "x" }), "job.zip");
    const { id } = await startApp(ctx, appId, { ...start, uploadId });
    const running = executeRun(id, tools());
    for (let tries = 0; tries < 200; tries++) {
      const lines = await listRunLog(ctx, id, { after: 0, limit: 100 });
      if (lines.some((line) => line.text === "up")) break;
      await delay(50);
    }
    await cancelRun(ctx, id);
    await running;
    const { run, log } = await ended(ctx, id);
    expect(run).toMatchObject({ state: "cancelled", errorCode: null });
    expect(log).toContain("tidied up");
  });

  test("has a log even when it was cancelled before anything took it", async () => {
    const ctx = await createTestWorkspace();
    const { id: appId } = await makeTestApp(ctx, { source: GOOD_APP });
    const { uploadId } = await storedUpload(ctx, await zipOf({ a: "x" }), "job.zip");
    const { id } = await startApp(ctx, appId, { ...start, uploadId });
    await cancelRun(ctx, id);
    expect((await ended(ctx, id)).log).toContain("ended as cancelled");
  });
});
