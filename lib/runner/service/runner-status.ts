import { chooseExecutor } from "../executors/choose-executor.ts";

/** Where apps run in this installation, and why they cannot, as this process sees it. */
export async function runnerStatus(): Promise<{ executor: string; isAvailable: boolean; reason: string | null }> {
  const executor = chooseExecutor();
  const availability = await executor.availability();
  const { isAvailable } = availability;
  return { executor: executor.name, isAvailable, reason: availability.isAvailable ? null : availability.reason };
}
