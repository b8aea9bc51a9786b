import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ComputedSummary } from "#lib/driving/summary/engine";
import { inOrder, type SummaryTable } from "#lib/driving/summary/sql/summary-sql";
import type { SummarySettings } from "#lib/driving/summary/sql/tracks";
import { compareSummary } from "../driving/compare-summary.ts";
import { cleanDayFiles } from "../driving/day-files.ts";
import { computeOnDuckDb } from "../driving/duckdb.ts";
import { whyNoSpark, withSpark } from "../driving/spark.ts";
import type { Check, VerifyRequest } from "./check.ts";

const SETTINGS: SummarySettings = { sessionGapS: 60, fromClockS: null, toClockS: null };
const REQUEST = { settings: SETTINGS, stopMinS: 180 };

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
  const computed = await computeOnDuckDb(paths, REQUEST);
  try {
    yield* compareSummary({ engine: "DuckDB", rowsOf: rowsOf(computed), ...against });
  } finally {
    computed.close();
  }
}

async function* verifySpark(paths: readonly string[], against: Against): AsyncGenerator<Check> {
  const missing = await whyNoSpark();
  if (missing !== null) {
    against.say(`Spark not compared: ${missing}`);
    return;
  }
  yield* await withSpark(paths, REQUEST, async (computed, { totalS, computedS, peakRssMb }) => {
    against.say(
      `${computed.computedBy}: ${computedS.toFixed(1)} s, with its start ${totalS.toFixed(1)} s, ${peakRssMb} MB.`,
    );
    const checks: Check[] = [];
    const comparison = { engine: "Spark", rowsOf: rowsOf(computed), ...against };
    for await (const check of compareSummary(comparison)) checks.push(check);
    return checks;
  });
}

function rowsOf({ rows, tables }: ComputedSummary) {
  return (table: SummaryTable) => rows(inOrder(table, tables[table]));
}
