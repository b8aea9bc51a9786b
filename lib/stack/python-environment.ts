import { spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { AppError } from "#lib/errors";

export interface PythonEnvironment {
  folder: string;
  /** As pip names it: "pyspark==4.0.1". */
  requirement: string;
  /** Why it cannot be used yet; null when it can. */
  whyNot: () => string | null | Promise<string | null>;
}

/** The interpreter of a virtual environment. */
export function pythonOf(folder: string): string {
  return join(folder, process.platform === "win32" ? "Scripts/python.exe" : "bin/python");
}

/** Installs a package into a virtual environment of its own, once; nothing outside the folder changes. */
export async function setUpPython({ folder, requirement, whyNot }: PythonEnvironment): Promise<void> {
  if ((await whyNot()) === null) return;
  mkdirSync(dirname(folder), { recursive: true });
  const python = process.platform === "win32" ? "python" : "python3";
  perform(python, ["-m", "venv", folder], "Python 3.9 or newer with venv is needed (on Debian: python3-venv).");
  const pip = ["-m", "pip", "install", "--quiet", requirement];
  perform(pythonOf(folder), pip, "Is the Python package index reachable?");
  const missing = await whyNot();
  if (missing !== null) {
    throw new AppError("unavailable", `${requirement} was installed and cannot be used: ${missing}.`);
  }
}

function perform(command: string, args: string[], hint: string): void {
  const { status, error } = spawnSync(command, args, { stdio: ["ignore", "inherit", "inherit"] });
  if (status !== 0) throw new AppError("unavailable", `${command} ${args.join(" ")} failed. ${hint}`, { cause: error });
}
