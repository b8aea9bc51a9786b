import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { createServer, type AddressInfo } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { CreateLaunchTemplateCommand, DescribeSubnetsCommand, EC2Client } from "@aws-sdk/client-ec2";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { MachineJob } from "../executor.ts";
import { ec2Cloud, type Ec2Settings } from "./ec2.ts";

// A second opinion on what EC2 accepts, where it is installed: pip install "moto[server,ec2]".
const PYTHON = process.env.MOTO_PYTHON ?? "python3";
const hasMoto = spawnSync(PYTHON, ["-c", "import moto.server, flask"]).status === 0;

const job: MachineJob = {
  ...{ runId: "run-1", workspaceId: "w", folder: "/nowhere", entryPoint: "main.py", outputPath: "out.zip" },
  ...{ requirements: null, pythonVersion: null, parametersJson: "{}", network: false, environment: {} },
  limits: { timeoutS: 600, graceS: 10, memoryMb: 1024, diskMb: 1024, processesMax: 64 },
};

describe.skipIf(!hasMoto)("EC2 as moto plays it", () => {
  let moto: ChildProcess;
  let client: EC2Client;
  let settings: Ec2Settings;

  beforeAll(async () => {
    const port = await freePort();
    moto = spawn(PYTHON, ["-m", "moto.server", "-H", "127.0.0.1", "-p", String(port)], { stdio: "ignore" });
    client = new EC2Client({
      ...{ region: "us-east-1", endpoint: `http://127.0.0.1:${port}`, maxAttempts: 1 },
      credentials: { accessKeyId: "testing", secretAccessKey: "testing" },
    });
    const subnets = await patiently(() => client.send(new DescribeSubnetsCommand({})));
    const template = await client.send(
      new CreateLaunchTemplateCommand({
        LaunchTemplateName: "machine",
        LaunchTemplateData: { ImageId: "ami-12c6146b", InstanceType: "m5.large" },
      }),
    );
    settings = {
      ...{ name: "fieldport", roleId: "AROA", bucket: "files", region: "us-east-1", bootDeadlineS: 300 },
      ...{ memoryMbMax: 7000, templateId: template.LaunchTemplate?.LaunchTemplateId ?? "" },
      subnetIds: (subnets.Subnets ?? []).flatMap(({ SubnetId }) => SubnetId ?? []).slice(0, 2),
    };
  }, 60_000);
  afterAll(() => void moto.kill());

  test("starts a machine that is found by its tags, looked at, ended, and then gone from the list", async () => {
    const cloud = ec2Cloud(settings, client);
    const machine = await cloud.start(job, new AbortController().signal);
    expect(await cloud.list()).toMatchObject([{ id: machine.id, runId: "run-1" }]);
    expect((await cloud.look(machine.id)).phase).toBe("running");
    await cloud.terminate(machine.id);
    expect((await cloud.look(machine.id)).phase).toBe("ended");
    expect(await cloud.list()).toEqual([]);
  });
});

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}

async function patiently<T>(ask: () => Promise<T>): Promise<T> {
  for (let tries = 0; tries < 200; tries++) {
    const answer = await ask().catch(() => null);
    if (answer) return answer;
    await delay(100);
  }
  throw new Error("moto does not start.");
}
