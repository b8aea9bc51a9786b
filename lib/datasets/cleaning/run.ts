import type { RunTools } from "#lib/algorithms/define";
import type { QualityReport } from "../core/quality-report.ts";
import { summariseReport } from "../core/quality-sentences.ts";
import type { CleaningData } from "./cleaning-data.ts";

const LOG_EVERY_ROWS = 500_000;

/** Pushes every batch through the cleaner; memory does not depend on the size of the file. */
export async function runCleaning(
  _params: unknown,
  data: CleaningData,
  { signal, onProgress, log }: Pick<RunTools, "signal" | "onProgress" | "log">,
): Promise<{ report: QualityReport }> {
  onProgress(0, "Clean rows");
  let rowCount = 0;
  let nextLogAt = LOG_EVERY_ROWS;
  for await (const batch of data.batches) {
    signal.throwIfAborted();
    await data.write(data.cleaner.push(batch));
    rowCount += batch.rows.length;
    if (rowCount >= nextLogAt) {
      log("info", `${rowCount.toLocaleString("en-US")} rows read`);
      nextLogAt += LOG_EVERY_ROWS;
    }
    onProgress(data.fractionRead() * 0.8);
  }
  const report = data.cleaner.finish();
  log("info", summariseReport(report));
  // The rows are read; storing them is still to come.
  onProgress(0.8);
  return { report };
}
