import { type Ctx, systemContext } from "#lib/auth/context";
import { closeDb } from "#lib/db/client";
import { closePool } from "#lib/db/pool";
import { closeLive } from "#lib/live/subscribe";
import { startChaosStack, type ChaosStack } from "#lib/testing/chaos/chaos-stack";
import { ensureWorkspace } from "#lib/workspaces/store";

/**
 * Runs `fn` in an empty workspace of a portal of its own (durable database, object storage, worker), freshly started
 * in a temporary folder: a figure depends on nothing that was stored before.
 */
export function inScratchWorkspace<T>(fn: (ctx: Ctx) => Promise<T>): Promise<T> {
  return inScratchPortal(fn);
}

/** The same, for a figure that depends on the portal's own processes. */
export async function inScratchPortal<T>(fn: (ctx: Ctx, stack: ChaosStack) => Promise<T>): Promise<T> {
  const stack = await startChaosStack();
  try {
    const workspace = { slug: "bench", name: "bench", description: "", timeZone: "UTC", quotaBytes: 1e12 };
    const { id } = await ensureWorkspace(workspace);
    return await fn(systemContext(id, "bench", new Date()), stack);
  } finally {
    await closeLive();
    await closeDb();
    await closePool();
    await stack.stop();
  }
}

export interface Spread {
  p50: number;
  p95: number;
  max: number;
}

/** Milliseconds of each of `count` calls. */
export async function measure(count: number, fn: (i: number) => Promise<unknown>): Promise<Spread> {
  const times: number[] = [];
  for (let i = 0; i < count; i += 1) {
    const startedMs = performance.now();
    await fn(i);
    times.push(performance.now() - startedMs);
  }
  times.sort((a, b) => a - b);
  const at = (share: number) =>
    Math.round((times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0) * 10) / 10;
  return { p50: at(0.5), p95: at(0.95), max: at(1) };
}
