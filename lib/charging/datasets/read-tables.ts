import { join } from "node:path";
import type { RunScope } from "#lib/algorithms/io";
import { downloadObject } from "#lib/datasets/cleaning/download-object";
import type { ColumnBatch, ColumnValues } from "#lib/tables/column";
import { readParquet } from "#lib/tables/parquet-reader";
import type { ChargingTable } from "./store.ts";

/** Rows of the tables, one table after the other; only these columns are read. */
export async function* readTables(
  { tempDir }: Pick<RunScope, "tempDir">,
  tables: readonly ChargingTable[],
  columns: readonly string[],
): AsyncGenerator<ColumnBatch> {
  for (const { datasetId, objectKey } of tables) {
    const path = await downloadObject(objectKey, join(tempDir, `${datasetId}.parquet`));
    yield* readParquet(path, { columns });
  }
}

export const numbersOf = (values: ColumnValues | undefined): Float64Array =>
  values instanceof Float64Array ? values : new Float64Array();

export const textsOf = (values: ColumnValues | undefined): readonly (string | null)[] =>
  values === undefined || values instanceof Float64Array ? [] : (values as readonly (string | null)[]);
