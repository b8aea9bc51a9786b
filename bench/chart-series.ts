import type { Ctx } from "#lib/auth/context";
import { systemDb } from "#lib/db/client";
import { inWorkspaceSql } from "#lib/db/sql";
import { newId } from "#lib/ids";
import { openReadingsSink } from "#lib/sensors/load/readings-sink";
import { READING_COLUMNS } from "#lib/sensors/cleaning/reading-columns";
import { readSeries } from "#lib/sensors/service/read-series";
import { exportObservations } from "#lib/sensors/service/export-observations";
import { inScratchWorkspace, measure, type Spread } from "./scratch-workspace.ts";

const POINT_COUNT = 1_000_000;
const STEP_MS = 60_000;
const START_MS = Date.UTC(2024, 0, 1);
const BATCH = 20_000;
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
    const sensorId = await load(ctx);
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
    const csv = await exportObservations(ctx, sensorId, { property: "air_temperature" });
    const exportRows = await countLines(csv);
    const exportS = Math.round((performance.now() - exportStartedMs) / 100) / 10;
    return { points: POINT_COUNT, loadS, ...figures, answerKb, exportS, exportRows: exportRows - 1 };
  });
}

async function load(ctx: Ctx): Promise<string> {
  const no = 1;
  await inWorkspaceSql(ctx, async (client) => {
    const sink = await openReadingsSink(ctx, client);
    for (let from = 0; from < POINT_COUNT; from += BATCH) {
      const times = Float64Array.from({ length: BATCH }, (_, i) => START_MS + (from + i) * STEP_MS);
      const values = times.map((at) => 12 + 8 * Math.sin(at / 13_750_987) + Math.sin(at / 5e9) * 9);
      const texts = (text: string) => Array<string>(BATCH).fill(text);
      const columns = READING_COLUMNS.map(({ name }) => {
        if (name === "observed_at") return times;
        if (name === "value") return values;
        if (name === "sensor_code") return texts("BENCH-1");
        if (name === "observed_property") return texts("air_temperature");
        return name === "unit" ? texts("Cel") : texts("");
      });
      await sink.push(columns, BATCH);
    }
    await sink.commit({ id: newId(), no });
  });
  const sensor = await systemDb().sensor.findFirstOrThrow({
    where: { workspaceId: ctx.workspaceId },
    select: { id: true },
  });
  return sensor.id;
}

async function countLines(response: Response): Promise<number> {
  let lines = 0;
  for await (const chunk of response.body ?? []) for (const byte of chunk) if (byte === 10) lines += 1;
  return lines;
}
