import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { isAppError, messageOf } from "#lib/errors";
import { headObject, putText } from "#lib/objects/store";
import { RunFailure } from "#lib/runs/run-failure";
import type { SparkJob, SparkWatch } from "../place.ts";
import { cancelJob, lookAtJob, startOrFindJob, type Emr } from "./jobs-of-runs.ts";
import { fetchOutput, readDriverLog, runFolder, storeInput, storeProgram } from "./run-folder.ts";

export interface EmrPace {
  pollS: number;
  /** Without an answer for so long, the run is given back; its job goes on and is found by the next attempt. */
  silenceS: number;
  /** The service stores logs a little after a job has ended. */
  logWaitS: number;
}

export const EMR_PACE: EmrPace = { pollS: 5, silenceS: 300, logWaitS: 30 };

const ERROR_LINES_MAX = 60;
const LATER = new Set([
  ...["ThrottlingException", "TooManyRequestsException", "InternalServerException", "ServiceUnavailableException"],
  ...["ServiceQuotaExceededException", "TimeoutError", "ECONNRESET", "ECONNREFUSED", "ETIMEDOUT"],
]);

interface Course {
  job: SparkJob;
  watch: SparkWatch;
  pace: EmrPace;
}

/** One job of EMR Serverless for one run, whoever of its attempts has started it. */
export async function runOnEmr(emr: Emr, course: Course): Promise<void> {
  const { job, watch } = course;
  const folder = runFolder(job.workspaceId, job.runId);
  watch.onStep("Prepare Spark");
  const id = await begin(emr, course, folder);
  const end = await follow(emr, course, id);
  for (const line of await logOf(folder, "stdout", course.pace)) watch.log("info", line);
  if (end.state !== "SUCCESS") {
    for (const line of (await logOf(folder, "stderr", course.pace)).slice(-ERROR_LINES_MAX)) watch.log("warn", line);
    const what = end.state === "FAILED" ? "failed" : "was cancelled outside of the portal";
    throw new RunFailure("spark_failed", `Spark's job ${id} ${what}${end.detail === "" ? "." : `: ${end.detail}`}`);
  }
  watch.log("info", `${end.release} used ${end.vcpuHours ?? "unknown"} vCPU hours`);
  watch.onStep("Fetch tables");
  if ((await fetchOutput(folder, join(job.folder, "output"))) === 0)
    throw new RunFailure("missing_output", `Spark's job ${id} succeeded and wrote nothing.`);
}

async function begin(emr: Emr, { job, watch }: Course, folder: string): Promise<string> {
  try {
    const requestKey = `${folder}request.json`;
    // What an earlier attempt has asked for stands: records may have arrived since, and the job reads the older ones.
    if (!(await headObject(requestKey))) await storeRequest(emr, job, { folder, requestKey });
    watch.signal.throwIfAborted();
    const { runId, workspaceId, timeoutS } = job;
    const programKey = await storeProgram(job.script);
    const request = { ...{ runId, workspaceId, timeoutS }, ...{ programKey, requestKey, folder } };
    const { id, isNew } = await startOrFindJob(emr, request, new Date());
    watch.log("info", `${isNew ? "Started" : "Found again"} job ${id} of application ${emr.applicationId}`);
    return id;
  } catch (error) {
    if (watch.signal.aborted || isAppError(error)) throw error;
    const name = error instanceof Error ? error.name : "unknown";
    const isTemporary = LATER.has(name) || LATER.has(codeOf(error));
    const detail = `EMR Serverless took no job (${name}): ${messageOf(error)}`;
    throw new RunFailure("spark_not_started", detail, { isTemporary, cause: error });
  }
}

const codeOf = (error: unknown) => (error instanceof Error && "code" in error ? String(error.code) : "");

async function storeRequest(emr: Emr, job: SparkJob, { folder, requestKey }: { folder: string; requestKey: string }) {
  const address = (key: string) => `s3://${emr.bucket}/${key}`;
  const inputs: string[] = [];
  for (const [index, input] of job.inputs.entries()) inputs.push(address(await storeInput(folder, input, index)));
  const addresses = { inputs, output: address(`${folder}out`), kept: address(`${folder}kept`) };
  await putText(requestKey, JSON.stringify(job.request(addresses)), "application/json");
}

type Seen = Awaited<ReturnType<typeof lookAtJob>>;

/** Until the job has ended. Stopped: the job is told to end first; whatever then goes wrong, the reaper ends it. */
async function follow(emr: Emr, { watch, pace }: Course, id: string): Promise<Seen> {
  let heardMs = performance.now();
  let last = "";
  for (;;) {
    if (watch.signal.aborted) {
      watch.log("warn", `Job ${id} is told to end`);
      await cancelJob(emr, id);
      watch.signal.throwIfAborted();
    }
    try {
      const seen = await lookAtJob(emr, id);
      heardMs = performance.now();
      if (seen.state !== last) {
        watch.log("info", `Job ${id}: ${seen.state.toLowerCase()}`);
        watch.onStep(seen.state === "RUNNING" ? "Compute on Spark" : "Wait for Spark");
      }
      last = seen.state;
      if (seen.state === "SUCCESS" || seen.state === "FAILED" || seen.state === "CANCELLED") return seen;
    } catch (error) {
      watch.log("warn", `Job ${id} could not be looked at, which is tried again: ${messageOf(error)}`);
      if (performance.now() - heardMs > pace.silenceS * 1000) {
        const detail = `Nothing was heard of Spark's job ${id} for ${pace.silenceS} s.`;
        throw new RunFailure("lost", detail, { isTemporary: true, cause: error });
      }
    }
    await delay(pace.pollS * 1000, undefined, { signal: watch.signal }).catch(() => undefined);
  }
}

async function logOf(folder: string, stream: "stdout" | "stderr", { logWaitS }: EmrPace): Promise<string[]> {
  const until = performance.now() + logWaitS * 1000;
  for (;;) {
    const lines = await readDriverLog(folder, stream).catch((error: unknown) => [messageOf(error)]);
    if (lines.length > 0 || performance.now() >= until) return lines;
    await delay(Math.min(2000, logWaitS * 500));
  }
}
