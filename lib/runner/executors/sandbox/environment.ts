import { createHash } from "node:crypto";
import { chmod, mkdir, readdir, readFile, rename, rm, stat, utimes } from "node:fs/promises";
import { join, resolve } from "node:path";
import { env } from "#lib/env";
import type { MachineEnd, MachineJob, MachineWatch } from "../executor.ts";
import { openInside } from "../../files/inside.ts";
import { giveTo, runInPlace, type Place } from "./place.ts";

/** Where packages stand inside. */
export const PACKAGES = "/env";
/** More than this many are kept; the ones used longest ago go. */
const KEPT_MAX = 30;
const INSTALL_MAX_S = 1800;
/** What pip says when the network, not the requirements, was at fault. */
const NETWORK =
  /NewConnectionError|ReadTimeoutError|ConnectionResetError|Connection aborted|HTTP error 5\d\d|ProxyError/;

export type Environment =
  { kind: "none" } | { kind: "ready"; folder: string; packages: string[] } | { kind: "failed"; end: MachineEnd };

/**
 * The packages an app requires, installed once for the same requirements in the same workspace. Installing runs code of
 * the packages, so it happens in the sandbox, too, with a network of its own and without the app's secrets.
 */
export async function ensureEnvironment(job: MachineJob, place: Place, watch: MachineWatch): Promise<Environment> {
  const text = await readRequirements(job);
  if (text === "") return { kind: "none" };
  const base = join(resolve(env().FIELDPORT_DATA_DIR), "runner", "environments");
  const key = [job.workspaceId, place.python.path, place.python.version, text].join("\n");
  const folder = join(base, createHash("sha256").update(key).digest("hex"));
  watch.onStep("installing");
  const known = await listPackages(folder);
  if (known) {
    watch.onNote(`packages: ${known.length}, installed before`);
    await utimes(folder, new Date(), new Date());
    return { kind: "ready", folder, packages: known };
  }
  await mkdir(base, { recursive: true });
  return install(job, { place, watch, folder });
}

interface Installing {
  place: Place;
  watch: MachineWatch;
  folder: string;
}

async function install(job: MachineJob, { place, watch, folder }: Installing): Promise<Environment> {
  const partial = `${folder}.${job.runId}`;
  // An attempt before this one may have been killed in the middle.
  await rm(partial, { recursive: true, force: true });
  await mkdir(partial);
  if (place.uid !== null) await giveTo(partial, place.uid);
  try {
    let said = "";
    const end = await runInPlace(place, pipProgram(job, place, partial), {
      ...watch,
      onStep: () => undefined,
      onOutput: (chunk) => {
        said = (said + chunk.toString()).slice(-4_000);
        return watch.onOutput(chunk);
      },
    });
    if (end.how !== "exited") return { kind: "failed", end };
    if (end.exitCode !== 0) return { kind: "failed", end: installFailure(lastError(said), NETWORK.test(said)) };
    if (place.uid !== null) await giveTo(partial, 0);
    await chmod(partial, 0o755);
    // Another run may have been faster with the same packages: its folder is as good.
    await rename(partial, folder).catch(() => undefined);
    await dropOldest(join(folder, ".."));
    const packages = (await listPackages(folder)) ?? [];
    watch.onNote(`packages: ${packages.length} installed`);
    return { kind: "ready", folder, packages };
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
}

function pipProgram(job: MachineJob, { python }: Place, partial: string) {
  const options = ["--no-input", "--no-cache-dir", "--disable-pip-version-check", "--progress-bar", "off"];
  const network = ["--retries", "2", "--timeout", "20"];
  const argv = [python.path, "-I", "-m", "pip", "install", ...options, ...network];
  const index = env().FIELDPORT_PIP_INDEX_URL;
  return {
    argv: [...argv, "--target", PACKAGES, "-r", job.requirements ?? ""],
    environment: (index ? { PIP_INDEX_URL: index } : {}) as Record<string, string>,
    mounts: [{ from: partial, to: PACKAGES, isWritable: true }],
    network: true,
    limits: {
      ...job.limits,
      timeoutS: Math.min(job.limits.timeoutS, INSTALL_MAX_S),
      memoryMb: Math.max(job.limits.memoryMb, 1024),
      processesMax: Math.max(job.limits.processesMax, 64),
    },
  };
}

/** The app's requirements; empty where it names none. @throws AppError for a link or what is no file. */
export async function readRequirements(job: MachineJob): Promise<string> {
  const file = job.requirements === null ? null : await openInside(join(job.folder, "app"), job.requirements);
  if (!file) return "";
  try {
    const text = await file.readFile("utf8");
    return text.split("\n").every((line) => /^\s*(#.*)?$/.test(line)) ? "" : text;
  } finally {
    await file.close();
  }
}

/** "numpy==2.3.1" of everything installed there; null when there is no such environment. */
async function listPackages(folder: string): Promise<string[] | null> {
  const names = await readdir(folder).catch(() => null);
  if (names === null) return null;
  const found = await Promise.all(
    names
      .filter((name) => name.endsWith(".dist-info"))
      .map(async (name) => {
        const about = await readFile(join(folder, name, "METADATA"), "utf8").catch(() => "");
        const value = (key: string) => new RegExp(`^${key}: (.+)$`, "m").exec(about)?.[1]?.trim();
        return `${value("Name") ?? name}==${value("Version") ?? "?"}`;
      }),
  );
  return found.sort();
}

function lastError(said: string): string {
  const lines = said.split("\n").filter((line) => /^\s*ERROR:/.test(line));
  return lines.at(-1)?.replace(/^\s*ERROR:\s*/, "") ?? "pip ended with an error; its words stand in the log.";
}

function installFailure(detail: string, isTemporary = false): MachineEnd {
  const base = { durationS: 0, cpuS: null, peakMemoryBytes: null, peakDiskBytes: null };
  return { ...base, how: "failed", step: "installing", detail: `Requirements: ${detail}`, isTemporary };
}

/** Also what killed attempts left half installed: nothing installs for that long. */
async function dropOldest(base: string): Promise<void> {
  const all = await Promise.all(
    (await readdir(base)).map(async (name) => ({
      name,
      at: (await stat(join(base, name)).catch(() => null))?.mtimeMs ?? 0,
    })),
  );
  const whole = all.filter(({ name }) => /^[0-9a-f]{64}$/.test(name));
  const oldest = whole.sort((a, b) => b.at - a.at).slice(KEPT_MAX);
  const left = all.filter(({ name, at }) => name.includes(".") && at < Date.now() - 2 * INSTALL_MAX_S * 1000);
  for (const { name } of [...oldest, ...left]) await rm(join(base, name), { recursive: true, force: true });
}
