import type { FingerprintInputs } from "#lib/algorithms/io";
import { env } from "#lib/env";
import { AppError } from "#lib/errors";
import { requireSpark } from "#lib/spark/choose-place";
import { drivingSummary } from "./algorithm.ts";
import type { DrivingSummaryInputs, DrivingSummaryParams } from "./schema.ts";
import { findLastArrival, findRecordTables } from "./store.ts";

/** The tables of records it reads: another file, or one fewer, is another summary. */
export const fingerprintDrivingSummary: FingerprintInputs<DrivingSummaryInputs, DrivingSummaryParams> = async (
  ctx,
  { inputs, params },
) => {
  if (params.engine === "spark") requireSpark();
  const tables = params.records === "received" ? [] : await findRecordTables(ctx, inputs.datasetIds);
  const lastArrival = params.records === "files" ? 0 : await findLastArrival(ctx);
  if (params.records !== "received" && inputs.datasetIds !== null && tables.length < new Set(inputs.datasetIds).size)
    throw new AppError("not_found", "Not every one of these is a dataset of driving records in this workspace.");
  if (tables.length === 0 && lastArrival === 0)
    throw new AppError("unprocessable", "There are no driving records yet. Upload a file of them, or send some.");
  const days = [params.fromDay ?? "first day", params.toDay ?? "last day"].join(" to ");
  const files = tables.length === 1 ? (tables[0]?.name ?? "") : `${tables.length} datasets`;
  const what = [...(tables.length > 0 ? [files] : []), ...(lastArrival > 0 ? ["received records"] : [])].join(" and ");
  return {
    title: `Driving summary, ${what}${params.fromDay === null && params.toDay === null ? "" : `, ${days}`}`,
    hashes: [...tables.map(({ sha256 }) => sha256).toSorted(), ...(lastArrival > 0 ? [`received ${lastArrival}`] : [])],
    ...(params.engine === "spark" && { limits: sparkLimits() }),
    artifacts: tables.map(({ artifactId, name, no }) => ({ artifactId, name: `${name} (dataset ${no})` })),
  };
};

/** Spark on the worker's own machine counts as the run's memory. */
function sparkLimits() {
  const { FIELDPORT_SPARK: place, FIELDPORT_SPARK_MEMORY_MB: sparkMb } = env();
  return { timeoutS: drivingSummary.timeoutS, memoryMb: drivingSummary.memoryMb + (place === "local" ? sparkMb : 0) };
}
