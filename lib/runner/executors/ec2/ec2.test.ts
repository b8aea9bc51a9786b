import { EC2Client } from "@aws-sdk/client-ec2";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { startFakeEc2, type FakeEc2, type Trouble } from "../../testing/fake-ec2.ts";
import type { MachineJob } from "../executor.ts";
import { StartFailure } from "../remote/cloud.ts";
import { ec2Cloud } from "./ec2.ts";

const SECRET = "a value nobody may see";
const job: MachineJob = {
  ...{ runId: "run-1", workspaceId: "workspace-1", folder: "/nowhere", entryPoint: "main.py", outputPath: "out.zip" },
  ...{ requirements: null, pythonVersion: null, parametersJson: `{"p":"${SECRET}"}`, network: false },
  environment: { TOKEN: SECRET },
  limits: { timeoutS: 600, graceS: 10, memoryMb: 1024, diskMb: 1024, processesMax: 64 },
};
const settings = {
  ...{ name: "fieldport", templateId: "lt-0123456789abcdef0", subnetIds: ["subnet-a", "subnet-b"], roleId: "AROAROLE" },
  ...{ bucket: "files", region: "eu-central-1", bootDeadlineS: 300, memoryMbMax: 7000 },
};

let ec2: FakeEc2;
beforeEach(async () => {
  ec2 = await startFakeEc2();
});
afterEach(() => ec2.close());

const cloud = () =>
  ec2Cloud(
    settings,
    new EC2Client({
      ...{ region: "eu-central-1", endpoint: ec2.url, maxAttempts: 3 },
      credentials: { accessKeyId: "AKIA", secretAccessKey: "secret" },
    }),
  );
const start = () => cloud().start(job, new AbortController().signal);
const troubles = (action: string, ...list: Trouble[]) => ec2.trouble.set(action, list);
const asked = (action: string) => ec2.asked.filter((ask) => ask.get("Action") === action);
const failureOf = async () => {
  const error: unknown = await start().catch((caught: unknown) => caught);
  if (error instanceof StartFailure) return error;
  throw new Error("It should have failed to start.");
};

describe("the request for a machine", () => {
  test("comes from the template, one machine, IMDSv2 only, gone when it switches itself off", async () => {
    expect(await start()).toMatchObject({ isSpot: true, units: 1 });
    const [ask] = asked("RunInstances");
    expect(Object.fromEntries(ask!)).toMatchObject({
      "LaunchTemplate.LaunchTemplateId": settings.templateId,
      MinCount: "1",
      MaxCount: "1",
      SubnetId: "subnet-a",
      InstanceInitiatedShutdownBehavior: "terminate",
      "MetadataOptions.HttpTokens": "required",
      "MetadataOptions.HttpPutResponseHopLimit": "1",
      "InstanceMarketOptions.MarketType": "spot",
      "InstanceMarketOptions.SpotOptions.InstanceInterruptionBehavior": "terminate",
    });
    expect([...ask!.keys()].some((key) => key.startsWith("KeyName"))).toBe(false);
  });

  test("marks machine and volume with the installation, the run and the workspace", async () => {
    await start();
    const [ask] = asked("RunInstances");
    expect([1, 2].map((index) => ask!.get(`TagSpecification.${index}.ResourceType`))).toEqual(["instance", "volume"]);
    const [instance] = ec2.instances.values();
    expect(instance!.tags).toEqual({
      Name: "fieldport-app",
      fieldport: "fieldport",
      "fieldport:run": "run-1",
      "fieldport:workspace": "workspace-1",
    });
  });

  test("has user data that fit, with a timer of the machine's own, and no secret in any form", async () => {
    await start();
    const { userData } = [...ec2.instances.values()][0]!;
    expect(userData.length).toBeLessThan(16_384);
    expect(userData).toMatch(/^#!\/usr\/bin\/python3\n/);
    // Boot, the app's limit, grace, and a quarter of an hour.
    expect(userData).toContain(String.raw`\"deadManS\\\":1810`);
    const wire = asked("RunInstances")[0]!.toString();
    for (const text of [wire, userData]) {
      for (const form of [SECRET, Buffer.from(SECRET).toString("base64"), encodeURIComponent(SECRET), "TOKEN"]) {
        expect(text).not.toContain(form);
      }
    }
  });

  test("is the same for every run but for its tags: user data know nothing of the app", async () => {
    await start();
    await cloud().start({ ...job, runId: "run-2", environment: {} }, new AbortController().signal);
    const [one, two] = [...ec2.instances.values()];
    expect(one!.userData).toBe(two!.userData);
  });
});

describe("when EC2 misbehaves", () => {
  test("a zone without spot capacity is followed by the next, then by the full price", async () => {
    const none = { code: "InsufficientInstanceCapacity" };
    troubles("RunInstances", none, { code: "MaxSpotInstanceCountExceeded" }, none);
    const machine = await start();
    const tried = asked("RunInstances").map(
      (ask) => `${ask.get("SubnetId")} ${ask.get("InstanceMarketOptions.MarketType")}`,
    );
    expect(tried).toEqual(["subnet-a spot", "subnet-b spot", "subnet-a null", "subnet-b null"]);
    expect(machine).toMatchObject({ isSpot: false, note: expect.stringContaining("on demand") as string });
    expect(ec2.instances.size).toBe(1);
  });

  test("no capacity anywhere is a temporary failure that names what was tried", async () => {
    troubles("RunInstances", ...Array.from({ length: 4 }, () => ({ code: "InsufficientInstanceCapacity" })));
    const failure = await failureOf();
    expect(failure.isTemporary).toBe(true);
    expect(failure.message).toContain("on demand in subnet-b: InsufficientInstanceCapacity");
  });

  test("throttling is waited out", async () => {
    troubles("RunInstances", { code: "RequestLimitExceeded", status: 503 });
    await start();
    expect(asked("RunInstances")).toHaveLength(2);
  });

  test("an answer that got lost on its way starts no second machine", async () => {
    troubles("RunInstances", "answer_lost");
    await start();
    expect(asked("RunInstances")).toHaveLength(2);
    expect(ec2.instances.size).toBe(1);
  });

  test("silence is a temporary failure, a missing right is not", async () => {
    troubles("RunInstances", "no_answer", "no_answer", "no_answer");
    expect((await failureOf()).isTemporary).toBe(true);
    troubles("RunInstances", { code: "UnauthorizedOperation", status: 403 });
    const failure = await failureOf();
    expect(failure.isTemporary).toBe(false);
    expect(failure.message).toContain("UnauthorizedOperation");
  });

  test("a machine it has not heard of yet counts as coming, and one that is gone needs no end", async () => {
    expect((await cloud().look("i-unknown")).phase).toBe("pending");
    await expect(cloud().terminate("i-unknown")).resolves.toBeUndefined();
  });
});

describe("the list of machines", () => {
  test("is complete over all pages and holds neither ended nor foreign ones", async () => {
    for (const runId of ["run-1", "run-2", "run-3"]) {
      await cloud().start({ ...job, runId }, new AbortController().signal);
    }
    const [first] = ec2.instances.values();
    await cloud().terminate(first!.id);
    const foreign = { id: "i-foreign", state: "running", tags: { fieldport: "another", "fieldport:run": "x" } };
    ec2.instances.set("i-foreign", { ...foreign, startedAt: new Date(), userData: "" });
    const listed = await cloud().list();
    expect(listed.map(({ runId }) => runId).sort()).toEqual(["run-2", "run-3"]);
    expect(listed[0]!.startedAt.getTime()).toBeGreaterThan(Date.now() - 60_000);
  });

  test("fails when EC2 does, rather than look empty", async () => {
    troubles("DescribeInstances", { code: "UnauthorizedOperation", status: 403 });
    await expect(cloud().list()).rejects.toThrow("UnauthorizedOperation");
  });
});
