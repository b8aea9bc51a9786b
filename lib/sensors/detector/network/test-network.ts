import { createRandom } from "#lib/math/random";
import type { TemperatureSensor } from "./detect-temperature.ts";

const HOUR_MS = 3_600_000;
export const ROWS_PER_HOUR = 4;
export const DAYS = 28;
export const ROWS = DAYS * 24 * ROWS_PER_HOUR;
/** A Monday at midnight UTC. */
const START_MS = Date.UTC(2026, 0, 5);

export const timestamps = Float64Array.from({ length: ROWS }, (_, i) => START_MS + (i * HOUR_MS) / ROWS_PER_HOUR);
/** First row of an hour of the record. */
export const rowAt = (day: number, hour = 0) => (day * 24 + hour) * ROWS_PER_HOUR;

export interface TestSensor extends TemperatureSensor {
  lux: Float64Array;
}

/** A small town: one weather, one sun, every sensor with its own level, swing and noise. The seed decides it. */
export function makeNetwork(count: number, seed: string, noiseK = 0.2): TestSensor[] {
  const random = createRandom(seed);
  const weather = new Float64Array(ROWS);
  const clouds = new Float64Array(ROWS);
  for (let i = 1; i < ROWS; i++) {
    weather[i] = 0.999 * weather[i - 1]! + random.normal(0, 0.12);
    clouds[i] = 0.99 * clouds[i - 1]! + random.normal(0, 0.12);
  }
  const hour = (i: number) => (i / ROWS_PER_HOUR) % 24;
  return Array.from({ length: count }, (_, j) => {
    const own = random.fork(String(j));
    const [level, swing, exposure] = [own.normal(8, 1.5), own.uniform(3, 5), own.uniform(0.3, 1)];
    const lux = Float64Array.from({ length: ROWS }, (_row, i) => {
      const sun = Math.max(0, Math.sin(((hour(i) - 7) / 11) * Math.PI));
      const inDay = hour(i) > 7 && hour(i) < 18;
      return inDay ? Math.round(20_000 * exposure * sun * Math.exp(clouds[i]! - 0.5)) : 0;
    });
    const values = Float64Array.from({ length: ROWS }, (_row, i) => {
      const daily = -Math.cos(((hour(i) - 3) / 24) * 2 * Math.PI) * swing;
      return level + daily + weather[i]! + own.normal(0, noiseK);
    });
    return { values, lux };
  });
}
