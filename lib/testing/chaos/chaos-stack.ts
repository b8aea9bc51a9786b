import type { ChildProcess } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { ensurePrismaClient } from "#lib/stack/build";
import { stackEnvironment } from "#lib/stack/config";
import { openDataDir, type DataDir } from "#lib/stack/data-dir";
import { prepareDatabase } from "#lib/stack/database";
import { waitForHealth } from "#lib/stack/health";
import { ensureBucket } from "#lib/stack/objects";
import { findFreePort } from "#lib/stack/ports";
import { processIdentity, waitUntil } from "#lib/stack/processes";
import { logPathOf, startDatabase, startObjectServer, workerService, type ServiceSite } from "#lib/stack/services";
import { createSupervisor, spawnNode, type Service } from "#lib/stack/supervise";

/** The names under which the supervisor knows its services. */
export const SERVICES = ["PostgreSQL", "object server", "worker", "web"] as const;
export type ServiceName = (typeof SERVICES)[number];

export interface ChaosStack {
  /** Address of the REST API. */
  url: string;
  dir: string;
  pidOf: (service: ServiceName) => number | undefined;
  /** Processes that compute runs (or are booted ahead for one). */
  runChildren: () => number[];
  /** Temporary folders that runs and checks made and that still exist. */
  leftovers: () => string[];
  /** Set when the supervisor gave a service up. */
  givenUp: () => string | null;
  stop: () => Promise<void>;
}

const ROUTE_SERVER = fileURLToPath(new URL("./route-server.ts", import.meta.url));
const READY_MS = 60_000;
const SCRATCH = "scratch";
/** Settings of a developer's shell that must not decide what is killed. */
const FOREIGN = /^(DATABASE_|S3_|AWS_|FIELDPORT_|NEXTAUTH_|SMTP_|OIDC_|PORT$|VITEST|NODE_ENV$|NODE_OPTIONS$)/;

/**
 * A portal of its own in a temporary folder, under the same supervisor and with the same settings as `npm start`:
 * PostgreSQL that is durable, the object server, one worker, and a web process with the real route handlers.
 * Sets this process's environment, so that services called from here meet the same database and storage.
 */
export async function startChaosStack(): Promise<ChaosStack> {
  await ensurePrismaClient();
  const dir = mkdtempSync(join(tmpdir(), "fieldport-chaos-"));
  // PostgreSQL's own user must pass through.
  chmodSync(dir, 0o755);
  const scratch = join(dir, SCRATCH);
  mkdirSync(scratch);
  const dataDir = openDataDir(dir);
  let givenUp: string | null = null;
  const supervisor = createSupervisor({
    report: () => undefined,
    onGiveUp: (name) => (givenUp = name),
    onChange: (children) => dataDir.update({ children }),
  });
  const site: ServiceSite = { dataDir, supervisor, report: () => undefined };
  const stop = async () => {
    await supervisor.stopAll();
    rmSync(dir, { recursive: true, force: true });
  };
  try {
    const env = await startStores(site, await findFreePort());
    // Assigning undefined to an environment variable makes it the word "undefined".
    for (const [name, value] of Object.entries(env)) if (value !== undefined) process.env[name] = value;
    // Connections that break are what this process expects.
    process.env.FIELDPORT_LOG = "silent";
    const childEnv = { ...env, TMPDIR: scratch };
    const url = `http://127.0.0.1:${env.PORT ?? ""}`;
    await supervisor.start(workerService(site, childEnv));
    await supervisor.start(routeService(site, childEnv));
    const reason = await waitForHealth(`${url}/api/v1/health`, READY_MS);
    if (reason !== null) throw new Error(`The stack does not become healthy: ${reason}\n${readLogs(dir)}`);
    const pidOf = (service: ServiceName) => alivePid(dataDir, service);
    return {
      ...{ url, dir, pidOf, stop },
      runChildren: () => childrenOf(pidOf("worker"), "run-child"),
      leftovers: () => readdirSync(scratch).filter((name) => name.startsWith("fieldport-work-")),
      givenUp: () => givenUp,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startStores(site: ServiceSite, port: number): Promise<NodeJS.ProcessEnv> {
  const { dataDir } = site;
  const own = Object.fromEntries(Object.entries(process.env).filter(([name]) => !FOREIGN.test(name)));
  for (const name of Object.keys(process.env)) if (FOREIGN.test(name)) Reflect.deleteProperty(process.env, name);
  const eventUrl = `http://127.0.0.1:${port}/api/v1/objects/events`;
  const databaseUrl = await startDatabase(site);
  const s3Endpoint = await startObjectServer(site, eventUrl, dataDir.secrets.eventSecret);
  const env: NodeJS.ProcessEnv = {
    ...stackEnvironment(own as NodeJS.ProcessEnv, {
      ...{ dataDir: dataDir.path, port, databaseUrl, s3Endpoint, ownObjects: true },
      secrets: dataDir.secrets,
    }),
    NODE_ENV: "production",
    FIELDPORT_LOG: "warn",
  };
  await prepareDatabase(databaseUrl);
  await ensureBucket({
    endpoint: s3Endpoint,
    region: env.AWS_REGION ?? "",
    bucket: env.S3_BUCKET ?? "",
    credentials: { accessKeyId: dataDir.secrets.s3AccessKeyId, secretAccessKey: dataDir.secrets.s3SecretAccessKey },
    origins: [env.FIELDPORT_URL ?? ""],
  });
  return env;
}

function routeService(site: ServiceSite, env: NodeJS.ProcessEnv): Service {
  const logPath = logPathOf(site.dataDir.path, "web");
  return {
    name: "web",
    graceMs: 1500,
    launch: (): ChildProcess => spawnNode({ args: [ROUTE_SERVER], env, logPath, report: site.report }),
  };
}

function alivePid(dataDir: DataDir, service: ServiceName): number | undefined {
  const recorded = dataDir.state().children[service];
  return recorded && processIdentity(recorded.pid) === recorded.identity ? recorded.pid : undefined;
}

/** Direct children whose command line names `what`; Linux only, elsewhere none. */
export function childrenOf(pid: number | undefined, what: string): number[] {
  if (pid === undefined) return [];
  try {
    const listed = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim().split(" ").filter(Boolean);
    return listed.map(Number).filter((child) => readFileSync(`/proc/${child}/cmdline`, "utf8").includes(what));
  } catch {
    return [];
  }
}

/** Waits until a service runs again under another pid. */
export function waitForRestart(stack: ChaosStack, service: ServiceName, killedPid: number): Promise<boolean> {
  return waitUntil(() => {
    const pid = stack.pidOf(service);
    return (pid !== undefined && pid !== killedPid) || stack.givenUp() !== null;
  }, READY_MS);
}

/** The end of every log, for a failure that needs explaining. */
export function readLogs(dir: string): string {
  const folder = join(dir, "logs");
  return readdirSync(folder)
    .map((name) => `--- ${name}\n${readFileSync(join(folder, name), "utf8").slice(-3000)}`)
    .join("\n");
}
