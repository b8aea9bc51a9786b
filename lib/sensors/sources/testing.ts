import { createRandom } from "#lib/math/random";
import type { Clock } from "#lib/outbound/pace";
import { openSession } from "#lib/outbound/session";
import type { ReadingBatch, SensorSource, SensorSpan, SourceReading, SourceSensor } from "./source.ts";

/** A clock on which waiting takes no time; what was waited for is in `waitedMs`. */
export function hastyClock(): Clock & { waitedMs: number } {
  let nowMs = 0;
  const clock = {
    waitedMs: 0,
    nowMs: () => nowMs,
    sleep: (ms: number, signal?: AbortSignal) => {
      signal?.throwIfAborted();
      nowMs += ms;
      clock.waitedMs += ms;
      return Promise.resolve();
    },
  };
  return clock;
}

/** A session with an emulator that does not make the test wait. */
export function hastySession(headers: Record<string, string>, requestsPerSecond = 4) {
  const clock = hastyClock();
  const random = createRandom("session");
  const session = openSession({ name: "The source", requestsPerSecond, headers, clock, random, timeoutMs: 2_000 });
  return { session, clock };
}

export async function allSensors(source: SensorSource): Promise<SourceSensor[]> {
  const sensors: SourceSensor[] = [];
  for await (const batch of source.listSensors()) sensors.push(...batch);
  return sensors;
}

export async function allBatches(source: SensorSource, spans: readonly SensorSpan[]): Promise<ReadingBatch[]> {
  const batches: ReadingBatch[] = [];
  for await (const batch of source.readObservations(spans)) batches.push(batch);
  return batches;
}

export const readingsOf = (batches: readonly ReadingBatch[]) => batches.flatMap(({ readings }) => readings);

/** Readings as sorted lines, to compare sets of them. */
export const linesOf = (readings: readonly SourceReading[]) =>
  readings.map((r) => `${r.sensorCode} ${r.observedProperty} ${r.atMs} ${r.value}`).sort();
