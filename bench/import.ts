import { loadavg } from "node:os";
import { setTimeout as delay } from "node:timers/promises";
import { type Ctx, systemContext } from "#lib/auth/context";
import { closeDb, systemDb } from "#lib/db/client";
import { closePool } from "#lib/db/pool";
import { isLive } from "#lib/runs/schema";
import { startChaosStack } from "#lib/testing/chaos/chaos-stack";
import { addFile } from "#lib/uploads/service/add-file";
import { ensureWorkspace } from "#lib/workspaces/store";

const START_MS = Date.UTC(2024, 0, 1);
const MINUTE_MS = 60_000;
const YEAR_ROWS = 525_600;
const LINES_PER_CHUNK = 4096;
const POLL_MS = 20;

interface ImportFigures {
  rows: number;
  stored: number;
  alreadyStored: number;
  /** From "stored in object storage" to "dataset ready": check, queue and cleaning run. */
  durationS: number;
  checkS: number;
  runS: number;
  /** Steps of the run, seconds. */
  steps: Record<string, number>;
  /** Largest resident size of the run's process as the kernel counted it. */
  peakRssMb: number;
  /** Jobs waiting for a processor over the last minute, when it ended. */
  load: number;
}

/**
 * Whole imports through the portal's own database, object server and worker, freshly started in a temporary folder:
 * a year of one sensor by the minute, the same year again in other bytes, then a million and five million rows of 500
 * sensors. `npm run bench -- import year` measures the year only.
 */
export async function run({ args }: { args: string[] }): Promise<Record<string, ImportFigures | number>> {
  const stack = await startChaosStack();
  try {
    const year = await importYear();
    if (args.includes("year")) return year;
    const million = await importRows(await workspace("million"), { rows: 1_000_000, sensors: 500, decimals: 3 });
    const fiveMillion = await importRows(await workspace("five"), { rows: 5_000_000, sensors: 500, decimals: 3 });
    const growth = fiveMillion.peakRssMb / million.peakRssMb;
    return { ...year, million, fiveMillion, rssFiveToOneMillion: Math.round(growth * 100) / 100 };
  } finally {
    await closeDb();
    await closePool();
    await stack.stop();
  }
}

async function importYear(): Promise<Record<string, ImportFigures>> {
  const ctx = await workspace("year");
  const year = await importRows(ctx, { rows: YEAR_ROWS, sensors: 1, decimals: 3 });
  // A trailing zero makes other bytes of the same values: every row is a duplicate.
  const yearAgain = await importRows(ctx, { rows: YEAR_ROWS, sensors: 1, decimals: 4 });
  return { year, yearAgain };
}

async function workspace(slug: string): Promise<Ctx> {
  const { id } = await ensureWorkspace({ slug, name: slug, description: "", timeZone: "UTC", quotaBytes: 1e12 });
  return systemContext(id, "bench", new Date());
}

interface Shape {
  rows: number;
  sensors: number;
  decimals: number;
}

async function importRows(ctx: Ctx, shape: Shape): Promise<ImportFigures> {
  const uploadId = await addFile(ctx, { fileName: `bench-${shape.decimals}.csv`, kind: "auto", chunks: csv(shape) });
  const startedMs = Date.now();
  const run = await waitForRun(uploadId);
  const durationS = (Date.now() - startedMs) / 1000;
  const load = round(loadavg()[0] ?? NaN);
  // What follows an import must not run into the next one; the last steps are closed by then, too.
  await settle(ctx);
  const dataset = await systemDb().dataset.findUniqueOrThrow({ where: { runId: run.id } });
  const steps = await systemDb().runStep.findMany({ where: { runId: run.id }, orderBy: { ordinal: "asc" } });
  const startedAtMs = run.startedAt?.getTime() ?? NaN;
  const secondsOf = (from: Date | null, to: Date | null) =>
    round(((to?.getTime() ?? NaN) - (from?.getTime() ?? NaN)) / 1000);
  const alreadyStored = Number(dataset.rowsAlreadyStored);
  return {
    rows: Number(dataset.rowsIn),
    stored: Number(dataset.rowsKept) - alreadyStored,
    alreadyStored,
    durationS: round(durationS),
    checkS: round((startedAtMs - startedMs) / 1000),
    runS: secondsOf(run.startedAt, run.finishedAt),
    steps: Object.fromEntries(steps.map((step) => [step.name, secondsOf(step.startedAt, step.finishedAt)])),
    peakRssMb: Math.round(Number(run.peakMemoryBytes) / 1e6),
    load,
  };
}

async function waitForRun(uploadId: string) {
  for (;;) {
    const { runId, state, reason } = await systemDb().upload.findUniqueOrThrow({ where: { id: uploadId } });
    const run = runId ? await systemDb().run.findUniqueOrThrow({ where: { id: runId } }) : null;
    if (run?.state === "succeeded") return run;
    if (run && !isLive(run.state as "queued")) throw new Error(`The import ${run.state}: ${run.errorDetail}`);
    if (state === "rejected" || (state === "checked" && reason))
      throw new Error(`The file was not imported: ${reason}`);
    await delay(POLL_MS);
  }
}

async function settle(ctx: Ctx): Promise<void> {
  for (;;) {
    const [open] = await systemDb().$queryRaw<{ count: number }[]>`
      select count(*)::int as count from graphile_worker.jobs where attempts < max_attempts
        and task_identifier in ('check-new-readings', 'execute-run', 'match-references', 'after-run')`;
    const runs = await systemDb().run.count({ where: { workspaceId: ctx.workspaceId, finishedAt: null } });
    if (open?.count === 0 && runs === 0) return;
    await delay(200);
  }
}

/** Deterministic rows, sensor by sensor; nothing is held. */
function* csv({ rows, sensors, decimals }: Shape): Generator<string> {
  const perSensor = Math.ceil(rows / sensors);
  const zeros = "0".repeat(decimals - 3);
  let text = "sensor_id,timestamp,Air temperature (°C)\n";
  for (let row = 0; row < rows; row++) {
    const minute = row % perSensor;
    const instant = new Date(START_MS + minute * MINUTE_MS).toISOString();
    const temperatureC = 10 + 8 * Math.sin(minute / 229) + ((row * 7919) % 100) / 100;
    text += `S${10_000 + Math.floor(row / perSensor)},${instant},${temperatureC.toFixed(3)}${zeros}\n`;
    if (row % LINES_PER_CHUNK === LINES_PER_CHUNK - 1) {
      yield text;
      text = "";
    }
  }
  yield text;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
