import { randomBytes } from "node:crypto";
import { type Ctx, systemContext } from "#lib/auth/context";
import { closeDb, systemDb } from "#lib/db/client";
import { closePool } from "#lib/db/pool";
import { closeLive } from "#lib/live/subscribe";
import { ensureWorkspace } from "#lib/workspaces/store";

/** Runs `fn` in a workspace of the configured database that is removed afterwards, and closes the connections. */
export async function inScratchWorkspace<T>(fn: (ctx: Ctx) => Promise<T>): Promise<T> {
  const slug = `bench-${randomBytes(5).toString("hex")}`;
  const { id } = await ensureWorkspace({ slug, name: slug, description: "", timeZone: "UTC", quotaBytes: 1e12 });
  try {
    return await fn(systemContext(id, "bench", new Date()));
  } finally {
    // Observations are partitioned without a foreign key: they go first, everything else goes with the workspace.
    await systemDb().$executeRaw`delete from observations where workspace_id = ${id}::uuid`;
    await systemDb().workspace.delete({ where: { id } });
    await closeLive();
    await closeDb();
    await closePool();
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
