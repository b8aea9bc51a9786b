import { spawn, type ChildProcess } from "node:child_process";
import { chmod, mkdtemp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { listObjects } from "#lib/objects/store";
import type { MachineEnd, MachineJob, PaidMachine } from "../executor.ts";
import type { Cloud, MachineState } from "./cloud.ts";
import { runRemotely, type Pace } from "./run-remotely.ts";
import { startArguments } from "./start-script.ts";

const ROLE = "AROATEST";
const PACE: Pace = { bootDeadlineS: 20, silenceS: 20, pollS: 0.05, marginS: 10 };
/** The machine's program gives itself away to another user, as only root can. */
const isRoot = process.getuid?.() === 0;

/** A machine's own addresses: who it is, and keys that stand for it. */
let metadata: Server;
beforeAll(async () => {
  metadata = createServer((request, response) => {
    const path = request.url ?? "";
    if (path === "/latest/api/token" && request.method === "PUT") return void response.end("token");
    if (request.headers["x-aws-ec2-metadata-token"] !== "token") return void response.writeHead(401).end();
    if (path.endsWith("/instance-id")) return void response.end("i-1");
    if (path.endsWith("/security-credentials/")) return void response.end("machine");
    const { AWS_ACCESS_KEY_ID: AccessKeyId, AWS_SECRET_ACCESS_KEY: SecretAccessKey } = process.env;
    response.end(JSON.stringify({ AccessKeyId, SecretAccessKey, Token: "" }));
  });
  await new Promise<void>((done) => metadata.listen(0, "127.0.0.1", done));
});
afterAll(() => metadata.close());

interface LocalCloud extends Cloud {
  machine: ChildProcess | null;
  ended: string[];
}

/** A cloud whose machines are processes here, which run the machine's real program. */
function localCloud(
  root: string,
  change: { boots?: boolean; earlier?: string[]; state?: () => MachineState } = {},
): LocalCloud {
  const cloud: LocalCloud = {
    ...{ name: "ec2", roleId: ROLE, machine: null, ended: [] },
    availability: () => Promise.resolve({ isAvailable: true }),
    refusal: ({ limits }) => (limits.memoryMb > 8000 ? "Too large for machines here." : null),
    start: async () => {
      if (change.boots !== false) {
        const settings = {
          ...{ bucket: process.env.S3_BUCKET ?? "", region: process.env.AWS_REGION ?? "", roleId: ROLE, root },
          ...{ objectsUrl: process.env.S3_ENDPOINT ?? "", isolation: "container" as const, powersOff: false },
          metadataUrl: `http://127.0.0.1:${(metadata.address() as AddressInfo).port}`,
          ...{ bootDeadlineS: 20, deadManS: 600 },
        };
        const stdio = ["ignore", "ignore", "inherit"] as const;
        cloud.machine = spawn("python3", await startArguments(settings), {
          stdio: [...stdio],
          env: { PATH: "/usr/bin:/bin", NODE_ENV: "test" },
        });
      }
      return { id: "i-1", note: "a process", isSpot: true, units: 1 };
    },
    look: () => Promise.resolve(change.state?.() ?? { phase: "running", folderName: "i-1", reason: null }),
    terminate: (id) => {
      cloud.ended.push(id);
      cloud.machine?.kill("SIGKILL");
      return Promise.resolve();
    },
    list: () => Promise.resolve((change.earlier ?? []).map((id) => ({ id, runId: "r", startedAt: new Date() }))),
  };
  return cloud;
}

interface Tried {
  end: MachineEnd;
  log: string;
  steps: string[];
  paid: PaidMachine[];
  output: string | null;
  cloud: LocalCloud;
  left: string[];
}

interface Trial {
  program: string;
  limits?: Partial<MachineJob["limits"]>;
  change?: Parameters<typeof localCloud>[1];
  pace?: Partial<Pace>;
  during?: (log: () => string, stop: () => void, cloud: LocalCloud) => Promise<void>;
}

async function tryRun({ program, limits, change, pace, during }: Trial): Promise<Tried> {
  const folder = await mkdtemp(join(tmpdir(), "fieldport-remote-"));
  // The app runs as another user, who must get there.
  await chmod(folder, 0o755);
  await mkdir(join(folder, "app"));
  await writeFile(join(folder, "app", "main.py"), program);
  const cloud = localCloud(join(folder, "machine"), change);
  const stop = new AbortController();
  const [chunks, steps, paid]: [Buffer[], string[], PaidMachine[]] = [[], [], []];
  const log = () => Buffer.concat(chunks).toString();
  const job: MachineJob = {
    ...{ runId: "r", workspaceId: "w", folder, entryPoint: "main.py", outputPath: "out.zip", logPath: "app.log" },
    ...{ requirements: null, pythonVersion: null, parametersJson: '{"limit":3}', network: false },
    environment: { TOKEN: "s3cret", FIELDPORT_OUTPUT: "/job/app/out.zip" },
    limits: { timeoutS: 30, graceS: 1, memoryMb: 512, diskMb: 50, processesMax: 32, ...limits },
  };
  const watch = {
    ...{ signal: stop.signal, onStep: (step: string) => void steps.push(step), onMemory: () => undefined },
    onMachine: (machine: PaidMachine) => Promise.resolve(void paid.push(machine)),
    ...{ onOutput: (chunk: Buffer) => void chunks.push(chunk), onNote: () => undefined },
  };
  try {
    const running = runRemotely(cloud, { job, watch, pace: { ...PACE, ...pace } });
    await during?.(log, () => stop.abort(), cloud);
    const end = await running;
    const output = await readFile(join(folder, "app", "out.zip"), "utf8").catch(() => null);
    const left: string[] = [];
    for await (const { key } of listObjects(`machines/${ROLE}:`)) left.push(key);
    return { end, log: log(), steps, paid, output, cloud, left };
  } finally {
    cloud.machine?.kill("SIGKILL");
    await rm(folder, { recursive: true, force: true });
  }
}

async function until(holds: () => boolean): Promise<void> {
  for (let tries = 0; tries < 400 && !holds(); tries++) await delay(50);
}

describe.skipIf(!isRoot)("a machine with its real program", () => {
  test("runs the app with its environment, brings log and output back, and leaves nothing behind", async () => {
    const program = `
import json, os
print("user", os.getuid(), os.environ["TOKEN"], json.load(open(os.environ["FIELDPORT_PARAMETERS"])))
open(os.environ["FIELDPORT_OUTPUT"], "w").write("result")
`;
    const { end, log, steps, output, cloud, left } = await tryRun({ program });
    expect(end).toMatchObject({ how: "exited", exitCode: 0 });
    expect(end.peakDiskBytes).toBeGreaterThan(0);
    expect(log).toBe("user 65534 s3cret {'limit': 3}\n");
    expect(steps).toEqual(expect.arrayContaining(["provisioning", "booting"]));
    expect(output).toBe("result");
    expect(cloud.ended).toEqual(["i-1"]);
    expect(left).toEqual([]);
  });

  test("reports the exit code, and no output where there is none", async () => {
    const { end, output, log } = await tryRun({ program: "print('so far', flush=True)\nraise SystemExit(3)" });
    expect(end).toMatchObject({ how: "exited", exitCode: 3 });
    expect([output, log]).toEqual([null, "so far\n"]);
  });

  test("ends at its limit what ignores TERM", async () => {
    const program =
      "import signal, time\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\nprint('up', flush=True)\ntime.sleep(99)";
    const { end, log } = await tryRun({ program, limits: { timeoutS: 2 } });
    expect(end).toMatchObject({ how: "killed", why: "time" });
    expect(log).toBe("up\n");
  });

  test("ends when asked to, with what was logged so far", async () => {
    const program = "import time\nprint('up', flush=True)\ntime.sleep(99)";
    const during = async (log: () => string, stop: () => void) => {
      await until(() => log() !== "");
      stop();
    };
    const { end, log, cloud } = await tryRun({ program, during });
    expect(end).toMatchObject({ how: "killed", why: "stopped" });
    expect([log, cloud.ended]).toEqual(["up\n", ["i-1"]]);
  });

  test("that falls silent is lost; its log stays and it is ended", async () => {
    const during = async (log: () => string, _: () => void, cloud: LocalCloud) => {
      await until(() => log() !== "");
      cloud.machine?.kill("SIGKILL");
    };
    const program = "import time\nprint('up', flush=True)\ntime.sleep(9)";
    const { end, log, cloud } = await tryRun({ program, during, pace: { silenceS: 4 } });
    expect(end).toMatchObject({ how: "lost" });
    expect([log, cloud.ended]).toEqual(["up\n", ["i-1"]]);
  });
});

describe("a machine that never answers", () => {
  test("is given up at the boot deadline, ended, and its order with the secrets removed", async () => {
    const tried = await tryRun({ program: "", change: { boots: false }, pace: { bootDeadlineS: 0.3 } });
    const { end, cloud, left } = tried;
    expect(tried.paid).toMatchObject([{ isSpot: true, units: 1 }]);
    expect(end).toMatchObject({ how: "failed", step: "booting", isTemporary: true });
    expect([cloud.ended, left]).toEqual([["i-1"], []]);
  });

  test("because the cloud has taken it away is lost with the cloud's reason", async () => {
    const state = (): MachineState => ({ phase: "ended", folderName: "i-1", reason: "Server.SpotInstanceTermination" });
    const { end } = await tryRun({ program: "", change: { boots: false, state } });
    expect(end).toMatchObject({ how: "lost", detail: expect.stringContaining("SpotInstanceTermination") });
  });

  test("is ended at once when the run is stopped", async () => {
    const during = async (_: () => string, stop: () => void) => {
      await delay(100);
      stop();
    };
    const { end, cloud } = await tryRun({ program: "", change: { boots: false }, during });
    expect(end).toMatchObject({ how: "killed", why: "stopped" });
    expect(cloud.ended).toEqual(["i-1"]);
  });

  test("is not even asked for when none is large enough", async () => {
    const { end, cloud, paid } = await tryRun({ program: "", limits: { memoryMb: 9000 } });
    expect(paid).toEqual([]);
    expect(end).toMatchObject({ how: "failed", step: "provisioning", isTemporary: false });
    expect(cloud.ended).toEqual([]);
  });

  test("comes after those of earlier attempts at the same run have been ended", async () => {
    const change = { boots: false, earlier: ["i-0"] };
    const { cloud } = await tryRun({ program: "", change, pace: { bootDeadlineS: 0.1 } });
    expect(cloud.ended).toEqual(["i-0", "i-1"]);
  });
});
