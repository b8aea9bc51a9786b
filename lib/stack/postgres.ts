import { spawn, type ChildProcess } from "node:child_process";
import { closeSync, openSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";
import { AppError, messageOf } from "#lib/errors";
import { findPostgresBinaries } from "./postgres-binaries.ts";
import { ensureCluster, postgresEnvironment, reachableClusterDir } from "./postgres-cluster.ts";
import { resolvePostgresUser } from "./postgres-user.ts";
import { processCommand, processIdentity, waitUntil } from "./processes.ts";

export interface PostgresOptions {
  /** Folder for the cluster's files; see `dir` of the result for where they really are. */
  dir: string;
  port: number;
  logPath: string;
  superuserPassword: string;
  databasePassword: string;
  /** False trades durability for speed: tests only. */
  durable?: boolean;
}

export interface Postgres {
  dir: string;
  port: number;
  /** Connects as the owner of the application's database, which is no superuser. */
  url: string;
  /** Whether this start created the cluster. */
  created: boolean;
  /** Starts the server process, ending one that an earlier start left behind. */
  launch: () => Promise<ChildProcess>;
  /** Resolves when the application's database answers; rejects with the reason when `child` ends instead. */
  ready: (child: ChildProcess) => Promise<void>;
}

const OWNER = "fieldport";
const DATABASE = "fieldport";

/** Prepares real PostgreSQL in a folder: finds the programs, a user for them, and a complete cluster. */
export function openPostgres(options: PostgresOptions): Postgres {
  const user = resolvePostgresUser();
  const binaries = findPostgresBinaries(user);
  const durable = options.durable ?? true;
  const dir = reachableClusterDir(options.dir, user, options.superuserPassword);
  const outcome = ensureCluster({ ...options, dir, user, binaries, durable });
  let logStart = 0;
  const launch = async () => {
    await endOrphanedPostgres(dir);
    const log = openSync(options.logPath, "a");
    logStart = statSync(options.logPath).size;
    // A session of its own: Ctrl-C in the terminal must reach the portal first, PostgreSQL goes last.
    const child = spawn(binaries.postgres, ["-D", dir, "-p", String(options.port), ...postgresFlags(durable)], {
      ...(user ?? {}),
      cwd: dir,
      env: postgresEnvironment(),
      stdio: ["ignore", log, log],
      detached: process.platform !== "win32",
    });
    closeSync(log);
    child.on("error", () => undefined);
    // Should this process end without its orderly stop, the server must not outlive it.
    const endWithUs = () => child.kill("SIGINT");
    process.once("exit", endWithUs);
    child.once("exit", () => process.off("exit", endWithUs));
    return child;
  };
  const url = embeddedDatabaseUrl(options.port, options);
  const adminUrl = `postgresql://postgres:${encodeURIComponent(options.superuserPassword)}@127.0.0.1:${options.port}/postgres`;
  return {
    dir,
    port: options.port,
    url,
    created: outcome === "created",
    launch,
    ready: async (child) => {
      if (await connectWhileRunning({ url, adminUrl, databasePassword: options.databasePassword }, child)) return;
      throw new AppError("unavailable", `PostgreSQL did not start: ${lastFatal(options.logPath, logStart)}`);
    },
  };
}

/** Address of the application's database, as its owner. */
export function embeddedDatabaseUrl(port: number, secrets: { databasePassword: string }): string {
  return `postgresql://${OWNER}:${encodeURIComponent(secrets.databasePassword)}@127.0.0.1:${port}/${DATABASE}`;
}

/** Server settings for a machine it shares with web and worker. */
function postgresFlags(durable: boolean): string[] {
  const settings: Record<string, string> = {
    listen_addresses: "127.0.0.1",
    unix_socket_directories: "",
    max_connections: "200",
    shared_buffers: durable ? "256MB" : "128MB",
    work_mem: "16MB",
    maintenance_work_mem: "256MB",
    effective_cache_size: "2GB",
    random_page_cost: "1.1",
    // Nothing replicates from here; minimal logging lets bulk loads into new tables skip the write-ahead log.
    wal_level: "minimal",
    max_wal_senders: "0",
    max_wal_size: "4GB",
    checkpoint_timeout: "15min",
    synchronous_commit: durable ? "on" : "off",
    fsync: durable ? "on" : "off",
    full_page_writes: durable ? "on" : "off",
    // Planning time of just-in-time compilation exceeds its gain on the portal's short queries.
    jit: "off",
    // One partition per month and quantity: a wide query locks many.
    max_locks_per_transaction: "256",
    timezone: "UTC",
    log_timezone: "UTC",
    log_checkpoints: "off",
  };
  return Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
}

interface Access {
  url: string;
  adminUrl: string;
  databasePassword: string;
}

/** True once the application's database answers, false when the server ended first. */
async function connectWhileRunning(access: Access, child: ChildProcess): Promise<boolean> {
  while (child.exitCode === null && child.signalCode === null) {
    const failure = await tryConnect(access.url);
    if (failure === null) return true;
    if (isStarting(failure)) await delay(30);
    else await createDatabase(access);
  }
  return false;
}

async function tryConnect(url: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5000 });
  // A server that is going down drops the connection later; only the attempt itself matters here.
  client.on("error", () => undefined);
  try {
    await client.connect();
    await client.end();
    return null;
  } catch (error) {
    return error;
  }
}

/** Refused connections and SQLSTATE 57P03 (starting up, recovering after a crash) pass by themselves. */
function isStarting(failure: unknown): boolean {
  const code = failure instanceof Error && "code" in failure ? String(failure.code) : "";
  const isMissing = code === "28P01" || code === "28000" || code === "3D000";
  return !isMissing;
}

async function createDatabase(access: Access): Promise<void> {
  const admin = new pg.Client({ connectionString: access.adminUrl });
  try {
    await admin.connect();
    const roles = await admin.query("select 1 from pg_roles where rolname = $1", [OWNER]);
    const verb = roles.rowCount === 0 ? "create" : "alter";
    // Like the owner a managed service hands out: may make roles and databases, bound by everything else.
    const attributes = "login createrole createdb nosuperuser nobypassrls";
    await admin.query(`${verb} role ${OWNER} ${attributes} password ${admin.escapeLiteral(access.databasePassword)}`);
    const databases = await admin.query("select 1 from pg_database where datname = $1", [DATABASE]);
    if (databases.rowCount === 0) await admin.query(`create database ${DATABASE} owner ${OWNER}`);
  } catch (error) {
    const advice = "Is secrets.json the one this database was made with?";
    throw new AppError("unavailable", `PostgreSQL refuses its own password (${messageOf(error)}). ${advice}`, {
      cause: error,
    });
  } finally {
    await admin.end();
  }
}

function lastFatal(logPath: string, from: number): string {
  const text = readFileSync(logPath).subarray(from).toString("utf8");
  const lines = text.split("\n").filter((line) => /FATAL|PANIC|error while loading/.test(line));
  const first = lines[0] ?? text.trim().split("\n").at(-1) ?? "";
  return `${first.replace(/^.*?(FATAL|PANIC):\s*/, "") || "no message"} (see ${logPath})`;
}

/**
 * Ends a server that still runs on this folder because its portal was killed; the caller holds the folder's lock,
 * so it is nobody else's. A postmaster.pid whose number now belongs to a stranger is removed.
 */
export async function endOrphanedPostgres(dir: string): Promise<void> {
  const pidPath = join(dir, "postmaster.pid");
  const pid = readPid(pidPath);
  if (pid === null || processIdentity(pid) === null) return;
  const command = processCommand(pid);
  if (!command.includes("postgres") || !command.includes(dir)) {
    rmSync(pidPath, { force: true });
    return;
  }
  await stopPostgres(pid);
}

function readPid(path: string): number | null {
  try {
    const pid = Number(readFileSync(path, "utf8").split("\n")[0]);
    return Number.isInteger(pid) && pid > 0 ? pid : null;
  } catch {
    return null;
  }
}

/** Fast shutdown; an immediate one (repaired at the next start) when that takes longer than `graceMs`. */
export async function stopPostgres(pid: number, graceMs = 4000): Promise<void> {
  for (const signal of ["SIGINT", "SIGQUIT", "SIGKILL"] as const) {
    try {
      process.kill(pid, signal);
    } catch {
      return;
    }
    if (await waitUntil(() => processIdentity(pid) === null, graceMs)) return;
  }
}
