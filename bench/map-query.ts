import { systemDb } from "#lib/db/client";
import type { Ctx } from "#lib/auth/context";
import { findMapIndex, settleMapIndex } from "#lib/sensors/service/map-index";
import { getViewport } from "#lib/sensors/service/get-viewport";
import type { SensorFilter } from "#lib/sensors/schema";
import { inScratchWorkspace, measure, type Spread } from "./scratch-workspace.ts";

const SENSOR_COUNT = 100_000;
const QUERIES = 200;

interface MapFigures {
  sensors: number;
  /** The first query of a process: the database groups while the index is being built. */
  firstMs: Spread;
  indexBuildMs: number;
  all: Spread;
  panning: Spread;
  filtered: Spread;
  coloured: Spread;
  rssMb: number;
}

/** Viewport queries over 100,000 sensors in clumps over Europe: everything in view, panned, filtered, value-coloured. */
export async function run(): Promise<MapFigures> {
  return inScratchWorkspace(async (ctx) => {
    await addSensors(ctx);
    const ask = (bbox: string, zoom: number, more: SensorFilter & { colour?: string } = {}) =>
      getViewport(ctx, { bbox, zoom, ...more });
    const firstMs = await measure(1, () => ask(EUROPE, 4));
    const startedMs = performance.now();
    await settleMapIndex(ctx);
    const indexBuildMs = Math.round(performance.now() - startedMs);
    if (!(await findMapIndex(ctx))) throw new Error("the index was not built");
    return {
      sensors: SENSOR_COUNT,
      firstMs,
      indexBuildMs,
      all: await measure(QUERIES, (i) => ask(EUROPE, 3 + (i % 3))),
      panning: await measure(QUERIES, (i) => ask(...panned(i))),
      filtered: await measure(QUERIES, (i) => ask(EUROPE, 4, { q: `owner ${i % 40}`, state: ["good", "fault"] })),
      coloured: await measure(QUERIES, (i) => ask(EUROPE, 3 + (i % 3), { colour: "air_temperature" })),
      rssMb: Math.round(process.memoryUsage().rss / 1e6),
    };
  });
}

const EUROPE = "-15,35,30,60";

function panned(i: number): [string, number] {
  const zoom = 5 + (i % 8);
  const half = 90 / 2 ** (zoom - 2);
  const lon = -8 + ((i * 7919) % 3100) / 100;
  const lat = 38 + ((i * 104_729) % 1900) / 100;
  return [[lon - half, lat - half / 2, lon + half, lat + half / 2].join(","), zoom];
}

async function addSensors({ workspaceId }: Ctx): Promise<void> {
  await systemDb().$executeRaw`
    insert into sensors (id, workspace_id, code, name, owner_name, latitude, longitude, mercator_x, mercator_y,
      is_reference, verdict, verdict_reason, silent_after, updated_at)
    select gen_random_uuid(), ${workspaceId}::uuid, 'BENCH-' || i, 'Sensor ' || i, 'Owner ' || i % 200, lat, lon, (lon + 180) / 360,
      0.5 - ln((1 + sin(radians(lat))) / (1 - sin(radians(lat)))) / (4 * pi()), i % 500 = 0,
      case when i % 40 = 1 then 'fault' when i % 25 = 2 then 'suspect' else 'good' end, '',
      now() + make_interval(secs => (i * 31) % 86400 - 3000), now() - make_interval(secs => i % 5000)
    from (select i, 38 + (i * 7919 % 400) * 0.045 + (i * 31 % 97) * 0.004 as lat,
      -8 + (i * 104729 % 370) * 0.085 + (i * 17 % 89) * 0.005 as lon
      from generate_series(1, ${SENSOR_COUNT}::bigint) as i) as placed`;
  await systemDb().$executeRaw`
    insert into datastreams (workspace_id, sensor_id, observed_property, unit, last_value, last_observed_at)
    select workspace_id, id, 'air_temperature', 'Cel', 10 + 15 * sin(longitude), now()
    from sensors where workspace_id = ${workspaceId}::uuid`;
  await systemDb().$executeRawUnsafe("analyze sensors, datastreams");
}
