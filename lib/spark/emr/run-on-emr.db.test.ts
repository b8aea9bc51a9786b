import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { gzipSync } from "node:zlib";
import { EMRServerlessClient } from "@aws-sdk/client-emr-serverless";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { newId } from "#lib/ids";
import { openObject, putFile, putText } from "#lib/objects/store";
import type { SparkJob } from "../place.ts";
import { startFakeEmr, type FakeEmr, type FakeJob } from "../testing/fake-emr.ts";
import type { Emr } from "./jobs-of-runs.ts";
import { runFolder } from "./run-folder.ts";
import { runOnEmr } from "./run-on-emr.ts";

const PACE = { pollS: 0.01, silenceS: 0.2, logWaitS: 0 };
const workspaceId = newId();

let fake: FakeEmr;
let folder: string;
beforeEach(async () => {
  fake = await startFakeEmr();
  folder = await mkdtemp(join(tmpdir(), "fieldport-emr-"));
  await writeFile(join(folder, "program.py"), "print('spark')");
});
afterEach(async () => {
  await fake.close();
  await rm(folder, { recursive: true, force: true });
});

const emr = (): Emr => ({
  ...{ applicationId: "00abc", roleArn: "arn:aws:iam::123456789012:role/spark", name: "fieldport" },
  bucket: process.env.S3_BUCKET ?? "fieldport",
  client: new EMRServerlessClient({
    ...{ region: "eu-central-1", endpoint: fake.url, maxAttempts: 3 },
    credentials: { accessKeyId: "AKIA", secretAccessKey: "secret" },
  }),
});

function jobOf(runId: string, asOf = 7): SparkJob {
  return {
    ...{ runId, workspaceId, script: join(folder, "program.py"), folder, timeoutS: 3600 },
    inputs: [{ objectKey: `w/${workspaceId}/artifacts/aa/table` }],
    request: (addresses) => ({ ...addresses, asOf }),
  };
}

/** What a job leaves behind: a table, and what its driver said. */
async function writeOutput(runId: string): Promise<void> {
  const at = runFolder(workspaceId, runId);
  await putText(`${at}out/total/part-0.parquet`, "rows", "application/octet-stream");
  await putText(`${at}out/total/_SUCCESS`, "", "text/plain");
  const path = join(folder, "stdout.gz");
  const said = gzipSync("Spark 3.5.5 after 2.0 s\n");
  await writeFile(path, said);
  const key = `${at}logs/applications/00abc/jobs/job1/SPARK_DRIVER/stdout.gz`;
  await putFile(key, { path, sizeBytes: said.length, mediaType: "application/gzip" });
}

function begin(job: SparkJob) {
  const stop = new AbortController();
  const [log, steps]: [string[], string[]] = [[], []];
  const watch = {
    ...{ signal: stop.signal, onMemory: () => undefined, onStep: (step: string) => void steps.push(step) },
    log: (_: string, line: string) => void log.push(line),
  };
  return { done: runOnEmr(emr(), { job, watch, pace: PACE }), log, steps, stop: () => stop.abort() };
}

const runIdOf = ({ name }: FakeJob) => name.replace("fieldport-spark-", "");

describe("a job of EMR Serverless", () => {
  test("brings tables and log back", async () => {
    const runId = newId();
    fake.onStart = () => writeOutput(runId);
    const { done, log, steps } = begin(jobOf(runId));
    await done;
    expect(await readFile(join(folder, "output", "total", "part-0.parquet"), "utf8")).toBe("rows");
    expect(log).toContain("Spark 3.5.5 after 2.0 s");
    expect([steps[0], steps.at(-1)]).toEqual(["Prepare Spark", "Fetch tables"]);
  });

  test("is asked for with its program, its request, an end of its own, and no more rights than its run needs", async () => {
    const runId = newId();
    fake.onStart = () => writeOutput(runId);
    await begin(jobOf(runId)).done;
    const [job] = [...fake.jobs.values()];
    expect(job!.body).toMatchObject({
      ...{ name: `fieldport-spark-${runId}`, clientToken: `${runId}-0`, executionTimeoutMinutes: 65 },
      retryPolicy: { maxAttempts: 1 },
      tags: { fieldport: "fieldport", "fieldport:run": runId, "fieldport:workspace": workspaceId },
    });
    const { policy } = job!.body.executionIamPolicy as { policy: string };
    expect(policy).toContain(`/w/${workspaceId}/*`);
    for (const wide of ["s3:*", '"*"', "/w/*", `:::${emr().bucket}/*`, "spark/*"]) expect(policy).not.toContain(wide);
    const request = JSON.parse(await text(await openObject(`${runFolder(workspaceId, runId)}request.json`)));
    expect(request).toMatchObject({
      inputs: [`s3://${emr().bucket}/w/${workspaceId}/artifacts/aa/table`],
      output: `s3://${emr().bucket}/spark/${workspaceId}/${runId}/out`,
    });
  });

  test("that failed fails the run with Spark's reason", async () => {
    fake.course = ["SUBMITTED", "RUNNING", "FAILED"];
    fake.onStart = (job) => void (job.stateDetails = "AnalysisException: no such column");
    await expect(begin(jobOf(newId())).done).rejects.toMatchObject({
      ...{ reason: "spark_failed", isTemporary: false },
      message: expect.stringContaining("AnalysisException"),
    });
  });

  test("that succeeded without a table is a failure", async () => {
    await expect(begin(jobOf(newId())).done).rejects.toMatchObject({ reason: "missing_output" });
  });

  test("that never ends is cancelled with the run", async () => {
    fake.course = ["SUBMITTED", "RUNNING"];
    const { done, log, stop } = begin(jobOf(newId()));
    while (!log.some((line) => line.endsWith(": running"))) await new Promise((wait) => setTimeout(wait, 5));
    stop();
    await expect(done).rejects.toThrow("aborted");
    expect([...fake.jobs.values()].map(({ state }) => state)).toEqual(["CANCELLED"]);
  });

  test("cancelled by somebody else is no success", async () => {
    fake.course = ["SUBMITTED", "RUNNING", "CANCELLED"];
    await expect(begin(jobOf(newId())).done).rejects.toThrow("cancelled outside of the portal");
  });
});

describe("when the service or the controller misbehaves", () => {
  test("throttling is waited out; when it lasts, another attempt may do better", async () => {
    const busy = { status: 429, name: "ThrottlingException" };
    fake.trouble.set("start", [busy]);
    fake.onStart = (job) => writeOutput(runIdOf(job));
    await begin(jobOf(newId())).done;
    fake.trouble.set("start", [busy, busy, busy]);
    await expect(begin(jobOf(newId())).done).rejects.toMatchObject({ reason: "spark_not_started", isTemporary: true });
  });

  test("a missing right is a failure for good", async () => {
    fake.trouble.set("start", [{ status: 403, name: "AccessDeniedException" }]);
    await expect(begin(jobOf(newId())).done).rejects.toMatchObject({ isTemporary: false });
  });

  test("an answer that gets lost after the job was taken starts no second one", async () => {
    fake.trouble.set("start", ["answer_lost"]);
    fake.onStart = (job) => writeOutput(runIdOf(job));
    await begin(jobOf(newId())).done;
    expect([fake.asked.filter((one) => one === "start").length, fake.jobs.size]).toEqual([2, 1]);
  });

  test("the next attempt of a run takes up the job of the one that died, with what that one had asked for", async () => {
    const [runId, others] = [newId(), newId()];
    fake.course = ["SUBMITTED", "RUNNING"];
    const first = begin(jobOf(others));
    const dying = begin(jobOf(runId));
    const over = Promise.allSettled([first.done, dying.done]);
    while (fake.jobs.size < 2) await new Promise((wait) => setTimeout(wait, 5));
    await writeOutput(runId);
    fake.course = ["SUBMITTED", "RUNNING", "SUCCESS"];
    const second = begin(jobOf(runId, 8));
    await second.done;
    expect(fake.jobs.size).toBe(2);
    expect(second.log.some((line) => line.startsWith("Found again job"))).toBe(true);
    const request = JSON.parse(await text(await openObject(`${runFolder(workspaceId, runId)}request.json`)));
    expect(request).toMatchObject({ asOf: 7 });
    await over;
  });

  test("a service that falls silent gives the run back, and its job stays for the next attempt", async () => {
    fake.course = ["SUBMITTED", "RUNNING"];
    fake.trouble.set(
      "get",
      Array.from({ length: 500 }, () => ({ status: 400, name: "SomeException" })),
    );
    await expect(begin(jobOf(newId())).done).rejects.toMatchObject({ reason: "lost", isTemporary: true });
    expect([...fake.jobs.values()].map(({ state }) => state)).toEqual(["SUBMITTED"]);
  });
});
