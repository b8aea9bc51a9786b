import { join } from "node:path";
import type { RunScope } from "#lib/algorithms/io";
import { downloadObject } from "#lib/datasets/cleaning/download-object";
import type { ColumnBatch, ColumnValues } from "#lib/tables/column";
import { describeParquet, readParquet } from "#lib/tables/parquet-reader";
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

/** The same with columns of numbers that tables cleaned by earlier versions lack: they are missing there. */
export async function* readTablesWith(
  { tempDir }: Pick<RunScope, "tempDir">,
  tables: readonly ChargingTable[],
  { needed, later }: { needed: readonly string[]; later: readonly string[] },
): AsyncGenerator<ColumnBatch> {
  for (const { datasetId, objectKey } of tables) {
    const path = await downloadObject(objectKey, join(tempDir, `${datasetId}.parquet`));
    const known = (await describeParquet(path)).columns.map(({ name }) => name);
    const there = later.filter((name) => known.includes(name));
    for await (const batch of readParquet(path, { columns: [...needed, ...there] })) {
      const missing = new Float64Array(batch.rowCount).fill(NaN);
      const values = later.map((name) => {
        const index = there.indexOf(name);
        return index < 0 ? missing : batch.values[needed.length + index]!;
      });
      yield { ...batch, values: [...batch.values.slice(0, needed.length), ...values] };
    }
  }
}

export const numbersOf = (values: ColumnValues | undefined): Float64Array =>
  values instanceof Float64Array ? values : new Float64Array();

export const textsOf = (values: ColumnValues | undefined): readonly (string | null)[] =>
  values === undefined || values instanceof Float64Array ? [] : (values as readonly (string | null)[]);
