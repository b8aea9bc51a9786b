import { readdirSync } from "node:fs";
import { join } from "node:path";
import { drivingRecordsKind } from "#lib/driving/cleaning/kinds";
import { AppError } from "#lib/errors";
import { createParquetWriter } from "#lib/tables/parquet-writer";
import { readTable } from "#lib/tables/read-table";

/** Later than any day file: only files from the future would be refused. */
const NOW_MS = Date.UTC(2100, 0, 1);

export interface CleanedDay {
  /** Without `.gz` and `.csv`. */
  name: string;
  path: string;
  rowsIn: number;
  rowsKept: number;
}

/** Cleans every day file of a folder as an upload is cleaned, into Parquet files in `folder`. */
export async function cleanDayFiles(dataDir: string, folder: string): Promise<CleanedDay[]> {
  const names = readdirSync(dataDir)
    .filter((name) => !name.startsWith(".") && !/\.(md|json|html)$/i.test(name))
    .toSorted();
  const days: CleanedDay[] = [];
  for (const fileName of names) {
    const table = await readTable({ path: join(dataDir, fileName) }, { fileName });
    const { mapping } = drivingRecordsKind.proposeMapping(table.sniff, fileName);
    const cleaner = drivingRecordsKind.createCleaner(mapping, { nowMs: NOW_MS, fileName });
    const name = dayName(fileName);
    const path = join(folder, `${name}.parquet`);
    const writer = await createParquetWriter(path, drivingRecordsKind.parquetColumns);
    for await (const batch of table.batches) {
      const { columns, rowCount } = cleaner.push(batch);
      await writer.append(columns, rowCount);
    }
    await writer.close();
    const { rowsIn, rowsKept } = cleaner.finish();
    days.push({ name, path, rowsIn, rowsKept });
  }
  if (days.length === 0) throw new AppError("not_found", `There are no day files in ${dataDir}.`);
  return days;
}

export function dayName(fileName: string): string {
  return fileName.replace(/(\.(csv|txt|gz|zip))+$/i, "");
}
