import { systemContext } from "#lib/auth/context";
import { systemDb } from "#lib/db/client";
import { watchSensors } from "#lib/sensors/alerts/service/watch-sensors";
import { listOpenAlerts } from "#lib/sensors/alerts/store";
import { addSensors } from "./scratch-data.ts";
import { inScratchWorkspace, measure, type Spread } from "./scratch-workspace.ts";

const SENSOR_COUNT = 100_000;
const SILENT_COUNT = 10_000;
const LOOKS = 20;

interface AlertFigures {
  sensors: number;
  /** One look when every sensor is well. */
  allWell: Spread;
  /** The look that finds 10,000 sensors silent at once. */
  begin: Spread;
  /** One look while 10,000 alerts are open. */
  open: Spread;
}

/** The minute's look at a workspace of 100,000 live sensors. */
export async function run(): Promise<AlertFigures> {
  return inScratchWorkspace(async (ctx) => {
    await addSensors(ctx, SENSOR_COUNT);
    const { workspaceId } = ctx;
    await systemDb().$executeRaw`update sensors set verdict = 'good', silent_after = now() + interval '1 hour',
      last_observed_at = now() where workspace_id = ${workspaceId}::uuid`;
    await systemDb().$executeRaw`analyze sensors`;
    const look = () => watchSensors(systemContext(workspaceId, "bench", new Date()));
    const allWell = await measure(LOOKS, look);
    await systemDb().$executeRaw`update sensors set silent_after = now() - interval '1 minute'
      where id in (select id from sensors where workspace_id = ${workspaceId}::uuid and not is_reference limit ${SILENT_COUNT})`;
    const begin = await measure(1, look);
    const openCount = (await listOpenAlerts(ctx)).length;
    if (openCount !== SILENT_COUNT) throw new Error(`${openCount} alerts are open, not ${SILENT_COUNT}`);
    return { sensors: SENSOR_COUNT, allWell, begin, open: await measure(LOOKS, look) };
  });
}
