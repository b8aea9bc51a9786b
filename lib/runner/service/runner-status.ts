import { env } from "#lib/env";
import { checkIsolation } from "../executors/sandbox/availability.ts";

/** Where apps run in this installation, and why they cannot, as this machine sees it. */
export async function runnerStatus(): Promise<{ executor: string; isAvailable: boolean; reason: string | null }> {
  const executor = env().FIELDPORT_RUNNER;
  // Machines of a cloud are the workers’ matter: the web process has no right to ask for them.
  if (executor !== "sandbox") return { executor, isAvailable: true, reason: null };
  const isolation = await checkIsolation();
  return { executor, isAvailable: isolation.isAvailable, reason: isolation.isAvailable ? null : isolation.reason };
}
