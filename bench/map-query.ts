import { findMapIndex, settleMapIndex } from "#lib/sensors/service/map-index";
import { getViewport } from "#lib/sensors/service/get-viewport";
import type { SensorFilter } from "#lib/sensors/schema";
import { addSensors } from "./scratch-data.ts";
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
    await addSensors(ctx, SENSOR_COUNT);
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
