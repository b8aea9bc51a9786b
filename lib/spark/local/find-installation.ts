import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";
import { env } from "#lib/env";
import { AppError } from "#lib/errors";
import { pythonOf } from "#lib/stack/python-environment";
import { repositoryRoot } from "#lib/stack/repository-root";

const run = promisify(execFile);

/** What `npm run test:spark` sets up. */
export const SPARK_FOLDER = join(repositoryRoot, ".fieldport", "spark");
export const SPARK_PYTHON = pythonOf(SPARK_FOLDER);

export interface SparkInstallation {
  python: string;
  environment: Record<string, string>;
}

/** The Spark of `SPARK_HOME`, otherwise the private one. @throws AppError saying what is missing */
export async function findSparkInstallation(): Promise<SparkInstallation> {
  const { SPARK_HOME: home, JAVA_HOME: java, PATH } = env();
  const environment: Record<string, string> = { PATH, ...(java !== undefined && { JAVA_HOME: java }) };
  if (!(await answers(java === undefined ? "java" : join(java, "bin", "java"), ["-version"])))
    throw missing("there is no Java (17 or newer; on Debian: apt-get install openjdk-17-jre-headless)");
  if (home !== undefined) {
    const libraries = join(home, "python", "lib");
    const bridge = existsSync(libraries) ? (await readdir(libraries)).find((name) => name.startsWith("py4j-")) : null;
    if (!bridge) throw missing(`SPARK_HOME=${home} holds no python/lib/py4j-*.zip`);
    const PYTHONPATH = [join(home, "python"), join(libraries, bridge)].join(delimiter);
    return { python: "python3", environment: { ...environment, SPARK_HOME: home, PYTHONPATH } };
  }
  if (!(await answers(SPARK_PYTHON, ["-c", "import pyspark"])))
    throw missing("pyspark is not installed; npm run test:spark sets it up, or SPARK_HOME names an installation");
  return { python: SPARK_PYTHON, environment };
}

async function answers(command: string, args: string[]): Promise<boolean> {
  return run(command, args).then(
    () => true,
    () => false,
  );
}

function missing(what: string): AppError {
  return new AppError("unavailable", `Spark cannot be used on this machine: ${what}.`);
}
