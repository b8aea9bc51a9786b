import { env } from "#lib/env";
import type { Executor } from "./executor.ts";
import { fakeExecutor } from "./fake.ts";
import { sandboxExecutor } from "./sandbox/sandbox.ts";

/** Where this installation runs apps. */
export function chooseExecutor(): Executor {
  return env().FIELDPORT_RUNNER === "fake" ? fakeExecutor : sandboxExecutor;
}
