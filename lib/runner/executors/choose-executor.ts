import { env } from "#lib/env";
import type { Executor } from "./executor.ts";
import { fakeExecutor } from "./fake.ts";
import { sandboxExecutor } from "./sandbox/sandbox.ts";

/** Where this installation runs apps. Clouds are loaded when they are asked for: most installations have none. */
export async function chooseExecutor(): Promise<Executor> {
  switch (env().FIELDPORT_RUNNER) {
    case "fake":
      return fakeExecutor;
    case "sandbox":
      return sandboxExecutor;
    case "ec2":
      return (await import("./ec2/ec2-executor.ts")).ec2Executor();
    case "batch":
      return (await import("./batch/batch-executor.ts")).batchExecutor();
  }
}
