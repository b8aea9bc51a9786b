import { cpus, loadavg } from "node:os";
import { createApiKey } from "#lib/auth/service/api-keys";
import { systemDb } from "#lib/db/client";
import { env } from "#lib/env";
import { createFleet } from "./driving/fleet.ts";
import { addRules } from "./driving/rules.ts";
import { postLoad, type LoadFigures } from "./driving/post-load.ts";
import { processorShares, processorTimeS, type ProcessorTime } from "./processor-time.ts";
import { inScratchWorkspace } from "./scratch-workspace.ts";

const DRIVERS = 1000;
const BATCH = 500;
const BATCHES = 400;
const WARM_UP = 20;
const SINGLES = 19_200;
const BATCH_CONNECTIONS = 4;
const SINGLE_CONNECTIONS = 128;

interface IngestFigures {
  batchRecordsPerSecond: number;
  batches: LoadFigures & { processors: ProcessorTime };
  singlesPerSecond: number;
  singles: LoadFigures & { processors: ProcessorTime };
  stored: number;
  ruleAlerts: number;
  acknowledged: number;
  processors: number;
  loadAverage: number;
}

/**
 * Acknowledged records per second over HTTP, durable before the answer: calls of 500, then single ones. With
 * arguments, so many own rules with so many geofences and a limit from so many km/h on judge every record.
 */
export function run({ args }: { args: string[] }): Promise<IngestFigures> {
  const [rules = 0, geofences = 0, fromKmh = 137] = args.map(Number);
  return inScratchWorkspace(async (ctx) => {
    await addRules(ctx, { rules, geofences, fromKmh });
    const { key } = await createApiKey(ctx, { name: "bench", scopes: ["records:write"], expiresInDays: null });
    const target = { port: env().PORT, path: "/api/v1/driving/records", apiKey: key };
    // Each connection has vehicles of its own, as a gateway does, so that a vehicle's records arrive in order.
    const listsOf = (
      name: string,
      { connections, calls, size }: { connections: number; calls: number; size: number },
    ) =>
      Array.from({ length: connections }, (_, index) => {
        const fleet = createFleet(Math.ceil(DRIVERS / connections), `${name}-${index}`);
        return Array.from({ length: calls / connections }, () => JSON.stringify(fleet(size)));
      });
    await postLoad(target, listsOf("warm", { connections: 1, calls: WARM_UP, size: BATCH }));
    const batched = listsOf("batch", { connections: BATCH_CONNECTIONS, calls: BATCHES, size: BATCH });
    const batches = await postWatched(target, batched);
    const single = listsOf("single", { connections: SINGLE_CONNECTIONS, calls: SINGLES, size: 1 });
    const singles = await postWatched(target, single);
    const [row] = await systemDb().$queryRaw<{ count: number }[]>`select count(*)::int as count from driving_records`;
    return {
      batchRecordsPerSecond: batches.perSecond * BATCH,
      batches,
      singlesPerSecond: singles.perSecond,
      singles,
      stored: row?.count ?? 0,
      ruleAlerts: await systemDb().drivingAlert.count({ where: { workspaceId: ctx.workspaceId, kind: "rule" } }),
      acknowledged: (WARM_UP + batches.calls) * BATCH + singles.calls,
      processors: cpus().length,
      loadAverage: Math.round((loadavg()[0] ?? 0) * 10) / 10,
    };
  });
}

async function postWatched(...asked: Parameters<typeof postLoad>) {
  const before = processorTimeS();
  const figures = await postLoad(...asked);
  return { ...figures, processors: processorShares(before, processorTimeS(), figures.seconds) };
}
