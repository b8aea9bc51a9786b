import type { Ctx } from "#lib/auth/context";
import { copyObject, putText } from "#lib/objects/store";
import { getRun } from "#lib/runs/service/get-run";
import { findAppExecution } from "../app-view-store.ts";
import type { AppExecution } from "../schema.ts";
import { requireFile } from "../store.ts";
import { listInputsOf } from "../input-store.ts";
import { outputKeys } from "../core/drop-keys.ts";

/** Where a mirrored file comes from, and the end of its key. */
const FILES: Readonly<Record<string, "output" | "machineLog" | "appLog" | "partial">> = {
  "output.zip": "output",
  "machine.log": "machineLog",
  "app.log": "appLog",
  "partial.zip": "partial",
};

/**
 * Answers programs that work through the bucket alone: files of this run under its own keys, copies under the job's, and
 * a small JSON that says how it ended. The copies are of the newest run; those under a run's key are never overwritten.
 */
export async function mirrorOutputs(ctx: Ctx, runId: string): Promise<void> {
  const run = await getRun(ctx, runId);
  const execution = await findAppExecution(ctx, runId);
  for (const input of await listInputsOf(ctx, run.id)) {
    const keys = outputKeys(input.objectKey, input.jobId, run.id);
    for (const { name, artifactId } of run.artifacts.filter((artifact) => artifact.direction === "output")) {
      const kind = FILES[name];
      if (!kind) continue;
      const { objectKey } = await requireFile(ctx, { artifactId });
      await copyObject(objectKey, keys.ofRun(kind));
      if (input.isNewest) await copyObject(objectKey, keys.latest(kind));
    }
    const { id, state, errorCode, errorDetail, finishedAt } = run;
    const ended = { runId: id, jobId: input.jobId, state, errorCode, errorDetail, finishedAt };
    const told = JSON.stringify({ ...ended, ...usedBy(execution) }, null, 2);
    if (input.isNewest) await putText(keys.result, told, "application/json");
  }
}

function usedBy(execution: AppExecution | null) {
  if (!execution) return {};
  const { exitCode, durationS, peakMemoryBytes, peakDiskBytes, costUsd } = execution;
  return { exitCode, durationS, peakMemoryBytes, peakDiskBytes, costUsd };
}
