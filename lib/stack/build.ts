import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { AppError } from "#lib/errors";
import { fingerprint, isStamped, writeStamp } from "./fingerprint.ts";
import { withLock } from "./lock-path.ts";
import { repositoryRoot } from "./repository-root.ts";

const GENERATED = join("lib", "db", "generated");
const BUILD_INPUTS = [
  ...["app", "components", "lib", "public", "prisma/schema"],
  ...["next.config.js", "postcss.config.mjs", "instrumentation.ts", "proxy.ts", "tsconfig.json"],
  ...["package.json", "package-lock.json"],
];
/** Only processes outside the web build run these, or they are made from packages. */
const NOT_BUILT = ["lib/stack", "lib/testing", "lib/db/generated", "public/basemap"];

/** Runs `prisma generate` when the client is missing or older than its schema. True when it ran. */
export async function ensurePrismaClient(): Promise<boolean> {
  const stampPath = join(repositoryRoot, GENERATED, ".stamp");
  const current = () =>
    fingerprint({
      root: repositoryRoot,
      paths: ["prisma/schema", "prisma.config.ts", "node_modules/prisma/package.json"],
    });
  if (isStamped(stampPath, current())) return false;
  return withLock(join(repositoryRoot, "node_modules", ".prisma-generate.lock"), "prisma generate", async () => {
    const value = current();
    if (isStamped(stampPath, value)) return false;
    // The CLI wants to download an engine that generating does not use; any program in its place satisfies it.
    const env = { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, PRISMA_HIDE_UPDATE_MESSAGE: "1" };
    await runTool("prisma", ["generate"], env);
    writeStamp(stampPath, value);
    return true;
  });
}

/** Generates the offline basemap from its npm packages when it is missing or the packages changed. */
export async function ensureBasemap(): Promise<void> {
  const stampPath = join(repositoryRoot, "public", "basemap", ".stamp");
  const paths = [
    "bin/build-basemap.ts",
    "lib/maps/basemap",
    "lib/maps/regions",
    "node_modules/world-atlas/package.json",
    "node_modules/us-atlas/package.json",
  ];
  const value = fingerprint({ root: repositoryRoot, paths });
  if (isStamped(stampPath, value)) return;
  await runScript(join(repositoryRoot, "bin", "build-basemap.ts"), [], process.env);
  writeStamp(stampPath, value);
}

/** Builds the portal when its sources are newer than the last build. True when it ran. */
export async function ensureBuild(announce: (line: string) => void = () => undefined): Promise<boolean> {
  await ensurePrismaClient();
  await ensureBasemap();
  const stampPath = join(repositoryRoot, ".next", "fieldport-build");
  if (isBuilt(stampPath, buildFingerprint())) return false;
  return withLock(join(repositoryRoot, "node_modules", ".next-build.lock"), "next build", async () => {
    const value = buildFingerprint();
    if (isBuilt(stampPath, value)) return false;
    announce("Building the portal (once after each change of its code, about half a minute) …");
    await runTool("next", ["build"], { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" });
    writeStamp(stampPath, value);
    return true;
  });
}

function isBuilt(stampPath: string, value: string): boolean {
  // Next writes BUILD_ID last: without it `next start` refuses whatever else is there.
  return existsSync(join(repositoryRoot, ".next", "BUILD_ID")) && isStamped(stampPath, value);
}

function buildFingerprint(): string {
  return fingerprint({ root: repositoryRoot, paths: BUILD_INPUTS, except: NOT_BUILT, salt: process.version });
}

/** The JavaScript file behind a command of an installed package; works without a shell on every platform. */
export function toolPath(name: "prisma" | "next"): string {
  const require = createRequire(join(repositoryRoot, "package.json"));
  const root = dirname(require.resolve(`${name}/package.json`));
  return join(root, ...(name === "next" ? ["dist", "bin", "next"] : ["build", "index.js"]));
}

function runTool(name: "prisma" | "next", args: string[], env: NodeJS.ProcessEnv): Promise<void> {
  return runScript(toolPath(name), args, env);
}

function runScript(path: string, args: string[], env: NodeJS.ProcessEnv): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [path, ...args], { cwd: repositoryRoot, env, stdio: "pipe" });
    const endWithUs = () => child.kill();
    process.once("exit", endWithUs);
    const output: string[] = [];
    const collect = (chunk: Buffer) => output.push(chunk.toString());
    child.stdout.on("data", collect);
    child.stderr.on("data", collect);
    child.once("error", reject);
    child.once("close", (code, signal) => {
      process.off("exit", endWithUs);
      if (code === 0) resolve();
      else
        reject(
          new AppError(
            "unavailable",
            `${basename(path)} ${args.join(" ")} failed (${signal ?? code}):\n${output.join("")}`,
          ),
        );
    });
  });
}
