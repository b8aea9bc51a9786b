import { spawn, type ChildProcess } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { downloadObject } from "#lib/datasets/cleaning/download-object";
import { env } from "#lib/env";
import { RunFailure } from "#lib/runs/run-failure";
import type { SparkInput, SparkJob, SparkPlace, SparkWatch } from "../place.ts";
import { findSparkInstallation, type SparkInstallation } from "./find-installation.ts";
import { groupMemoryBytes } from "./group-memory.ts";

const STARTER = fileURLToPath(new URL("with-starter.py", import.meta.url));
const MEMORY_CHECK_MS = 1000;
const LINES_KEPT = 12;

/** Spark on this machine, in one process group that ends with ours. It opens no port to the outside. */
export const localPlace: SparkPlace = {
  title: "this machine",
  run: async (job, watch) => {
    watch.onStep("Prepare Spark");
    const installation = await findSparkInstallation();
    const inputs: string[] = [];
    for (const [index, input] of job.inputs.entries()) inputs.push(await bring(input, join(job.folder, `in-${index}`)));
    const request = join(job.folder, "request.json");
    const addresses = { inputs, output: join(job.folder, "output"), kept: join(job.folder, "kept") };
    await writeFile(request, JSON.stringify(job.request(addresses)));
    watch.signal.throwIfAborted();
    watch.onStep("Compute on Spark");
    await perform(installation, [job.script, request], { job, watch });
  },
};

async function bring(input: SparkInput, path: string): Promise<string> {
  return "path" in input ? input.path : downloadObject(input.objectKey, path);
}

interface Course {
  job: SparkJob;
  watch: SparkWatch;
}

async function perform(installation: SparkInstallation, args: string[], { job, watch }: Course): Promise<void> {
  const child = spawn(installation.python, [STARTER, ...args], {
    stdio: ["pipe", "pipe", "pipe"],
    // A group of its own, so that Python and Java end together.
    detached: true,
    env: { ...installation.environment, NODE_ENV: env().NODE_ENV, PYSPARK_SUBMIT_ARGS: submitArguments(job.folder) },
  });
  const stop = () => endGroup(child);
  watch.signal.addEventListener("abort", stop);
  const memory = setInterval(() => {
    if (child.pid !== undefined) void groupMemoryBytes(child.pid).then(watch.onMemory);
  }, MEMORY_CHECK_MS);
  try {
    const { code, said } = await ended(child, watch);
    watch.signal.throwIfAborted();
    if (code === 0) return;
    for (const line of said) watch.log("warn", line);
    throw new RunFailure(
      "spark_failed",
      `Spark ended with ${code}: ${said.findLast((line) => line !== "") ?? "no word"}`,
    );
  } finally {
    clearInterval(memory);
    watch.signal.removeEventListener("abort", stop);
    endGroup(child);
  }
}

function submitArguments(folder: string): string {
  const settings = {
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.host": "127.0.0.1",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.local.dir": join(folder, "spill"),
    "spark.sql.warehouse.dir": join(folder, "warehouse"),
  };
  const conf = Object.entries(settings).flatMap(([name, value]) => ["--conf", `${name}=${value}`]);
  const memory = ["--driver-memory", `${env().FIELDPORT_SPARK_MEMORY_MB}m`];
  return ["--master", `local[${availableParallelism()}]`, ...memory, ...conf, "pyspark-shell"].join(" ");
}

/** Lines of its output are the run's log; what it complains of is shown when it fails. */
async function ended(child: ChildProcess, watch: SparkWatch): Promise<{ code: number | string; said: string[] }> {
  const said: string[] = [];
  for (const [stream, take] of [
    [child.stdout, (line: string) => watch.log("info", line)],
    [child.stderr, (line: string) => said.splice(0, said.push(line) - LINES_KEPT)],
  ] as const)
    if (stream) createInterface({ input: stream }).on("line", take);
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code, signal) => resolve({ code: code ?? signal ?? "no exit code", said }));
  });
}

function endGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // It has ended by itself.
  }
}
