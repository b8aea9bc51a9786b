import { runForecastLoad } from "#lib/charging/forecast/run";
import { forecastLoadParams } from "#lib/charging/forecast/schema";
import { defaultSessionModel } from "#lib/charging/models/default-model";
import { createRandom } from "#lib/math/random";

const TIMES = 5;

/** Whole forecasts of a weekday by the minute, band included, from 3,000 to a million vehicles; medians of five. */
export async function run(): Promise<Record<string, unknown>> {
  const figures: Record<string, unknown> = {};
  forecast(10_000);
  for (const evCount of [3_000, 100_000, 1_000_000]) {
    const times = Array.from({ length: TIMES }, () => forecast(evCount)).toSorted((a, b) => a.ms - b.ms);
    const middle = times[Math.floor(TIMES / 2)]!;
    figures[String(evCount)] = {
      sessions: middle.sessions,
      ms: Math.round(middle.ms),
      fastestMs: Math.round(times[0]!.ms),
    };
  }
  return figures;
}

function forecast(evCount: number): { ms: number; sessions: number } {
  const params = forecastLoadParams.parse({ evCount, stepMin: 1 });
  const startedMs = performance.now();
  const { days } = runForecastLoad(
    params,
    { model: defaultSessionModel },
    { rng: createRandom("bench"), signal: new AbortController().signal, onProgress: () => undefined },
  );
  const ms = performance.now() - startedMs;
  return { ms, sessions: days[0]!.segments.reduce((sum, segment) => sum + segment.sessions, 0) };
}
