import { readFileSync } from "node:fs";
import { randomBytes } from "node:crypto";
import { createApiKey } from "#lib/auth/service/api-keys";
import { env } from "#lib/env";
import { findAppExecution } from "#lib/runner/app-view-store";
import { startApp } from "#lib/runner/service/start-app";
import { makeTestApp, storedUpload } from "#lib/runner/testing/apps";
import { zipOf } from "#lib/runner/testing/zips";
import { getRun } from "#lib/runs/service/get-run";
import { inScratchPortal } from "./scratch-workspace.ts";

const LOG_MB = "100";
const LOOK_MS = 50;
const sourceOf = (logMb: number) => `import os, shutil, sys
lines = ("x" * 99 + "\\n") * 10_000
for _ in range(${logMb}): sys.stdout.write(lines)
shutil.copy(os.environ["FIELDPORT_INPUT"], os.environ["FIELDPORT_OUTPUT"])
`;

/**
 * 100 MB of log (or as many as are asked for) while somebody follows it, and what that takes of worker, run process and
 * web process. With 0 it is what they take anyway.
 */
export function run({ args: [size = LOG_MB] }: { args: string[] }): Promise<Record<string, unknown>> {
  const logMb = Number(size);
  return inScratchPortal(async (ctx, stack) => {
    const { key } = await createApiKey(ctx, { name: "bench", scopes: ["runs:read"], expiresInDays: null });
    const { id: appId } = await makeTestApp(ctx, { source: sourceOf(logMb), manifest: { timeout: "5m" } });
    const { uploadId } = await storedUpload(ctx, await zipOf({ "a.bin": randomBytes(16) }), "job.zip");
    const memory = watchMemory(() => ({
      web: [stack.pidOf("web")],
      worker: [stack.pidOf("worker")],
      run: stack.runChildren(),
    }));
    const startedMs = performance.now();
    const { id: runId } = await startApp(ctx, appId, { uploadId, params: {}, recompute: false });
    const url = `${env().FIELDPORT_URL ?? ""}/api/v1/runs/${runId}/log`;
    const headers = { authorization: `Bearer ${key}` };
    const followedBytes = await count(await fetch(url, { headers: { ...headers, accept: "text/event-stream" } }));
    const seconds = (performance.now() - startedMs) / 1000;
    const { state, errorDetail } = await getRun(ctx, runId);
    if (state !== "succeeded") throw new Error(`the run ended as ${state}: ${errorDetail ?? ""}`);
    const peaks = memory.stop();
    const execution = await findAppExecution(ctx, runId);
    return {
      logMb,
      seconds: Math.round(seconds * 10) / 10,
      followedMb: Math.round(followedBytes / 1e5) / 10,
      isShortened: execution?.isLogTruncated,
      ...peaks,
    };
  });
}

async function count(response: Response): Promise<number> {
  let bytes = 0;
  for await (const chunk of response.body ?? []) bytes += (chunk as Uint8Array).length;
  return bytes;
}

type Pids = Record<string, (number | undefined)[]>;

/** Highest resident memory of each kind of process, and how much that is above what it was at the beginning; MB. */
function watchMemory(list: () => Pids) {
  const first: Record<string, number> = {};
  const peaks: Record<string, number> = {};
  const look = () => {
    for (const [kind, pids] of Object.entries(list())) {
      const mb = Math.max(0, ...pids.map((pid) => (pid === undefined ? 0 : residentMb(pid))));
      first[kind] ??= mb;
      peaks[kind] = Math.max(peaks[kind] ?? 0, mb);
    }
  };
  look();
  const timer = setInterval(look, LOOK_MS);
  return {
    stop: () => {
      clearInterval(timer);
      const figures = Object.entries(peaks).map(([kind, mb]) => [
        kind,
        { peakMb: Math.round(mb), grownMb: Math.round(mb - (first[kind] ?? 0)) },
      ]);
      return Object.fromEntries(figures) as Record<string, { peakMb: number; grownMb: number }>;
    },
  };
}

function residentMb(pid: number): number {
  try {
    return Number(/^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}
