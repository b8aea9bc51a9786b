import { join } from "node:path";
import { defineAlgorithmIo, type RunScope } from "#lib/algorithms/io";
import { downloadObject } from "#lib/datasets/cleaning/download-object";
import { AppError } from "#lib/errors";
import { storeArtifact } from "#lib/runs/execute/store-artifact";
import { openDuckDbEngine, type DuckDbEngine } from "./duckdb-engine.ts";
import { TRACK_POINTS_MAX, writeTableFiles, writeTrackFiles, type WrittenFile } from "./exports/write-files.ts";
import { type DrivingSummaryData, settingsOf } from "./run.ts";
import type { DrivingSummaryInputs, DrivingSummaryParams, DrivingSummaryResult } from "./schema.ts";
import { writeReceivedRecords } from "./received-records.ts";
import { findLastArrival, findRecordTables } from "./store.ts";

/** Of the 4 GB a run may have; what does not fit goes to the run's own folder. */
const ENGINE_MEMORY_MB = 2048;
const SPILL_MB = 100_000;

type OpenSummary = DrivingSummaryData & { engine: DuckDbEngine };

export const drivingSummaryIo = defineAlgorithmIo<
  DrivingSummaryInputs,
  DrivingSummaryParams,
  OpenSummary,
  DrivingSummaryResult
>({
  open: async ({ ctx, tempDir }, { inputs, params }) => {
    const tables = params.records === "received" ? [] : await findRecordTables(ctx, inputs.datasetIds);
    const paths: string[] = [];
    for (const { no, objectKey } of tables)
      paths.push(await downloadObject(objectKey, join(tempDir, `records-${no}.parquet`)));
    const lastArrival = params.records === "files" ? 0 : await findLastArrival(ctx);
    if (lastArrival > 0) paths.push(await writeReceivedRecords(ctx, join(tempDir, "received.parquet"), lastArrival));
    if (paths.length === 0)
      throw new AppError("unprocessable", "There are no driving records yet. Upload a file of them, or send some.");
    const spillDir = join(tempDir, "spill");
    const engine = await openDuckDbEngine({
      paths,
      memoryLimitMb: ENGINE_MEMORY_MB,
      tempDir: spillDir,
      tempMb: SPILL_MB,
    });
    return { engine, datasetCount: tables.length };
  },
  commit: async (scope, { params, data, result }) => {
    const { engine } = data;
    const request = { engine, settings: settingsOf(params), stopMinS: params.stopMinS, folder: scope.tempDir };
    if (params.exports.includes("tables")) await storeFiles(scope, await writeTableFiles(request));
    if (!params.exports.includes("tracks")) return;
    const tracks = await writeTrackFiles(request);
    if (tracks) await storeFiles(scope, tracks);
    else
      result.notes.push(
        `No tracks: more than ${TRACK_POINTS_MAX.toLocaleString("en-US")} points. Choose a shorter period for them.`,
      );
  },
  close: ({ engine }) => {
    engine.close();
    return Promise.resolve();
  },
});

async function storeFiles(scope: RunScope, files: readonly WrittenFile[]): Promise<void> {
  for (const file of files) await storeArtifact(scope, { ...file, direction: "output" });
}
