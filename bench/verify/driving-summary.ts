import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openDuckDbEngine } from "#lib/driving/summary/duckdb-engine";
import { summaryQueries } from "#lib/driving/summary/sql/summary-sql";
import type { SummarySettings } from "#lib/driving/summary/sql/tracks";
import { compareSummary } from "../driving/compare-summary.ts";
import { cleanDayFiles } from "../driving/day-files.ts";
import { runSpark, whyNoSpark } from "../driving/spark.ts";
import type { Check, VerifyRequest } from "./check.ts";

const SETTINGS: SummarySettings = { sessionGapS: 60, fromClockS: null, toClockS: null };
const STOP_MIN_S = 180;

/** Day files through the cleaning of uploads, then every reference table on every engine that is present. */
export async function* verify({ dataDir, referenceDir, say }: VerifyRequest): AsyncGenerator<Check> {
  const folder = await mkdtemp(join(tmpdir(), "fieldport-verify-"));
  try {
    const days = await cleanDayFiles(dataDir, folder);
    for (const { name, rowsIn, rowsKept } of days)
      yield { name: `${name} kept`, passed: rowsIn === rowsKept, detail: `${rowsKept} of ${rowsIn} rows` };
    say(`${days.length} day files, ${days.reduce((sum, { rowsKept }) => sum + rowsKept, 0)} rows.`);
    const paths = days.map(({ path }) => path);
    yield* verifyDuckDb(paths, { referenceDir, say });
    yield* verifySpark(paths, { referenceDir, say });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

type Against = Pick<VerifyRequest, "referenceDir" | "say">;

async function* verifyDuckDb(paths: readonly string[], against: Against): AsyncGenerator<Check> {
  const engine = await openDuckDbEngine({ paths, memoryLimitMb: 1024 });
  try {
    const queries = summaryQueries("duckdb", SETTINGS, STOP_MIN_S);
    await engine.prepare(queries);
    yield* compareSummary({ engine: "DuckDB", rowsOf: (table) => engine.rows(queries.tables[table]), ...against });
  } finally {
    engine.close();
  }
}

async function* verifySpark(paths: readonly string[], against: Against): AsyncGenerator<Check> {
  const missing = whyNoSpark();
  if (missing !== null) {
    against.say(`Spark not compared: ${missing}.`);
    return;
  }
  const spark = await runSpark({ paths, queries: summaryQueries("spark", SETTINGS, STOP_MIN_S) });
  against.say(
    `Spark ${spark.sparkVersion}: ${spark.summaryS[0]?.toFixed(1)} s after ${spark.startS.toFixed(1)} s of start.`,
  );
  yield* compareSummary({ engine: "Spark", rowsOf: spark.rows, ...against });
}
