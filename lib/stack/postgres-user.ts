import { execFileSync, spawnSync } from "node:child_process";
import { AppError, messageOf } from "#lib/errors";

/** The system user PostgreSQL runs as; null when the current user will do. */
export type PostgresUser = { uid: number; gid: number } | null;

const NAME = "postgres";

/** PostgreSQL refuses to run as root, so root hands it to a user of its own, made when it is missing. */
export function resolvePostgresUser(): PostgresUser {
  if (process.getuid?.() !== 0) return null;
  const known = lookUp();
  if (known) return known;
  try {
    createUser();
  } catch (error) {
    throw refusal(messageOf(error));
  }
  const created = lookUp();
  if (!created) throw refusal("it is still unknown after useradd");
  return created;
}

/** Whether that user may read and enter the path (and every folder above it). */
export function canReach(path: string, user: PostgresUser): boolean {
  if (!user) return true;
  // test(1) under the other user is the only check that also knows ACLs and mounts; /bin/sh is always reachable.
  const outcome = spawnSync("/bin/sh", ["-c", 'test -r "$1" && test -x "$1"', "sh", path], { ...user, cwd: "/" });
  return outcome.status === 0;
}

function lookUp(): PostgresUser {
  const number = (flag: string) => Number(execFileSync("id", [flag, NAME], { encoding: "utf8", stdio: "pipe" }));
  try {
    return { uid: number("-u"), gid: number("-g") };
  } catch {
    return null;
  }
}

function createUser(): void {
  const run = (command: string, args: string[]) => execFileSync(command, args, { stdio: "pipe" });
  try {
    run("useradd", ["--system", "--user-group", "--no-create-home", "--shell", "/usr/sbin/nologin", NAME]);
  } catch {
    // BusyBox systems have no useradd.
    run("addgroup", ["-S", NAME]);
    run("adduser", ["-S", "-D", "-H", "-G", NAME, NAME]);
  }
}

function refusal(reason: string): AppError {
  const advice = `Start Fieldport as an ordinary user, or create a system user named ${NAME}.`;
  return new AppError(
    "unavailable",
    `PostgreSQL does not run as root and its own user is missing (${reason}). ${advice}`,
  );
}
