import { waitUntil } from "#lib/stack/processes";
import type { Random } from "#lib/math/random";
import { waitForRestart, type ChaosStack, type ServiceName } from "./chaos-stack.ts";

export const VICTIMS = ["worker", "run child", "object server", "PostgreSQL", "web"] as const;
export type Victim = (typeof VICTIMS)[number];

/** kill -9, then waits until the supervisor has the service back. Returns what happened in a few words. */
export async function strike(stack: ChaosStack, victim: Victim, random: Random): Promise<string> {
  if (victim === "run child") return strikeChild(stack, random);
  const service: ServiceName = victim;
  await waitUntil(() => stack.pidOf(service) !== undefined, 10_000);
  const pid = stack.pidOf(service);
  if (pid === undefined) throw new Error(`${service} does not run`);
  process.kill(pid, "SIGKILL");
  if (!(await waitForRestart(stack, service, pid)) || stack.givenUp()) throw new Error(`${service} did not come back`);
  return `killed ${service}`;
}

async function strikeChild(stack: ChaosStack, random: Random): Promise<string> {
  // The youngest is the one booted ahead; with two or more at least one computes.
  await waitUntil(() => stack.runChildren().length > 1, 5000);
  const children = stack.runChildren().sort((a, b) => a - b);
  const busy = children.length > 1 ? children.slice(0, -1) : children;
  const pid = busy[random.integer(0, Math.max(0, busy.length - 1))];
  if (pid === undefined) return "no run child to kill";
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    return "the run child had just ended";
  }
  return children.length > 1 ? "killed a run's process" : "killed the process booted ahead";
}
