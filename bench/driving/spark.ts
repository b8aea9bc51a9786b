import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onSpark } from "#lib/driving/summary/compute-on-spark";
import type { ComputedSummary, SummaryRequest } from "#lib/driving/summary/engine";
import { messageOf } from "#lib/errors";
import { newId } from "#lib/ids";
import { findSparkInstallation } from "#lib/spark/local/find-installation";
import { localPlace } from "#lib/spark/local/local-place";

/** Why Spark cannot be used here; null when it can. */
export function whyNoSpark(): Promise<string | null> {
  return findSparkInstallation().then(() => null, messageOf);
}

export interface SparkFigures {
  /** Of all: start of Spark, computing, and reading of what came out. */
  totalS: number;
  computedS: number;
  peakRssMb: number;
  log: string[];
}

/** The summary on a local Spark as a run of the portal has it. `read` reads it; then its files are removed. */
export async function withSpark<T>(
  paths: readonly string[],
  request: SummaryRequest,
  read: (computed: ComputedSummary, figures: SparkFigures) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "fieldport-spark-"));
  const log: string[] = [];
  let [peakBytes, inputBytes] = [0, 0];
  for (const path of paths) inputBytes += (await stat(path)).size;
  const startedMs = performance.now();
  const compute = onSpark({
    place: localPlace,
    run: { runId: newId(), workspaceId: newId(), timeoutS: 3600 },
    inputs: paths.map((path) => ({ path })),
    ...{ inputBytes, folder, session: { memoryLimitMb: 1024 } },
  });
  try {
    const computed = await compute(request, {
      signal: new AbortController().signal,
      onProgress: () => undefined,
      log: (_, text) => void log.push(text),
      onMemory: (bytes) => void (peakBytes = Math.max(peakBytes, bytes)),
    });
    const totalS = (performance.now() - startedMs) / 1000;
    try {
      const [about] = await computed.rows("select * from about");
      const figures = { totalS, computedS: Number(about?.["computed_s"]), peakRssMb: Math.round(peakBytes / 1e6), log };
      return await read(computed, figures);
    } finally {
      computed.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
