import { stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { defineAlgorithmIo, type RunScope } from "#lib/algorithms/io";
import { downloadObject } from "#lib/datasets/cleaning/download-object";
import { AppError } from "#lib/errors";
import { headObject } from "#lib/objects/store";
import { storeArtifact } from "#lib/runs/execute/store-artifact";
import { chooseSparkPlace } from "#lib/spark/choose-place";
import type { SparkInput } from "#lib/spark/place";
import { onDuckDb } from "./compute-on-duckdb.ts";
import { onSpark } from "./compute-on-spark.ts";
import type { ComputedSummary } from "./engine.ts";
import { writeTableFiles, writeTrackFiles, type WrittenFile } from "./exports/write-files.ts";
import type { DrivingSummaryData } from "./run.ts";
import {
  SUMMARY_TIMEOUT_S,
  type DrivingSummaryInputs,
  type DrivingSummaryParams,
  type DrivingSummaryResult,
} from "./schema.ts";
import { TRACK_POINTS_MAX } from "./sql/trips.ts";
import { writeReceivedRecords } from "./received-records.ts";
import { findLastArrival, findRecordTables } from "./store.ts";

/** Of the 4 GB a run may have; what does not fit goes to the run's own folder. */
const ENGINE_MEMORY_MB = 2048;
const SPILL_MB = 100_000;

type OpenSummary = DrivingSummaryData & { computed: ComputedSummary | null };

export const drivingSummaryIo = defineAlgorithmIo<
  DrivingSummaryInputs,
  DrivingSummaryParams,
  OpenSummary,
  DrivingSummaryResult
>({
  open: async (scope, { inputs, params }) => {
    const { ctx, tempDir } = scope;
    const tables = params.records === "received" ? [] : await findRecordTables(ctx, inputs.datasetIds);
    const sources: SparkInput[] = tables.map(({ objectKey }) => ({ objectKey }));
    const arrivalSeq = params.records === "files" ? 0 : await findLastArrival(ctx);
    if (arrivalSeq > 0)
      sources.push({ path: await writeReceivedRecords(ctx, join(tempDir, "received.parquet"), arrivalSeq) });
    if (sources.length === 0)
      throw new AppError("unprocessable", "There are no driving records yet. Upload a file of them, or send some.");
    const compute = await (params.engine === "spark" ? sparkFor : duckDbFor)(scope, sources);
    const data: OpenSummary = {
      ...{ datasetCount: tables.length, arrivalSeq: arrivalSeq > 0 ? arrivalSeq : null, computed: null },
      compute: async (request, tools) => (data.computed = await compute(request, tools)),
    };
    return data;
  },
  commit: async (scope, { params, data: { computed }, result }) => {
    if (!computed) throw new Error("Nothing was computed.");
    if (params.exports.includes("tables")) {
      await storeFiles(scope, await writeTableFiles(computed, scope.tempDir));
      const path = join(scope.tempDir, "summary.json");
      await writeFile(path, JSON.stringify(result));
      await storeFiles(scope, [{ path, fileName: "summary.json", mediaType: "application/json" }]);
    }
    if (!params.exports.includes("tracks")) return;
    const tracks = await writeTrackFiles(computed, scope.tempDir);
    if (tracks) await storeFiles(scope, tracks);
    else
      result.notes.push(
        `No tracks: more than ${TRACK_POINTS_MAX.toLocaleString("en-US")} points. Choose a shorter period for them.`,
      );
  },
  close: ({ computed }) => {
    computed?.close();
    return Promise.resolve();
  },
});

function sessionOf({ tempDir }: RunScope) {
  return { memoryLimitMb: ENGINE_MEMORY_MB, tempDir: join(tempDir, "spill"), tempMb: SPILL_MB };
}

async function duckDbFor(scope: RunScope, sources: readonly SparkInput[]) {
  const paths: string[] = [];
  for (const [index, source] of sources.entries()) {
    const path = join(scope.tempDir, `records-${index}.parquet`);
    paths.push("path" in source ? source.path : await downloadObject(source.objectKey, path));
  }
  return onDuckDb({ ...sessionOf(scope), paths });
}

async function sparkFor(scope: RunScope, inputs: readonly SparkInput[]) {
  const { ctx, runId, tempDir } = scope;
  const place = await chooseSparkPlace();
  let inputBytes = 0;
  for (const input of inputs)
    inputBytes +=
      "path" in input ? (await stat(input.path)).size : ((await headObject(input.objectKey))?.sizeBytes ?? 0);
  const run = { runId, workspaceId: ctx.workspaceId, timeoutS: SUMMARY_TIMEOUT_S };
  return onSpark({ ...{ place, run, inputs, inputBytes }, folder: tempDir, session: sessionOf(scope) });
}

async function storeFiles(scope: RunScope, files: readonly WrittenFile[]): Promise<void> {
  for (const file of files) await storeArtifact(scope, { ...file, direction: "output" });
}
