import { execFileSync, spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Row } from "#lib/driving/summary/engine";
import type { SummaryQueries } from "#lib/driving/summary/sql/summary-sql";
import { pythonOf } from "#lib/stack/python-environment";
import { repositoryRoot } from "#lib/stack/repository-root";

export const SPARK_FOLDER = join(repositoryRoot, ".fieldport", "spark");
const SPARK_PYTHON = pythonOf(SPARK_FOLDER);
const SCRIPT = join(repositoryRoot, "lib", "driving", "summary", "spark", "summarise.py");

/** Why Spark cannot be used here; null when it can. */
export function whyNoSpark(): string | null {
  if (!hasJava())
    return "there is no Java (Spark needs 17 or newer; on Debian: apt-get install openjdk-17-jre-headless)";
  try {
    execFileSync(SPARK_PYTHON, ["-c", "import pyspark"], { stdio: "ignore" });
    return null;
  } catch {
    return "pyspark is not installed; npm run test:spark sets it up";
  }
}

export function hasJava(): boolean {
  try {
    const said = execFileSync("java", ["-version"], { stdio: ["ignore", "pipe", "pipe"] });
    return said.length >= 0;
  } catch {
    return existsSync(join(process.env.JAVA_HOME ?? "/nonexistent", "bin", "java"));
  }
}

export interface SparkRun {
  paths: readonly string[];
  queries: { setup: SummaryQueries["setup"]; tables: Record<string, string> };
  memoryMb?: number;
  threads?: number;
  partitions?: number;
  repeat?: number;
}

export interface SparkOutcome {
  rows: (table: string) => Row[];
  sparkVersion: string;
  startS: number;
  summaryS: number[];
}

/** Runs the summary on a local Spark, one process with no open port to the outside. */
export async function runSpark({ paths, queries, ...options }: SparkRun): Promise<SparkOutcome> {
  const folder = await mkdtemp(join(tmpdir(), "fieldport-spark-"));
  try {
    const request = { records: paths, ...queries, output: folder, memoryMb: 2048, threads: 2, ...options };
    const path = join(folder, "request.json");
    await writeFile(path, JSON.stringify(request));
    await runPython([SCRIPT, path]);
    const timing = JSON.parse(readFileSync(join(folder, "timing.json"), "utf8")) as Record<string, unknown>;
    const tables = new Map(Object.keys(queries.tables).map((name) => [name, readRows(join(folder, `${name}.jsonl`))]));
    return {
      rows: (table) => tables.get(table) ?? [],
      sparkVersion: String(timing["spark"]),
      startS: Number(timing["startS"]),
      summaryS: timing["summaryS"] as number[],
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function readRows(path: string): Row[] {
  const lines = readFileSync(path, "utf8").split("\n");
  return lines.filter((line) => line !== "").map((line) => JSON.parse(line) as Row);
}

function runPython(args: string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(SPARK_PYTHON, args, { stdio: ["ignore", "ignore", "pipe"] });
    const said: Buffer[] = [];
    child.stderr.on("data", (chunk: Buffer) => said.push(chunk));
    child.once("error", reject);
    child.once("close", (code) => {
      if (code === 0) resolve();
      else reject(new Error(`Spark ended with ${code}.\n${Buffer.concat(said).toString("utf8").slice(-4000)}`));
    });
  });
}
