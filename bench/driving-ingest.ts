import { cpus, loadavg } from "node:os";
import { createApiKey } from "#lib/auth/service/api-keys";
import { systemDb } from "#lib/db/client";
import { env } from "#lib/env";
import { createFleet } from "./driving/fleet.ts";
import { postLoad, type LoadFigures } from "./driving/post-load.ts";
import { inScratchWorkspace } from "./scratch-workspace.ts";

const DRIVERS = 1000;
const BATCH = 500;
const BATCHES = 400;
const WARM_UP = 20;
const SINGLES = 19_200;
const BATCH_CONNECTIONS = 4;
const SINGLE_CONNECTIONS = 64;

interface IngestFigures {
  batchRecordsPerSecond: number;
  batches: LoadFigures;
  singlesPerSecond: number;
  singles: LoadFigures;
  stored: number;
  acknowledged: number;
  processors: number;
  loadAverage: number;
}

/** Acknowledged records per second over HTTP, durable before the answer: calls of 500, then single ones. */
export function run(): Promise<IngestFigures> {
  return inScratchWorkspace(async (ctx) => {
    const { key } = await createApiKey(ctx, { name: "bench", scopes: ["records:write"], expiresInDays: null });
    const target = { port: env().PORT, path: "/api/v1/driving/records", apiKey: key };
    const fleet = createFleet(DRIVERS, "driving-ingest");
    const bodiesOf = (count: number, size: number) => Array.from({ length: count }, () => JSON.stringify(fleet(size)));
    await postLoad(target, { bodies: bodiesOf(20, BATCH), connections: 1 });
    const batches = await postLoad(target, { bodies: bodiesOf(BATCHES, BATCH), connections: BATCH_CONNECTIONS });
    const singles = await postLoad(target, { bodies: bodiesOf(SINGLES, 1), connections: SINGLE_CONNECTIONS });
    const [row] = await systemDb().$queryRaw<{ count: number }[]>`select count(*)::int as count from driving_records`;
    return {
      batchRecordsPerSecond: batches.perSecond * BATCH,
      batches,
      singlesPerSecond: singles.perSecond,
      singles,
      stored: row?.count ?? 0,
      acknowledged: (WARM_UP + batches.calls) * BATCH + singles.calls,
      processors: cpus().length,
      loadAverage: Math.round((loadavg()[0] ?? 0) * 10) / 10,
    };
  });
}
