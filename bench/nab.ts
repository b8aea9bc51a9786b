import { resolve } from "node:path";
import { OnlineDetector } from "#lib/sensors/detector/online/online-detector";
import { usualStepMs } from "#lib/sensors/detector/online/usual-step";
import { NAB_PROFILES, probationRows } from "#lib/sensors/scoring/nab-score";
import { optimiseNabThreshold } from "#lib/sensors/scoring/nab-threshold";
import { repositoryRoot } from "#lib/stack/repository-root";
import { type NabSeries, readNabCorpus } from "./sensors/nab-corpus.ts";

/** The online detector on a NAB corpus, one threshold for all files, as NAB scores it. */
export async function run({ dataDir }: { dataDir?: string }): Promise<Record<string, number>> {
  const corpus = readNabCorpus(dataDir ?? resolve(repositoryRoot, "../shared/data/sensors"));
  const startedMs = performance.now();
  const files = corpus.map((series) => ({ ...series, scores: scoresOf(series) }));
  const elapsedMs = performance.now() - startedMs;
  const points = corpus.reduce((sum, { rowCount }) => sum + rowCount, 0);
  const figures: Record<string, number> = {
    files: corpus.length,
    points,
    microsecondsPerPoint: Math.round((elapsedMs * 1e5) / points) / 100,
  };
  for (const [name, profile] of Object.entries(NAB_PROFILES)) {
    const { normalised, threshold } = optimiseNabThreshold(files, profile);
    figures[name] = Math.round(normalised * 100) / 100;
    figures[`${name}Threshold`] = Math.round(threshold * 1e4) / 1e4;
  }
  return figures;
}

/** The step is learned in the part of the file that is not scored. */
function scoresOf({ times, values, rowCount }: NabSeries): Float64Array {
  const detector = new OnlineDetector(usualStepMs(times.subarray(0, probationRows(rowCount))));
  return values.map((value, i) => detector.push(times[i]!, value));
}
