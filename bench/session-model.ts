import { createRandom } from "#lib/math/random";
import { SEGMENTS } from "#lib/charging/core/segments";
import type { SessionRows } from "#lib/charging/models/core/collect-sessions";
import { runTrainSessionModel } from "#lib/charging/models/run";
import { trainSessionModelParams } from "#lib/charging/models/train-schema";

const BATCH = 2048;
const DAY_MS = 86_400_000;

/** Trains a model on a million sessions of 20,000 drivers: all segments, kinds of day and groups. */
export async function run({ args }: { args: string[] }): Promise<Record<string, unknown>> {
  const sessions = Number(args[0] ?? 1_000_000);
  const withPlugDuration = args.includes("plug");
  const startedMs = performance.now();
  const steps: Record<string, number> = {};
  const model = await runTrainSessionModel(
    trainSessionModelParams.parse({ withPlugDuration }),
    { batches: makeSessions(sessions), rowCount: sessions, datasets: ["bench"] },
    {
      rng: createRandom("bench"),
      signal: new AbortController().signal,
      onProgress: (_, step) => {
        if (step) steps[step] = Math.round(performance.now() - startedMs) / 1000;
      },
      log: () => undefined,
    },
  );
  const trainS = (performance.now() - startedMs) / 1000;
  const { userCPUTime, maxRSS } = process.resourceUsage();
  return {
    sessions,
    trainS: Math.round(trainS * 10) / 10,
    /** Of this process, making the sessions included: what other programs take does not count. */
    cpuS: Math.round(userCPUTime / 1e5) / 10,
    startedAtS: steps,
    components: Object.fromEntries(model.card.fits.map((fit) => [`${fit.segment} ${fit.dayType}`, fit.components])),
    startDistanceMax: Math.max(...model.card.fits.map(({ startDistance }) => startDistance ?? 0)),
    groups: model.groups.length,
    modelBytes: JSON.stringify(model).length,
    peakRssMb: Math.round(maxRSS / 1e3),
  };
}

/** A year of sessions: each driver charges mostly in one place, in the morning and evening peaks of that place. */
function* makeSessions(count: number): Generator<SessionRows> {
  const rng = createRandom("sessions");
  const startMs = Date.UTC(2019, 0, 1);
  for (let done = 0; done < count; done += BATCH) {
    const rowCount = Math.min(BATCH, count - done);
    const numbers = () => new Float64Array(rowCount);
    const rows = { startedAtMs: numbers(), startS: numbers(), weekday: numbers(), energyKwh: numbers() };
    const more = { pluggedS: numbers(), batteryKwh: numbers() };
    const [segment, driverId]: [string[], string[]] = [[], []];
    for (let i = 0; i < rowCount; i++) {
      const driver = rng.integer(0, 19_999);
      const place = rng.uniform() < 0.8 ? driver % SEGMENTS.length : rng.integer(0, SEGMENTS.length - 1);
      const day = rng.integer(0, 364);
      const peak = rng.integer(0, 3);
      segment.push(SEGMENTS[place]!);
      driverId.push(`D${driver}`);
      rows.startedAtMs[i] = startMs + day * DAY_MS;
      rows.weekday[i] = (day + 1) % 7;
      rows.startS[i] = ((rng.normal([480, 720, 1080, 1380][peak], [40, 90, 70, 30][peak]) + 1440) % 1440) * 60;
      rows.energyKwh[i] = Math.abs(rng.normal([8, 6, 14, 20][peak], 4)) + 0.2;
      more.pluggedS[i] = Math.abs(rng.normal(4 + peak * 2, 2)) * 3600 + 300;
      more.batteryKwh[i] = driver % 3 === 0 ? 30 : 75;
    }
    yield { rowCount, segment, driverId, ...rows, ...more };
  }
}
