import type { ChildProcess } from "node:child_process";
import { connect } from "node:net";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { AppError } from "#lib/errors";
import { toolPath } from "./build.ts";
import { rotateLog } from "./child-output.ts";
import type { DataDir } from "./data-dir.ts";
import { keepPort } from "./ports.ts";
import { endOrphanedPostgres, openPostgres, stopPostgres } from "./postgres.ts";
import { spawnNode, type Service, type Supervisor } from "./supervise.ts";

export interface ServiceSite {
  dataDir: DataDir;
  supervisor: Supervisor;
  /** One line for the terminal. */
  report: (line: string) => void;
}

// Together below ten seconds, the time a terminal or service manager waits before it kills.
const GRACE_MS = { web: 1500, worker: 3500, objects: 2000, postgres: 900 };

/** Starts embedded PostgreSQL under supervision and returns the address of the application's database. */
export async function startDatabase({ dataDir, supervisor, report }: ServiceSite): Promise<string> {
  const { secrets, path } = dataDir;
  const logPath = logPathOf(path, "postgres");
  const recorded = dataDir.state();
  const dir = recorded.postgresDir ?? join(path, "postgres");
  await endOrphanedPostgres(dir);
  const server = openPostgres({
    dir,
    port: await keepPort(recorded.postgresPort),
    logPath,
    superuserPassword: secrets.postgresPassword,
    databasePassword: secrets.databasePassword,
  });
  const isElsewhere = server.dir !== join(path, "postgres");
  if (isElsewhere && server.created) {
    report(`PostgreSQL's user cannot reach ${path}; the database lives in ${server.dir}.`);
  }
  rotateLog(logPath);
  await supervisor.start({
    name: "PostgreSQL",
    launch: server.launch,
    ready: server.ready,
    end: (pid) => stopPostgres(pid, GRACE_MS.postgres),
    graceMs: GRACE_MS.postgres,
  });
  dataDir.update({ postgresPort: server.port, ...(isElsewhere ? { postgresDir: server.dir } : {}) });
  return server.url;
}

/** Starts the embedded object server under supervision and returns its address, the same at every start. */
export async function startObjectServer(site: ServiceSite, eventUrl: string, eventSecret: string): Promise<string> {
  const { dataDir, supervisor } = site;
  const port = await keepPort(dataDir.state().objectServerPort);
  dataDir.update({ objectServerPort: port });
  const env = {
    ...process.env,
    OBJECT_SERVER_PORT: String(port),
    OBJECT_SERVER_DIR: join(dataDir.path, "objects"),
    OBJECT_SERVER_ACCESS_KEY_ID: dataDir.secrets.s3AccessKeyId,
    OBJECT_SERVER_SECRET: dataDir.secrets.s3SecretAccessKey,
    OBJECT_SERVER_EVENT_URL: eventUrl,
    OBJECT_SERVER_EVENT_SECRET: eventSecret,
  };
  const service = nodeService(site, {
    name: "object server",
    args: ["bin/object-server.ts"],
    env,
    graceMs: GRACE_MS.objects,
  });
  const ready = (child: ChildProcess) => waitForPort(port, child, logPathOf(dataDir.path, service.name));
  await supervisor.start({ ...service, ready });
  return `http://127.0.0.1:${port}`;
}

export function workerService(site: ServiceSite, env: NodeJS.ProcessEnv): Service {
  return nodeService(site, { name: "worker", args: ["bin/worker.ts"], env, graceMs: GRACE_MS.worker });
}

export function webService(site: ServiceSite, env: NodeJS.ProcessEnv, mode: "start" | "dev"): Service {
  const args = [toolPath("next"), mode, "--port", env.PORT ?? "3000"];
  const webEnv = {
    ...env,
    NODE_ENV: mode === "dev" ? "development" : "production",
    NEXT_TELEMETRY_DISABLED: "1",
  } as const;
  return nodeService(site, { name: "web", args, env: webEnv, graceMs: GRACE_MS.web });
}

export function logPathOf(dataDirPath: string, name: string): string {
  return join(dataDirPath, "logs", `${name.replaceAll(" ", "-")}.log`);
}

interface NodeServiceRequest {
  name: string;
  args: string[];
  env: NodeJS.ProcessEnv;
  graceMs: number;
}

function nodeService(site: ServiceSite, { name, args, env, graceMs }: NodeServiceRequest): Service {
  const logPath = logPathOf(site.dataDir.path, name);
  const report = (line: string) => site.report(`[${name}] ${line}`);
  return {
    name,
    graceMs,
    launch: () => {
      rotateLog(logPath);
      return spawnNode({ args, env, logPath, report });
    },
  };
}

async function waitForPort(port: number, child: ChildProcess, logPath: string): Promise<void> {
  while (!(await answers(port))) {
    if (child.exitCode !== null || child.signalCode !== null) {
      throw new AppError("unavailable", `The object server did not start; see ${logPath}.`);
    }
    await delay(20);
  }
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: "127.0.0.1" });
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });
}
