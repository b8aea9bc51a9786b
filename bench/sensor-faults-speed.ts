import { once } from "node:events";
import { Worker } from "node:worker_threads";
import type { SpeedOutcome, SpeedTask } from "./sensors/speed-worker.ts";

const SENSORS = 10_000;
const SENSORS_PER_BLOCK = 125;
const THREADS = 2;
const TASK = { sensorsPerBlock: SENSORS_PER_BLOCK, days: 30, rowsPerHour: 4 };

/** 10,000 air temperature sensors, 30 days of 96 values, through the whole detector on two threads. */
export async function run() {
  const startedMs = performance.now();
  let peakRssMb = 0;
  const watch = setInterval(() => {
    peakRssMb = Math.max(peakRssMb, process.memoryUsage().rss / 1e6);
  }, 200);
  const threads = Array.from({ length: THREADS }, async (_, thread) => {
    const workerData: SpeedTask = { ...TASK, blocks: SENSORS / SENSORS_PER_BLOCK / THREADS, seed: `thread${thread}` };
    const worker = new Worker(new URL("./sensors/speed-worker.ts", import.meta.url), { workerData });
    const [outcome] = (await once(worker, "message")) as [SpeedOutcome];
    return outcome;
  });
  const outcomes = await Promise.all(threads);
  clearInterval(watch);
  const sum = (of: (outcome: SpeedOutcome) => number) => outcomes.reduce((total, outcome) => total + of(outcome), 0);
  const points = sum((outcome) => outcome.points);
  return {
    sensors: SENSORS,
    points,
    faults: sum((outcome) => outcome.faults),
    detectS: Math.round(Math.max(...outcomes.map((outcome) => outcome.detectS)) * 10) / 10,
    withGenerationS: Math.round((performance.now() - startedMs) / 100) / 10,
    usPerPoint: Math.round((sum((outcome) => outcome.detectS) * 1e8) / points) / 100,
    peakRssMb: Math.round(peakRssMb),
  };
}
