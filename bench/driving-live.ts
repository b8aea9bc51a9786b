import { readFileSync } from "node:fs";
import { loadavg } from "node:os";
import { setTimeout as pause } from "node:timers/promises";
import { createApiKey } from "#lib/auth/service/api-keys";
import { systemDb } from "#lib/db/client";
import { env } from "#lib/env";
import { quantile } from "#lib/math/quantile";
import { createFleet } from "./driving/fleet.ts";
import { postLoad } from "./driving/post-load.ts";
import { openReaders, type Seen } from "./driving/stream-readers.ts";
import { processorShares, processorTimeS } from "./processor-time.ts";
import { inScratchWorkspace } from "./scratch-workspace.ts";

const DRIVERS = 10_000;
const RECORDS_PER_S = 1000;
const SECONDS = 40;
const STEP_MS = 100;

/** Commit to arrival of alerts at `readers` streams (default 1000) while 1,000 records a second come in; spread of frames. */
export function run({ args }: { args: string[] }): Promise<Record<string, unknown>> {
  const readers = Number(args[0] ?? 1000);
  return inScratchWorkspace(async (ctx) => {
    const scopes = ["records:write", "driving:read"] as const;
    const { key } = await createApiKey(ctx, { name: "bench", scopes: [...scopes], expiresInDays: null });
    const target = { port: env().PORT, path: "/api/v1/driving/records", apiKey: key };
    const fleet = createFleet(DRIVERS, "driving-live");
    await postLoad(target, [[JSON.stringify(fleet(1000))]]);
    const before = memoryMb();
    const { seen, close } = await openReaders(target, readers);
    const after = memoryMb();
    const busyBefore = processorTimeS();
    await sendAtRate(target, fleet);
    const processors = processorShares(busyBefore, processorTimeS(), SECONDS);
    await pause(1000);
    close();
    const events = await systemDb().drivingEvent.findMany({ where: { workspaceId: ctx.workspaceId } });
    const committedMs = new Map(events.map(({ eventNo, createdAt }) => [Number(eventNo), createdAt.getTime()]));
    const alertMs = seen
      .filter(({ event }) => event.startsWith("overspeed"))
      .map(({ id, atMs }) => atMs - (committedMs.get(id) ?? NaN));
    const round = (value: number) => Math.round(value * 10) / 10;
    return {
      readers,
      recordsPerSecond: RECORDS_PER_S,
      alertsSeen: alertMs.length,
      commitToReaderMsP50: round(quantile(alertMs, 0.5)),
      commitToReaderMsP99: round(quantile(alertMs, 0.99)),
      framesSeen: new Set(seen.filter(({ event }) => event === "frame").map(({ id }) => id)).size,
      frameSpreadMsP99: round(quantile(frameSpreads(seen), 0.99)),
      processors,
      memoryPerStreamKb: round(((after - before) * 1024) / readers),
      loadAverage: round(loadavg()[0] ?? 0),
    };
  });
}

async function sendAtRate(target: Parameters<typeof postLoad>[0], fleet: ReturnType<typeof createFleet>) {
  const startedMs = performance.now();
  for (let step = 0; step < (SECONDS * 1000) / STEP_MS; step += 1) {
    await pause(Math.max(0, startedMs + step * STEP_MS - performance.now()));
    await postLoad(target, [[JSON.stringify(fleet((RECORDS_PER_S * STEP_MS) / 1000))]]);
  }
}

/** For each frame how much later each reader got it than the first one. */
function frameSpreads(seen: readonly Seen[]): number[] {
  const frames = Map.groupBy(
    seen.filter(({ event }) => event === "frame"),
    ({ id }) => id,
  );
  return [...frames.values()].flatMap((arrivals) => {
    const firstMs = arrivals.reduce((first, { atMs }) => Math.min(first, atMs), Infinity);
    return arrivals.map(({ atMs }) => atMs - firstMs);
  });
}

/** Resident memory of the web process; Linux only. */
function memoryMb(): number {
  try {
    const pid = findWebPid();
    const kb = Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]);
    return kb / 1024;
  } catch {
    return NaN;
  }
}

function findWebPid(): number {
  const listed = readFileSync(`/proc/self/task/${process.pid}/children`, "utf8").trim().split(" ").map(Number);
  return listed.find((pid) => readFileSync(`/proc/${pid}/cmdline`, "utf8").includes("route-server")) ?? 0;
}
