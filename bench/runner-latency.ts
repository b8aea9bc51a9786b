import { randomBytes } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { createApiKey } from "#lib/auth/service/api-keys";
import type { Ctx } from "#lib/auth/context";
import { systemDb } from "#lib/db/client";
import { quantile } from "#lib/math/quantile";
import { makeTestApp, storedUpload } from "#lib/runner/testing/apps";
import { zipOf } from "#lib/runner/testing/zips";
import { createdRun, isLive } from "#lib/runs/schema";
import { getRun } from "#lib/runs/service/get-run";
import { postPatiently } from "#lib/testing/chaos/portal-client";
import { putTestObject } from "#lib/testing/objects";
import { env } from "#lib/env";
import { tinyWheel, TINY_WHEEL } from "./runner/tiny-wheel.ts";
import { inScratchWorkspace } from "./scratch-workspace.ts";

const RUNS = 20;
/** Between two runs, so that the next process has been booted ahead as it is in ordinary use. */
const PAUSE_MS = 2_000;
const SLUG = "latency";
/** Says when it said its first line, by the clock of the machine that the trigger's time is from, too. */
const SOURCE = `import time
print(f"said {time.time() * 1000:.0f}", flush=True)
import os, shutil, tiny
shutil.copy(os.environ["FIELDPORT_INPUT"], os.environ["FIELDPORT_OUTPUT"])
`;

interface Times {
  /** From the trigger until the app said its first line, until a viewer had it, and until the end; milliseconds. */
  said: number[];
  seen: number[];
  ended: number[];
}

/** From a trigger to the first line of an app whose packages are installed: over the API, and dropped in the bucket. */
export function run(): Promise<Record<string, unknown>> {
  return inScratchWorkspace(async (ctx) => {
    const url = `${env().FIELDPORT_URL ?? ""}/api/v1`;
    const { key } = await createApiKey(ctx, {
      name: "bench",
      scopes: ["runs:create", "runs:read"],
      expiresInDays: null,
    });
    const site = { url: env().FIELDPORT_URL ?? "", apiKey: key, deadline: AbortSignal.timeout(600_000) };
    const files = { "requirements.txt": `./${TINY_WHEEL}\n`, [TINY_WHEEL]: await tinyWheel() };
    const manifest = { requirements: "requirements.txt", timeout: "60s" };
    const { id: appId } = await makeTestApp(ctx, { slug: SLUG, source: SOURCE, manifest, files });
    const byApi = async () => {
      const { uploadId } = await storedUpload(ctx, await freshInput(), "job.zip");
      const atMs = Date.now();
      return {
        atMs,
        runId: createdRun.parse(await postPatiently(site, `/runner/apps/${appId}/runs`, { uploadId })).id,
      };
    };
    const first = await follow(ctx, { url, key }, byApi);
    const api = await times(() => follow(ctx, { url, key }, byApi));
    const dropped = await times((index) => follow(ctx, { url, key }, () => byDrop(ctx, index)));
    return {
      runs: RUNS,
      installingFirstMs: first.said,
      apiToFirstLineMs: spread(api.said),
      apiToViewerMs: spread(api.seen),
      apiToEndMs: spread(api.ended),
      dropToFirstLineMs: spread(dropped.said),
      dropToViewerMs: spread(dropped.seen),
      stepsMsP50: await stepTimes(ctx),
    };
  });
}

const freshInput = () => zipOf({ "a.bin": randomBytes(16) });

async function byDrop(ctx: Ctx, index: number): Promise<{ atMs: number; runId: string }> {
  const objectKey = `w/${ctx.workspaceId}/app_runner/${SLUG}/input/job-${index}.zip`;
  const bytes = await freshInput();
  const atMs = Date.now();
  await putTestObject(objectKey, bytes);
  for (;;) {
    const input = await systemDb().appInput.findFirst({ where: { objectKey, runId: { not: null } } });
    if (input?.runId) return { atMs, runId: input.runId };
    await pause(5);
  }
}

interface Viewer {
  url: string;
  key: string;
}

async function follow(ctx: Ctx, { url, key }: Viewer, trigger: () => Promise<{ atMs: number; runId: string }>) {
  const { atMs, runId } = await trigger();
  const headers = { authorization: `Bearer ${key}`, accept: "text/event-stream" };
  const response = await fetch(`${url}/runs/${runId}/log`, { headers });
  let heard = "";
  let seen = NaN;
  for await (const chunk of response.body ?? []) {
    heard += Buffer.from(chunk).toString();
    if (Number.isNaN(seen) && /said \d+/.test(heard)) seen = Date.now() - atMs;
  }
  const saidMs = Number(/said (\d+)/.exec(heard)?.[1] ?? NaN);
  const { state, finishedAt, errorDetail } = await getRun(ctx, runId);
  if (isLive(state) || state !== "succeeded") throw new Error(`the run ended as ${state}: ${errorDetail ?? ""}`);
  return { said: saidMs - atMs, seen, ended: Date.parse(finishedAt ?? "") - atMs };
}

async function times(once: (index: number) => Promise<{ said: number; seen: number; ended: number }>): Promise<Times> {
  const all: Times = { said: [], seen: [], ended: [] };
  for (let index = 0; index < RUNS; index += 1) {
    await pause(PAUSE_MS);
    const { said, seen, ended } = await once(index);
    all.said.push(said);
    all.seen.push(seen);
    all.ended.push(ended);
  }
  return all;
}

function spread(ms: readonly number[]) {
  return { p50: Math.round(quantile(ms, 0.5)), p95: Math.round(quantile(ms, 0.95)), max: Math.max(...ms) };
}

/** Where the time goes: from the queue to the worker, and each step. */
async function stepTimes({ workspaceId }: Ctx): Promise<Record<string, number>> {
  const rows = await systemDb().$queryRaw<{ name: string; ms: number }[]>`
    select name, percentile_cont(0.5) within group (order by extract(epoch from finished_at - started_at) * 1000)::float8 as ms
      from run_steps where workspace_id = ${workspaceId}::uuid group by name
    union all select '(taken by a worker)', percentile_cont(0.5) within group (order by extract(epoch from started_at - queued_at) * 1000)::float8
      from runs where workspace_id = ${workspaceId}::uuid
    union all select '(first step)', percentile_cont(0.5) within group (order by extract(epoch from s.started_at - r.started_at) * 1000)::float8
      from runs r join run_steps s on s.run_id = r.id and s.ordinal = 0 where r.workspace_id = ${workspaceId}::uuid`;
  return Object.fromEntries(rows.map(({ name, ms }) => [name, Math.round(ms)]));
}
