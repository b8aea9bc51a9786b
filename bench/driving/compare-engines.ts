import { openDuckDbEngine } from "#lib/driving/summary/duckdb-engine";
import type { Row } from "#lib/driving/summary/engine";
import { summaryQueries } from "#lib/driving/summary/sql/summary-sql";
import type { SummarySettings } from "#lib/driving/summary/sql/tracks";
import type { Check } from "../verify/check.ts";
import { runSpark } from "./spark.ts";
import { writeSyntheticRecords } from "./synthetic-records.ts";

const SETTINGS: SummarySettings = { sessionGapS: 60, fromClockS: null, toClockS: null };
const STOP_MIN_S = 180;
/** Sums of doubles in another order. */
const RELATIVE_DIFFERENCE_MAX = 1e-9;

/** Every row of every table of a small synthetic fleet, from both engines: standstills and all rare flags are in it. */
export async function* compareEngines(folder: string, say: (line: string) => void): AsyncGenerator<Check> {
  const paths = await writeSyntheticRecords({ drivers: 4, recordsPerDriver: 12_000, driversPerFile: 2, folder });
  const engine = await openDuckDbEngine({ paths });
  try {
    const queries = summaryQueries("duckdb", SETTINGS, STOP_MIN_S);
    await engine.prepare(queries);
    const spark = await runSpark({ paths, queries: summaryQueries("spark", SETTINGS, STOP_MIN_S) });
    for (const [table, query] of Object.entries(queries.tables)) {
      const ours = await engine.rows(query);
      const theirs = spark.rows(table);
      say(`Synthetic ${table}: ${ours.length} rows on DuckDB, ${theirs.length} on Spark.`);
      yield { name: `${table}: rows`, passed: ours.length === theirs.length && ours.length > 0, detail: "" };
      for (const [index, row] of ours.entries()) {
        const detail = differenceOf(row, theirs[index] ?? {});
        yield { name: `${table}: row ${index + 1}`, passed: detail === "", detail };
      }
    }
  } finally {
    engine.close();
  }
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
