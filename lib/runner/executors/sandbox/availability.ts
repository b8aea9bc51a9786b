import { execFile } from "node:child_process";
import { constants } from "node:fs";
import { access } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";
import { env } from "#lib/env";
import { AppError, messageOf } from "#lib/errors";
import type { Availability } from "../executor.ts";
import { isolation, NO_ENVIRONMENT } from "./isolation.ts";

const INSTALL = "Install bubblewrap (Debian and Ubuntu: apt-get install bubblewrap) and start the worker again.";

let checked: Promise<Availability & { bwrap?: string }> | undefined;

/** Whether programs can be isolated here, found out by isolating one. Without isolation nothing is run at all. */
export function checkIsolation(): Promise<Availability & { bwrap?: string }> {
  checked ??= tryIsolation();
  return checked;
}

/** @throws AppError `unavailable` with the reason. */
export async function requireIsolation(): Promise<{ bwrap: string }> {
  const found = await checkIsolation();
  if (found.isAvailable) return { bwrap: found.bwrap ?? "" };
  throw new AppError("unavailable", found.reason);
}

async function tryIsolation(): Promise<Availability & { bwrap?: string }> {
  if (process.platform !== "linux")
    return refuse(`Apps are isolated by Linux namespaces; this is ${process.platform}. Run a worker on Linux.`);
  const bwrap = await findBwrap();
  if (!bwrap) return refuse(`bubblewrap (bwrap), which isolates apps, is not installed. ${INSTALL}`);
  try {
    await promisify(execFile)(bwrap, [...isolation(), "--", "/usr/bin/true"], { timeout: 10_000, env: NO_ENVIRONMENT });
    return { isAvailable: true, bwrap };
  } catch (error) {
    const said = messageOf(error).split("\n").slice(1).join(" ").trim().slice(0, 300) || messageOf(error);
    return refuse(
      `bubblewrap cannot isolate here (${said}). In a container, allow user namespaces, or run the worker outside of it.`,
    );
  }
}

function refuse(reason: string): Availability {
  return { isAvailable: false, reason };
}

async function findBwrap(): Promise<string | null> {
  const folders = [...env().PATH.split(delimiter), "/usr/bin", "/usr/local/bin"].filter((each) => each.startsWith("/"));
  for (const folder of folders) {
    const path = join(folder, "bwrap");
    const isThere = await access(path, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (isThere) return path;
  }
  return null;
}
