import { spawn } from "node:child_process";
import { join } from "node:path";
import { signalTree } from "./processes.ts";
import { repositoryRoot } from "./repository-root.ts";

export interface ToolRun {
  /** A command of an installed package, or "node" for one of our own scripts. */
  tool: string;
  args: string[];
  env?: Record<string, string>;
  /** True shows the output as it comes, false keeps it for `output`. */
  live: boolean;
}

export interface ToolOutcome {
  exitCode: number | null;
  output: string;
}

/** Runs a command of the checkout to its end; it is ended with this process. */
export function runTool({ tool, args, env, live }: ToolRun): Promise<ToolOutcome> {
  const isWindows = process.platform === "win32";
  const own = tool === "node";
  const command = own
    ? process.execPath
    : join(repositoryRoot, "node_modules", ".bin", isWindows ? `${tool}.cmd` : tool);
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: repositoryRoot,
      env: { ...process.env, ...env },
      stdio: ["ignore", live ? "inherit" : "pipe", live ? "inherit" : "pipe"],
      shell: isWindows && !own,
      detached: !isWindows,
    });
    const endWithUs = () => {
      if (child.pid !== undefined) signalTree(child.pid, "SIGTERM");
    };
    process.once("exit", endWithUs);
    const output: string[] = [];
    for (const stream of [child.stdout, child.stderr])
      stream?.on("data", (chunk: Buffer) => output.push(String(chunk)));
    const finish = (exitCode: number | null, text: string) => {
      process.off("exit", endWithUs);
      resolve({ exitCode, output: text });
    };
    child.once("error", (error) => finish(null, error.message));
    child.once("close", (code) => finish(code, output.join("")));
  });
}
