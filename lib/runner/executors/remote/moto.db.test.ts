import { gunzipSync } from "node:zlib";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  BatchClient,
  CreateComputeEnvironmentCommand,
  CreateJobQueueCommand,
  DescribeJobsCommand,
  RegisterJobDefinitionCommand,
} from "@aws-sdk/client-batch";
import {
  CreateLaunchTemplateCommand,
  DescribeInstanceAttributeCommand,
  DescribeInstancesCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  EC2Client,
} from "@aws-sdk/client-ec2";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { closeLive } from "#lib/live/subscribe";
import { cancelRun } from "#lib/runs/service/cancel-run";
import { createTestWorkspace } from "#lib/testing/runs";
import { startMoto, whyNoMoto, type Moto } from "../../testing/moto.ts";
import { GOOD_APP, makeTestApp, storedUpload } from "../../testing/apps.ts";
import { zipOf } from "../../testing/zips.ts";
import type { MachineEnd, MachineJob } from "../executor.ts";
import { batchCloud } from "../batch/batch.ts";
import { ec2Cloud, type Ec2Settings } from "../ec2/ec2.ts";
import type { Cloud } from "./cloud.ts";
import { PACE, runRemotely } from "./run-remotely.ts";

const SECRET = "a value nobody may see";
const REGION = "us-east-1";
const credentials = { accessKeyId: "testing", secretAccessKey: "testing" };
const isMissing = whyNoMoto();

function jobFor(runId: string, folder = "/nowhere"): MachineJob {
  return {
    ...{ runId, workspaceId: "workspace-1", folder, entryPoint: "main.py", outputPath: "out.zip" },
    ...{ requirements: null, pythonVersion: null, parametersJson: `{"p":"${SECRET}"}`, network: true },
    environment: { TOKEN: SECRET },
    limits: { timeoutS: 600, graceS: 10, memoryMb: 1024, diskMb: 1024, processesMax: 64 },
  };
}

/** A run whose machine never says a word. */
async function runInVain(cloud: Cloud, runId: string): Promise<MachineEnd> {
  const folder = await mkdtemp(join(tmpdir(), "fieldport-moto-"));
  try {
    await mkdir(join(folder, "app"));
    await writeFile(join(folder, "app", "main.py"), "");
    const silent = () => undefined;
    const watch = {
      ...{ signal: new AbortController().signal, onStep: silent, onOutput: silent, onMemory: silent, onNote: silent },
      onMachine: () => Promise.resolve(),
    };
    const pace = { ...PACE, bootDeadlineS: 0.5, pollS: 0.1 };
    return await runRemotely(cloud, { job: jobFor(runId, folder), watch, pace });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function expectNoSecret(text: string): void {
  for (const form of [SECRET, Buffer.from(SECRET).toString("base64"), encodeURIComponent(SECRET), "TOKEN"]) {
    expect(text).not.toContain(form);
  }
}

describe.skipIf(isMissing !== null)(`EC2 and Batch as moto plays them${isMissing ? ` (${isMissing})` : ""}`, () => {
  let moto: Moto;
  let ec2: EC2Client;
  let settings: Ec2Settings;
  const start = (cloud: Cloud, runId: string) => cloud.start(jobFor(runId), new AbortController().signal);

  beforeAll(async () => {
    moto = await startMoto();
    ec2 = new EC2Client({ region: REGION, endpoint: moto.url, maxAttempts: 1, credentials });
    const { Subnets = [] } = await ec2.send(new DescribeSubnetsCommand({}));
    // The weakest template that somebody could leave behind: what protects a machine stands in the request.
    const LaunchTemplateData = { ImageId: "ami-12c6146b", InstanceType: "m5.large" } as const;
    const made = await ec2.send(new CreateLaunchTemplateCommand({ LaunchTemplateName: "m", LaunchTemplateData }));
    settings = {
      ...{ name: "fieldport", roleId: "AROA", bucket: "files", region: REGION, bootDeadlineS: 300, memoryMbMax: 7000 },
      templateId: made.LaunchTemplate?.LaunchTemplateId ?? "",
      subnetIds: Subnets.flatMap(({ SubnetId }) => SubnetId ?? []).slice(0, 2),
    };
    Object.assign(process.env, {
      ...{ FIELDPORT_RUNNER: "ec2", FIELDPORT_EC2_TEMPLATE: settings.templateId, FIELDPORT_EC2_ROLE_ID: "AROA" },
      ...{ FIELDPORT_EC2_SUBNETS: settings.subnetIds.join(","), AWS_ENDPOINT_URL_EC2: moto.url },
    });
  }, 60_000);
  afterAll(async () => {
    ec2.destroy();
    moto.close();
    await closeLive();
  });

  test("EC2 has a machine as it was asked for: tags, spot, IMDSv2, gone when it switches itself off, no secret", async () => {
    const { id, isSpot } = await start(ec2Cloud(settings, ec2), "run-1");
    expect(isSpot).toBe(true);
    const { Reservations = [] } = await ec2.send(new DescribeInstancesCommand({ InstanceIds: [id] }));
    const [instance] = Reservations.flatMap(({ Instances }) => Instances ?? []);
    expect(instance).toMatchObject({ InstanceType: "m5.large", SubnetId: settings.subnetIds[0] });
    expect(instance!.MetadataOptions).toMatchObject({ HttpTokens: "required", HttpPutResponseHopLimit: 1 });
    expect(instance!.InstanceLifecycle).toBe("spot");
    expect(instance!.KeyName ?? "").toBe("");
    const tags = Object.fromEntries((instance!.Tags ?? []).map(({ Key, Value }) => [Key, Value]));
    const own = { fieldport: "fieldport", "fieldport:run": "run-1", "fieldport:workspace": "workspace-1" };
    expect(tags).toMatchObject(own);
    const attribute = async (Attribute: "userData" | "instanceInitiatedShutdownBehavior") =>
      ec2.send(new DescribeInstanceAttributeCommand({ InstanceId: id, Attribute }));
    const behaviour = await attribute("instanceInitiatedShutdownBehavior");
    expect(behaviour.InstanceInitiatedShutdownBehavior?.Value).toBe("terminate");
    const userData = Buffer.from((await attribute("userData")).UserData?.Value ?? "", "base64").toString();
    expect(userData).toMatch(/^#!\/usr\/bin\/python3\n/);
    expectNoSecret(userData);
    // The machine's own program travels packed.
    for (const [packed] of userData.matchAll(/H4sI[A-Za-z0-9+/=]+/g)) {
      expectNoSecret(gunzipSync(Buffer.from(packed, "base64")).toString());
    }
    expectNoSecret(JSON.stringify(instance));
  });

  test("a machine of EC2 is found by its tags, looked at, ended, and then gone from the list", async () => {
    const cloud = ec2Cloud({ ...settings, name: "another" }, ec2);
    const { id } = await start(cloud, "run-2");
    expect(await cloud.list()).toMatchObject([{ id, runId: "run-2" }]);
    expect((await cloud.look(id)).phase).toBe("running");
    await cloud.terminate(id);
    expect((await cloud.look(id)).phase).toBe("ended");
    expect(await cloud.list()).toEqual([]);
  });

  test("a machine of EC2 that never speaks is given up at its boot deadline and terminated", async () => {
    const cloud = ec2Cloud({ ...settings, name: "silent" }, ec2);
    expect(await runInVain(cloud, "run-3")).toMatchObject({ how: "failed", step: "booting", isTemporary: true });
    expect(await cloud.list()).toEqual([]);
  });

  test("the reaper terminates the machine of a run that is over, and no other", async () => {
    const { reap } = await import("../../service/reap.ts");
    const { startApp } = await import("../../service/start-app.ts");
    const ctx = await createTestWorkspace();
    const { id: appId } = await makeTestApp(ctx, { source: GOOD_APP });
    const begin = async (content: string) => {
      const { uploadId } = await storedUpload(ctx, await zipOf({ a: content }), "job.zip");
      return (await startApp(ctx, appId, { params: {}, recompute: false, uploadId })).id;
    };
    const cloud = ec2Cloud(settings, ec2);
    const [over, alive] = [await begin("x"), await begin("y")];
    for (const runId of [over, alive]) await start(cloud, runId);
    await start(ec2Cloud({ ...settings, name: "foreign" }, ec2), over);
    await cancelRun(ctx, over);
    // The clock of the reaper, so that the machines are no longer too young to be judged.
    const later = new Date(Date.now() + 60_000);
    const left = async () => (await cloud.list()).map(({ runId }) => runId);
    expect((await reap(later)).orphans).toBeGreaterThan(0);
    expect(await left()).toContain(alive);
    expect(await left()).not.toContain(over);
    expect(await ec2Cloud({ ...settings, name: "foreign" }, ec2).list()).toHaveLength(1);
    expect((await reap(later)).orphans).toBe(0);
  });

  test("Batch has a job as it was asked for, which is listed, given up at its boot deadline, and ended", async () => {
    const client = new BatchClient({ region: REGION, endpoint: moto.url, maxAttempts: 1, credentials });
    const queueOf = {
      ...settings,
      ...(await prepareBatch(client, { url: moto.url, ec2, subnets: settings.subnetIds })),
    };
    const cloud = batchCloud(queueOf, client);
    const { id, units } = await start(cloud, "run-4");
    expect(units).toBe(1);
    const { jobs = [] } = await client.send(new DescribeJobsCommand({ jobs: [id] }));
    expect(jobs[0]).toMatchObject({ jobName: "fieldport-app-run-4", timeout: { attemptDurationSeconds: 1810 } });
    expectNoSecret(JSON.stringify(jobs));
    expect(await runInVain(cloud, "run-5")).toMatchObject({ how: expect.stringMatching(/failed|lost/) as string });
    expect((await cloud.list()).map(({ runId }) => runId)).not.toContain("run-5");
    await cloud.terminate(id);
    client.destroy();
  });
});

/** What infra makes once: a role, machines to be had, a queue, a definition. */
async function prepareBatch(client: BatchClient, at: { url: string; ec2: EC2Client; subnets: readonly string[] }) {
  const { url, ec2, subnets } = at;
  const { SecurityGroups = [] } = await ec2.send(new DescribeSecurityGroupsCommand({}));
  const securityGroupIds = SecurityGroups.flatMap(({ GroupId }) => GroupId ?? []).slice(0, 1);
  const trust = JSON.stringify({ Version: "2012-10-17", Statement: [] });
  const scope = `testing/20260101/${REGION}/iam/aws4_request`;
  await fetch(url, {
    method: "POST",
    headers: { authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=x` },
    body: new URLSearchParams({
      ...{ Action: "CreateRole", Version: "2010-05-08", RoleName: "batch", AssumeRolePolicyDocument: trust },
    }),
  });
  const serviceRole = "arn:aws:iam::123456789012:role/batch";
  const computeResources = {
    ...{ type: "FARGATE" as const, maxvCpus: 4, subnets: [...subnets], securityGroupIds },
  } as const;
  const environment = { computeEnvironmentName: "apps", type: "MANAGED", state: "ENABLED" } as const;
  const made = await client.send(
    new CreateComputeEnvironmentCommand({ ...environment, serviceRole, computeResources }),
  );
  const computeEnvironmentOrder = [{ order: 1, computeEnvironment: made.computeEnvironmentArn ?? "" }];
  const queue = "fieldport-apps";
  await client.send(
    new CreateJobQueueCommand({ jobQueueName: queue, state: "ENABLED", priority: 1, computeEnvironmentOrder }),
  );
  const resourceRequirements = [
    { type: "VCPU", value: "1" },
    { type: "MEMORY", value: "2048" },
  ] as const;
  const { jobDefinitionArn = "" } = await client.send(
    new RegisterJobDefinitionCommand({
      ...{ jobDefinitionName: "fieldport-app", type: "container", platformCapabilities: ["FARGATE"] },
      containerProperties: { image: "python:3", resourceRequirements: [...resourceRequirements] },
    }),
  );
  return { queue, definition: jobDefinitionArn };
}
