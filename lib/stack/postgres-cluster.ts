import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { AppError } from "#lib/errors";
import type { PostgresBinaries } from "./postgres-binaries.ts";
import { sharedDir } from "./postgres-binaries.ts";
import { canReach, type PostgresUser } from "./postgres-user.ts";

export interface ClusterRequest {
  dir: string;
  superuserPassword: string;
  user: PostgresUser;
  binaries: PostgresBinaries;
  /** False skips flushing to disk: for databases that a test throws away. */
  durable: boolean;
}

/**
 * Where the cluster's files can live: the wanted folder, or a shared one when PostgreSQL's user cannot get there. The
 * secret is part of that name: a data folder made anew must not meet the cluster of the one it replaces.
 */
export function reachableClusterDir(wanted: string, user: PostgresUser, secret: string): string {
  const parent = dirname(wanted);
  mkdirSync(parent, { recursive: true });
  if (canReach(parent, user)) return wanted;
  const key = createHash("sha256").update(`${wanted}\0${secret}`).digest("hex").slice(0, 8);
  const place = join(sharedDir("lib"), `${basename(parent).replace(/^\./, "")}-${key}`);
  mkdirSync(place, { recursive: true });
  return join(place, basename(wanted));
}

/**
 * Makes sure a complete database cluster lies in `dir`. It is built beside and renamed, so a folder with the final
 * name was always completed, and what a killed attempt left is recognised and removed.
 */
export function ensureCluster(request: ClusterRequest): "created" | "found" {
  const { dir } = request;
  removeUnfinished(dir);
  if (isFilled(dir)) {
    checkVersion(dir, request.binaries.version);
    return "found";
  }
  const draft = `${dir}.init-${process.pid}`;
  mkdirSync(draft, { recursive: true, mode: 0o700 });
  if (request.user) chownSync(draft, request.user.uid, request.user.gid);
  try {
    runInitdb(request, draft);
    rmSync(dir, { recursive: true, force: true });
    renameSync(draft, dir);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    throw error;
  }
  return "created";
}

function removeUnfinished(dir: string): void {
  const prefix = `${basename(dir)}.init-`;
  for (const name of readdirSync(dirname(dir))) {
    if (name.startsWith(prefix)) rmSync(join(dirname(dir), name), { recursive: true, force: true });
  }
}

function isFilled(dir: string): boolean {
  return existsSync(dir) && readdirSync(dir).length > 0;
}

function checkVersion(dir: string, packageVersion: string): void {
  const keep = `Move ${dir} away (or restore a backup) and start again.`;
  if (!existsSync(join(dir, "PG_VERSION")) || !existsSync(join(dir, "global", "pg_control"))) {
    throw new AppError("unavailable", `${dir} is not a complete PostgreSQL database. ${keep}`);
  }
  const found = readFileSync(join(dir, "PG_VERSION"), "utf8").trim();
  const brought = packageVersion.split(".")[0] ?? "";
  if (found !== brought) {
    const advice = `Dump it with the old version and restore it, or set DATABASE_URL to a PostgreSQL ${found} server.`;
    throw new AppError(
      "unavailable",
      `${dir} was made by PostgreSQL ${found}, this Fieldport brings ${brought}. ${advice}`,
    );
  }
}

function runInitdb(request: ClusterRequest, draft: string): void {
  const { user, binaries, durable } = request;
  const secretDir = mkdtempSync(join(tmpdir(), "fieldport-init-"));
  const passwordFile = join(secretDir, "password");
  try {
    writeFileSync(passwordFile, `${request.superuserPassword}\n`, { mode: 0o600 });
    if (user) for (const path of [secretDir, passwordFile]) chownSync(path, user.uid, user.gid);
    const args = [`--pgdata=${draft}`, "--username=postgres", "--auth=scram-sha-256", `--pwfile=${passwordFile}`];
    // The built-in provider sorts and folds case the same on every platform and needs no system locale.
    args.push("--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8");
    if (!durable) args.push("--no-sync");
    const outcome = spawnSync(binaries.initdb, args, {
      encoding: "utf8",
      cwd: draft,
      env: postgresEnvironment(),
      ...(user ?? {}),
    });
    if (outcome.status !== 0) throw initFailure(draft, outcome.error?.message ?? outcome.stderr);
  } finally {
    rmSync(secretDir, { recursive: true, force: true });
  }
}

function initFailure(dir: string, output: string): AppError {
  const lines = output.trim().split("\n");
  const reason = lines.find((line) => /error|fatal|denied|no space/i.test(line)) ?? lines.at(-1) ?? "no message";
  return new AppError("unavailable", `PostgreSQL could not create its database in ${dirname(dir)}: ${reason.trim()}`);
}

/** The environment without settings meant for another PostgreSQL. */
export function postgresEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !name.startsWith("PG") && !name.startsWith("LC_"));
  return { ...Object.fromEntries(kept), NODE_ENV: process.env.NODE_ENV, LC_ALL: "C" };
}
