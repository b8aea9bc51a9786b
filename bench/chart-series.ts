import { systemDb } from "#lib/db/client";
import { readSeries } from "#lib/sensors/service/read-series";
import { exportObservations } from "#lib/sensors/service/export-observations";
import { addSeries } from "./scratch-data.ts";
import { inScratchWorkspace, measure, type Spread } from "./scratch-workspace.ts";

const POINT_COUNT = 1_000_000;
const STEP_MS = 60_000;
const START_MS = Date.UTC(2024, 0, 1);
const WIDTH_PX = 1000;

interface ChartFigures {
  points: number;
  loadS: number;
  /** From question to the answer ready to send, by the visible range. */
  all: Spread;
  days90: Spread;
  days7: Spread;
  hours24: Spread;
  answerKb: number;
  exportS: number;
  exportRows: number;
}

/** Charts of one datastream with a million observations, one per minute, with gaps. */
export async function run(): Promise<ChartFigures> {
  return inScratchWorkspace(async (ctx) => {
    const startedMs = performance.now();
    const sensorId = await addSeries(ctx, { pointCount: POINT_COUNT, startMs: START_MS, stepMs: STEP_MS });
    const loadS = Math.round((performance.now() - startedMs) / 100) / 10;
    await systemDb().$executeRawUnsafe("analyze observations");
    const end = START_MS + POINT_COUNT * STEP_MS;
    const ask = async (days: number | null) =>
      JSON.stringify(
        await readSeries(ctx, sensorId, {
          property: "air_temperature",
          from: days === null ? undefined : new Date(end - days * 86_400_000),
          to: days === null ? undefined : new Date(end),
          widthPx: WIDTH_PX,
          reference: true,
        }),
      );
    const answerKb = Math.round((await ask(null)).length / 1000);
    const figures = {
      all: await measure(20, () => ask(null)),
      days90: await measure(20, () => ask(90)),
      days7: await measure(20, () => ask(7)),
      hours24: await measure(20, () => ask(1)),
    };
    const exportStartedMs = performance.now();
    const csv = await exportObservations(ctx, sensorId, { property: "air_temperature", format: "csv" });
    const exportRows = await countLines(csv);
    const exportS = Math.round((performance.now() - exportStartedMs) / 100) / 10;
    return { points: POINT_COUNT, loadS, ...figures, answerKb, exportS, exportRows: exportRows - 1 };
  });
}

async function countLines(response: Response): Promise<number> {
  let lines = 0;
  for await (const chunk of response.body ?? []) for (const byte of chunk) if (byte === 10) lines += 1;
  return lines;
}
