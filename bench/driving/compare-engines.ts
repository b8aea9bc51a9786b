import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { ComputedSummary, Row } from "#lib/driving/summary/engine";
import { writeTableFiles, writeTrackFiles } from "#lib/driving/summary/exports/write-files";
import { inOrder, type SummaryTable } from "#lib/driving/summary/sql/summary-sql";
import type { SummarySettings } from "#lib/driving/summary/sql/tracks";
import type { Check } from "../verify/check.ts";
import { computeOnDuckDb } from "./duckdb.ts";
import { withSpark } from "./spark.ts";
import { writeSyntheticRecords } from "./synthetic-records.ts";

const SETTINGS: SummarySettings = { sessionGapS: 60, fromClockS: null, toClockS: null };
const STOP_MIN_S = 180;
/** Sums of doubles in another order. */
const RELATIVE_DIFFERENCE_MAX = 1e-9;

/** Every row of every table of a small synthetic fleet, from both engines: standstills and all rare flags are in it. */
export async function* compareEngines(folder: string, say: (line: string) => void): AsyncGenerator<Check> {
  const paths = await writeSyntheticRecords({ drivers: 4, recordsPerDriver: 12_000, driversPerFile: 2, folder });
  const request = { settings: SETTINGS, stopMinS: STOP_MIN_S };
  const duckDb = await computeOnDuckDb(paths, request);
  try {
    yield* await withSpark(paths, request, async (spark) => {
      say(`${duckDb.computedBy} and ${spark.computedBy}.`);
      const checks: Check[] = [];
      for await (const check of compare(duckDb, spark, say)) checks.push(check);
      checks.push(...(await compareFiles(folder, { duckDb, spark, say })));
      return checks;
    });
  } finally {
    duckDb.close();
  }
}

async function* compare(duckDb: ComputedSummary, spark: ComputedSummary, say: (line: string) => void) {
  for (const table of Object.keys(duckDb.tables) as SummaryTable[]) {
    const ours = await duckDb.rows(inOrder(table, duckDb.tables[table]));
    const theirs = await spark.rows(inOrder(table, spark.tables[table]));
    say(`Synthetic ${table}: ${ours.length} rows on DuckDB, ${theirs.length} on Spark.`);
    yield { name: `${table}: rows`, passed: ours.length === theirs.length && ours.length > 0, detail: "" };
    for (const [index, row] of ours.entries()) {
      const detail = differenceOf(row, theirs[index] ?? {});
      yield { name: `${table}: row ${index + 1}`, passed: detail === "", detail };
    }
  }
}

interface Both {
  duckDb: ComputedSummary;
  spark: ComputedSummary;
  say: (line: string) => void;
}

/** Files of a run: the same names, and in Parquet the same columns of the same types. */
async function compareFiles(folder: string, { duckDb, spark, say }: Both): Promise<Check[]> {
  const [ours, theirs] = [await filesOf(duckDb, join(folder, "duckdb")), await filesOf(spark, join(folder, "spark"))];
  const describe = async (path: string) =>
    JSON.stringify(await duckDb.rows(`select name, type from parquet_schema('${path}')`));
  const checks: Check[] = [];
  let equal = 0;
  for (const [index, file] of ours.entries()) {
    const other = theirs[index];
    checks.push({
      name: `${file.fileName}: file`,
      passed: other?.fileName === file.fileName,
      detail: other?.fileName ?? "missing",
    });
    if (other?.fileName !== file.fileName) continue;
    if ((await readFile(file.path)).equals(await readFile(other.path))) equal += 1;
    if (!file.fileName.endsWith(".parquet")) continue;
    const [columns, otherColumns] = [await describe(file.path), await describe(other.path)];
    checks.push({ name: `${file.fileName}: columns`, passed: columns === otherColumns, detail: otherColumns });
  }
  say(`Files: ${ours.length}, ${equal} of them equal to the last byte.`);
  return checks;
}

async function filesOf(computed: ComputedSummary, folder: string) {
  await mkdir(folder, { recursive: true });
  return [...(await writeTableFiles(computed, folder)), ...((await writeTrackFiles(computed, folder)) ?? [])];
}

function differenceOf(ours: Row, theirs: Row): string {
  for (const [name, value] of Object.entries(ours)) {
    const other = theirs[name] ?? null;
    const isSame =
      typeof value === "number" && typeof other === "number"
        ? Math.abs(value - other) <= RELATIVE_DIFFERENCE_MAX * Math.max(1, Math.abs(value))
        : value === other;
    if (!isSame) return `${name}: DuckDB ${value}, Spark ${other}`;
  }
  return "";
}
