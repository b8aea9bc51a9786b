import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { newId } from "#lib/ids";
import type { MachineEnd, MachineJob, MachineLimits } from "../executors/executor.ts";
import { sandboxExecutor } from "../executors/sandbox/sandbox.ts";

export interface Tried {
  end: MachineEnd;
  output: string;
  steps: string[];
}

interface TryOptions {
  limits?: Partial<MachineLimits>;
  job?: Partial<MachineJob>;
  signal?: AbortSignal;
  /** Called with everything said so far. */
  onOutput?: (said: string) => void;
  /** Adds to the folder before anything runs. */
  prepare?: (folder: string) => Promise<void>;
  /** Looks at the folder after the end, before it is removed. */
  inspect?: (folder: string) => Promise<void>;
}

export const TRY_LIMITS: MachineLimits = { timeoutS: 20, graceS: 1, memoryMb: 256, diskMb: 64, processesMax: 32 };

/** Runs a Python text in the sandbox, in a folder of its own. */
export async function tryApp(source: string, options: TryOptions = {}): Promise<Tried> {
  const folder = await mkdtemp(join(tmpdir(), "fieldport-try-"));
  let output = "";
  const steps: string[] = [];
  try {
    await mkdir(join(folder, "app"));
    await writeFile(join(folder, "app", "main.py"), source);
    await options.prepare?.(folder);
    const job: MachineJob = {
      ...{ runId: newId(), workspaceId: newId(), folder, entryPoint: "main.py", outputPath: "output.zip" },
      ...{ requirements: null, pythonVersion: null, environment: {}, network: false, parametersJson: "{}" },
      limits: { ...TRY_LIMITS, ...options.limits },
      ...options.job,
    };
    const end = await sandboxExecutor.run(job, {
      signal: options.signal ?? new AbortController().signal,
      onStep: (step) => steps.push(step),
      onOutput: (chunk) => {
        output += chunk.toString();
        options.onOutput?.(output);
      },
      onMachine: () => Promise.resolve(),
      onMemory: () => undefined,
      onNote: () => undefined,
    });
    await options.inspect?.(folder);
    return { end, output, steps };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
