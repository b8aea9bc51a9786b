import { parentPort, workerData } from "node:worker_threads";
import { createRandom } from "#lib/math/random";
import { detectFaults } from "#lib/sensors/detector/detect-faults";

/** What one thread has to judge. */
export interface SpeedTask {
  blocks: number;
  sensorsPerBlock: number;
  days: number;
  rowsPerHour: number;
  seed: string;
}

export interface SpeedOutcome {
  detectS: number;
  points: number;
  faults: number;
}

const HOUR_MS = 3_600_000;
const START_MS = Date.UTC(2026, 0, 5);

/** A town of sensors: common weather, own level, swing and noise; every tenth reads 2 °C too high for five days. */
function makeBlock({ sensorsPerBlock, days, rowsPerHour }: SpeedTask, seed: string) {
  const random = createRandom(seed);
  const rows = days * 24 * rowsPerHour;
  const timestamps = Float64Array.from({ length: rows }, (_, i) => START_MS + (i * HOUR_MS) / rowsPerHour);
  const weather = new Float64Array(rows);
  for (let i = 1; i < rows; i++) weather[i] = 0.999 * weather[i - 1]! + random.normal(0, 0.12);
  const channels = Array.from({ length: sensorsPerBlock }, (_, j) => {
    const [level, swing] = [random.normal(8, 1.5), random.uniform(3, 5)];
    const values = Float64Array.from(weather, (common, i) => {
      const daily = -Math.cos(((i / rowsPerHour - 3) / 24) * 2 * Math.PI) * swing;
      const fault = j % 10 === 0 && i > 0.3 * rows && i < 0.3 * rows + 120 * rowsPerHour ? 2 : 0;
      return level + daily + common + random.normal(0, 0.2) + fault;
    });
    return { id: `${seed}-${j}`, deviceId: `${seed}-${j}`, property: "air_temperature", values };
  });
  return { timestamps, channels };
}

const task = workerData as SpeedTask;
const outcome: SpeedOutcome = { detectS: 0, points: 0, faults: 0 };
for (let block = 0; block < task.blocks; block++) {
  const input = makeBlock(task, `${task.seed}-${block}`);
  const startedMs = performance.now();
  const results = detectFaults(input);
  outcome.detectS += (performance.now() - startedMs) / 1000;
  outcome.points += input.timestamps.length * input.channels.length;
  outcome.faults += results.reduce((sum, { spans }) => sum + spans.length, 0);
}
parentPort?.postMessage(outcome);
