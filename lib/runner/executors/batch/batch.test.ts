import { BatchClient } from "@aws-sdk/client-batch";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { startFakeBatch, type FakeBatch } from "../../testing/fake-batch.ts";
import type { MachineJob } from "../executor.ts";
import { StartFailure } from "../remote/cloud.ts";
import { batchCloud } from "./batch.ts";

const SECRET = "a value nobody may see";
const limits = { timeoutS: 600, graceS: 10, memoryMb: 1024, diskMb: 1024, processesMax: 64 };
const job: MachineJob = {
  ...{ runId: "run-1", workspaceId: "workspace-1", folder: "/nowhere", entryPoint: "main.py", outputPath: "out.zip" },
  ...{ requirements: null, pythonVersion: null, parametersJson: `{"p":"${SECRET}"}`, network: true, limits },
  environment: { TOKEN: SECRET },
};
const settings = {
  ...{ name: "fieldport", queue: "fieldport-apps", definition: "fieldport-app:1", roleId: "AROAABCDEFGHIJKLMNOPQ" },
  ...{ bucket: "fieldport-storagefiles-abcdefghijkl", region: "eu-central-1", bootDeadlineS: 300 },
};

let batch: FakeBatch;
beforeEach(async () => {
  batch = await startFakeBatch();
});
afterEach(() => batch.close());

const cloud = () =>
  batchCloud(
    settings,
    new BatchClient({
      ...{ region: "eu-central-1", endpoint: batch.url, maxAttempts: 3 },
      credentials: { accessKeyId: "AKIA", secretAccessKey: "secret" },
    }),
  );
const start = (change: Partial<MachineJob> = {}) => cloud().start({ ...job, ...change }, new AbortController().signal);

describe("the request for a job", () => {
  test("names queue, definition and tags, runs once and ends by itself", async () => {
    await start();
    expect(batch.asked[0]!.body).toMatchObject({
      jobName: "fieldport-app-run-1",
      jobQueue: "fieldport-apps",
      jobDefinition: "fieldport-app:1",
      retryStrategy: { attempts: 1 },
      // Boot, the app's limit, grace, and a quarter of an hour.
      timeout: { attemptDurationSeconds: 1810 },
      propagateTags: true,
      tags: { fieldport: "fieldport", "fieldport:run": "run-1", "fieldport:workspace": "workspace-1" },
    });
  });

  test("fits into what Batch takes and holds no secret in any form", async () => {
    await start();
    const { containerOverrides } = batch.asked[0]!.body;
    expect(JSON.stringify(containerOverrides).length).toBeLessThan(8192);
    const wire = JSON.stringify(batch.asked[0]!.body);
    for (const form of [SECRET, Buffer.from(SECRET).toString("base64"), "TOKEN"]) expect(wire).not.toContain(form);
  });

  test.each([
    [1024, "1", "2048"],
    [7680, "1", "8192"],
    [8000, "2", "9216"],
    [16_000, "4", "17408"],
  ])("asks for a size that exists: %i MB", async (memoryMb, vcpu, memory) => {
    expect(await start({ limits: { ...limits, memoryMb } })).toMatchObject({ units: Number(vcpu) });
    expect(batch.asked[0]!.body.containerOverrides).toMatchObject({
      resourceRequirements: [
        { type: "VCPU", value: vcpu },
        { type: "MEMORY", value: memory },
      ],
    });
  });

  test("is not made for limits that a container there cannot hold", () => {
    expect(cloud().refusal(job)).toBeNull();
    expect(cloud().refusal({ ...job, network: false })).toContain("network");
    expect(cloud().refusal({ ...job, limits: { ...limits, memoryMb: 40_000 } })).toContain("memoryMb");
    expect(cloud().refusal({ ...job, limits: { ...limits, diskMb: 40_000 } })).toContain("diskMb");
  });
});

describe("when Batch misbehaves", () => {
  test("throttling is waited out; when it lasts, the failure is temporary", async () => {
    const busy = { status: 429, name: "TooManyRequestsException" };
    batch.trouble.set("/v1/submitjob", [busy]);
    await start();
    batch.trouble.set("/v1/submitjob", [busy, busy, busy]);
    const error: unknown = await start().catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(StartFailure);
    expect(error).toMatchObject({ isTemporary: true });
  });

  test("a missing right is a failure for good", async () => {
    batch.trouble.set("/v1/submitjob", [{ status: 403, name: "AccessDeniedException" }]);
    await expect(start()).rejects.toMatchObject({
      isTemporary: false,
      message: expect.stringContaining("AccessDenied"),
    });
  });

  test("a job whose answer got lost is in the list, where the reaper finds it", async () => {
    batch.trouble.set("/v1/submitjob", ["answer_lost"]);
    const { id } = await start();
    const listed = await cloud().list();
    expect(listed.map(({ runId }) => runId)).toEqual(["run-1", "run-1"]);
    expect(listed.some((machine) => machine.id !== id)).toBe(true);
  });
});

describe("a job", () => {
  test("has its folder as soon as it has a task, and its reason when it is over", async () => {
    const { id } = await start();
    expect(await cloud().look(id)).toEqual({ phase: "pending", folderName: null, reason: null });
    const taskArn = "arn:aws:ecs:eu-central-1:123456789012:task/cluster/0123abcd";
    Object.assign(batch.jobs.get(id)!, { status: "RUNNING", container: { taskArn } });
    expect(await cloud().look(id)).toMatchObject({ phase: "running", folderName: "0123abcd" });
    Object.assign(batch.jobs.get(id)!, { status: "FAILED", statusReason: "Host EC2 terminated." });
    expect(await cloud().look(id)).toMatchObject({ phase: "ended", reason: "Host EC2 terminated." });
  });

  test("is listed in every state it can be in until it is ended, foreign ones never", async () => {
    for (const runId of ["run-1", "run-2", "run-3"]) await start({ runId });
    batch.jobs.get("job-2")!.status = "RUNNING";
    batch.jobs.set("x", { jobId: "x", jobName: "another", status: "RUNNING", createdAt: 0 });
    expect((await cloud().list()).map(({ id }) => id).sort()).toEqual(["job-1", "job-2", "job-3"]);
    await cloud().terminate("job-2");
    expect((await cloud().list()).map(({ id }) => id).sort()).toEqual(["job-1", "job-3"]);
  });
});
