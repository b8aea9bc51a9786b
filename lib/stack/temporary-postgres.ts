import { randomBytes } from "node:crypto";
import { spawnSync } from "node:child_process";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findPostgresBinaries } from "./postgres-binaries.ts";
import { ensureCluster } from "./postgres-cluster.ts";
import { resolvePostgresUser, type PostgresUser } from "./postgres-user.ts";
import { endOrphanedPostgres, openPostgres, stopPostgres } from "./postgres.ts";
import { recordedProcess, recordProcess, stillRuns } from "./processes.ts";
import { findFreePort } from "./ports.ts";

export interface TemporaryPostgres {
  /** Connects as the database's owner, which is no superuser. */
  url: string;
  /** The temporary folder; removed by `stop`. */
  dir: string;
  stop: () => Promise<void>;
}

/** The template is shared between runs, so its passwords are fixed; it listens on the loopback address only. */
const PASSWORD = "temporary";
const PREFIX = "fieldport-db-";
const OWNER_FILE = "owner.json";

/** Real PostgreSQL in a folder of its own under the system's temporary folder: for tests and drift checks. */
export async function startTemporaryPostgres(): Promise<TemporaryPostgres> {
  await removeAbandoned();
  const root = mkdtempSync(join(tmpdir(), PREFIX));
  writeFileSync(join(root, OWNER_FILE), JSON.stringify(recordProcess(process.pid)));
  try {
    // PostgreSQL's own user must pass through.
    chmodSync(root, 0o755);
    const dir = join(root, "postgres");
    copyTemplate(dir);
    const server = openPostgres({
      dir,
      port: await findFreePort(),
      logPath: join(root, "postgres.log"),
      superuserPassword: PASSWORD,
      databasePassword: randomBytes(12).toString("hex"),
      durable: false,
    });
    const child = await server.launch();
    await server.ready(child);
    const stop = async () => {
      if (child.pid !== undefined) await stopPostgres(child.pid);
      rmSync(root, { recursive: true, force: true });
    };
    return { url: server.url, dir: root, stop };
  } catch (error) {
    rmSync(root, { recursive: true, force: true });
    throw error;
  }
}

/** Folders of runs that were killed, with the server that may still run in them. */
async function removeAbandoned(): Promise<void> {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(PREFIX))) {
    const root = join(tmpdir(), name);
    try {
      const owner = recordedProcess.parse(JSON.parse(readFileSync(join(root, OWNER_FILE), "utf8")));
      if (stillRuns(owner)) continue;
      await endOrphanedPostgres(join(root, "postgres"));
      rmSync(root, { recursive: true, force: true });
    } catch {
      // Not ours to judge: just being made, or another user's.
    }
  }
}

/** Copying a finished cluster takes a third of the time of making one. */
function copyTemplate(dir: string): void {
  const user = resolvePostgresUser();
  const binaries = findPostgresBinaries(user);
  const template = join(tmpdir(), `fieldport-template-${binaries.version}-${process.getuid?.() ?? "user"}`);
  if (!existsSync(template)) {
    const draft = mkdtempSync(join(tmpdir(), "fieldport-template-new-"));
    chmodSync(draft, 0o755);
    ensureCluster({ dir: join(draft, "postgres"), superuserPassword: PASSWORD, user, binaries, durable: false });
    try {
      renameSync(draft, template);
    } catch {
      // Another run was quicker; its template is as good.
      rmSync(draft, { recursive: true, force: true });
    }
  }
  cpSync(join(template, "postgres"), dir, { recursive: true, verbatimSymlinks: true });
  giveTo(dir, user);
}

function giveTo(dir: string, user: PostgresUser): void {
  chmodSync(dir, 0o700);
  if (user) spawnSync("chown", ["-R", `${user.uid}:${user.gid}`, dir]);
}
