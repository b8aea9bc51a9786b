import { join } from "node:path";
import { defineAlgorithmIo, type RunScope } from "#lib/algorithms/io";
import { readObjectHead } from "#lib/objects/read-object";
import { openObject } from "#lib/objects/store";
import { detectFileType } from "#lib/tables/magic";
import { newId } from "#lib/ids";
import { createParquetWriter, type ParquetWriter } from "#lib/tables/parquet-writer";
import { readTable } from "#lib/tables/read-table";
import { storeArtifact } from "#lib/runs/execute/store-artifact";
import type { CleanedBatch, DatasetKind } from "../core/dataset-kind.ts";
import type { ColumnMapping } from "../core/mapping.ts";
import type { QualityReport } from "../core/quality-report.ts";
import type { RowSink, SinkOutcome } from "../define.ts";
import { getDatasetKind, getSinkOpener } from "../registry.ts";
import type { CleaningData } from "./cleaning-data.ts";
import { downloadObject } from "./download-object.ts";
import { RejectsFile } from "./rejects-file.ts";
import { requireCleaningSource } from "./fingerprint.ts";
import { type CleaningSource, enqueueNewDataPipelines, insertDataset, nextDatasetNo } from "./store.ts";

interface Params {
  kind: string;
  mapping: ColumnMapping;
}

interface Inputs {
  uploadId: string;
}

interface OpenCleaning extends CleaningData {
  source: CleaningSource;
  datasetNo: number;
  sink: RowSink;
  kind: DatasetKind;
  closeTable: () => Promise<{ path: string }>;
  /** Null when no row went to the dataset beside this one. */
  closeAside: () => Promise<{ path: string } | null>;
  rejects: RejectsFile;
}

interface Result {
  report: QualityReport;
  stored?: number;
  alreadyStored?: number;
  notes?: string[];
}

export const cleanTableIo = defineAlgorithmIo<Inputs, Params, OpenCleaning, Result>({
  open: openCleaning,
  commit: commitCleaning,
});

async function openCleaning(
  scope: RunScope,
  { inputs, params }: { inputs: Inputs; params: Params },
): Promise<OpenCleaning> {
  const { ctx, client, tempDir } = scope;
  const source = await requireCleaningSource(ctx, inputs.uploadId);
  const kind = await getDatasetKind(params.kind);
  const isZip = detectFileType(await readObjectHead(source.objectKey, source.sizeBytes)) === "zip";
  const file = isZip
    ? { path: await downloadObject(source.objectKey, join(tempDir, "source.zip")) }
    : { stream: (await openObject(source.objectKey)) as AsyncIterable<Buffer> };
  let bytesRead = 0;
  const table = await readTable(file, {
    fileName: source.fileName,
    onProgress: (bytes) => {
      bytesRead = bytes;
    },
  });
  kind.checkMapping(params.mapping, table.sniff.columns);
  const cleaner = kind.createCleaner(params.mapping, { nowMs: ctx.now.getTime(), fileName: source.fileName });
  const datasetNo = await nextDatasetNo(client);
  const openSink = await getSinkOpener(params.kind);
  const sink = await openSink(ctx, client);
  const tablePath = join(tempDir, "table.parquet");
  const writer = await createParquetWriter(tablePath, [...kind.parquetColumns], sortingOf(kind));
  const asidePath = join(tempDir, "aside.parquet");
  let aside: ParquetWriter | null = null;
  const rejects = await RejectsFile.create(join(tempDir, "rejects.csv"), table.sniff.columns);

  return {
    source,
    datasetNo,
    sink,
    kind,
    rejects,
    batches: table.batches,
    cleaner,
    fractionRead: () => Math.min(1, bytesRead / Math.max(1, source.sizeBytes)),
    write: async (batch: CleanedBatch) => {
      if (batch.rowCount > 0) {
        await writer.append(batch.columns, batch.rowCount);
        await sink.push(batch.columns, batch.rowCount);
      }
      if (kind.aside && batch.aside) {
        aside ??= await createParquetWriter(asidePath, [...kind.aside.parquetColumns]);
        await aside.append(batch.aside.columns, batch.aside.rowCount);
      }
      await rejects.write(batch.rejects);
    },
    closeTable: async () => {
      await writer.close();
      return { path: tablePath };
    },
    closeAside: async () => {
      if (aside === null) return null;
      await aside.close();
      return { path: asidePath };
    },
  };
}

async function commitCleaning(
  scope: RunScope,
  { inputs, params, data, result }: { inputs: Inputs; params: Params; data: OpenCleaning; result: Result },
): Promise<void> {
  const { source, datasetNo } = data;
  // The database is busy with the rows while this process compresses the table.
  const [outcome, { path }]: [SinkOutcome, { path: string }] = await Promise.all([
    data.sink.commit({ id: scope.runId, no: datasetNo }),
    data.closeTable(),
  ]);
  const baseName = source.fileName.replace(/\.(csv|tsv|txt|dat|json|jsonl|gz|zip)(\.gz)?$/i, "") || source.fileName;
  const table = await storeArtifact(scope, {
    path,
    fileName: `${baseName}.parquet`,
    mediaType: "application/vnd.apache.parquet",
    direction: "output",
  });
  await data.rejects.close();
  const rejects =
    data.rejects.rowCount > 0
      ? await storeArtifact(scope, {
          path: data.rejects.path,
          fileName: `${baseName}-rejects.csv`,
          mediaType: "text/csv",
          direction: "output",
        })
      : null;
  result.stored = outcome.stored;
  result.alreadyStored = outcome.alreadyStored;
  result.notes = outcome.notes;
  await insertDataset(scope.client, {
    // A dataset is what its run made: one id names both.
    id: scope.runId,
    no: datasetNo,
    workspaceId: scope.ctx.workspaceId,
    kind: params.kind,
    name: baseName,
    runId: scope.runId,
    besideId: null,
    uploadId: inputs.uploadId,
    tableArtifactId: table.id,
    rejectsArtifactId: rejects?.id ?? null,
    report: result.report,
    alreadyStored: outcome.alreadyStored,
  });
  if (outcome.stored > 0) await enqueueNewDataPipelines(scope.client, scope.ctx.workspaceId, source.artifactId);
  await commitAside(scope, { inputs, data, baseName });
}

/** Rows that the cleaner put beside the dataset become one of their own, of the same run and upload. */
async function commitAside(
  scope: RunScope,
  { inputs, data, baseName }: { inputs: Inputs; data: OpenCleaning; baseName: string },
): Promise<void> {
  const { aside } = data.kind;
  const closed = await data.closeAside();
  const report = data.cleaner.finishAside?.();
  if (!aside || closed === null || !report) return;
  const name = `${baseName}-${aside.nameSuffix}`;
  const table = await storeArtifact(scope, {
    path: closed.path,
    fileName: `${name}.parquet`,
    mediaType: "application/vnd.apache.parquet",
    direction: "output",
  });
  await insertDataset(scope.client, {
    id: newId(),
    no: await nextDatasetNo(scope.client),
    workspaceId: scope.ctx.workspaceId,
    kind: aside.kind,
    name,
    runId: scope.runId,
    besideId: scope.runId,
    uploadId: inputs.uploadId,
    tableArtifactId: table.id,
    rejectsArtifactId: null,
    report,
    alreadyStored: 0,
  });
}

const sortingOf = ({ sortedBy }: DatasetKind) => (sortedBy ? { sortedBy } : {});
