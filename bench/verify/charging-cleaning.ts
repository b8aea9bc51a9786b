import { readFileSync } from "node:fs";
import { join } from "node:path";
import { CALIFORNIA } from "#lib/charging/cleaning/settings";
import { chargingIntervalsKind, chargingSessionsKind } from "#lib/charging/cleaning/kinds";
import { joinPieces } from "#lib/charging/cleaning/pieces";
import type { DatasetKind } from "#lib/datasets/core/dataset-kind";
import type { ColumnMapping } from "#lib/datasets/core/mapping";
import type { ColumnValues } from "#lib/tables/column";
import { sniff } from "#lib/tables/sniff";
import { originalIntervalRows, originalSessionRows } from "./charging/original-tables.ts";
import { parseTable, type TextTable } from "./charging/text-table.ts";
import { existsSync, readdirSync } from "node:fs";
import type { Check, VerifyRequest } from "./check.ts";

/** The limits of 2021: a fast charger gave 50 kW, and nothing took more than 100 kWh. */
const ORIGINAL_SESSIONS = { ...CALIFORNIA, otherEnergyKwhMax: 100 };
const ORIGINAL_INTERVALS = { powerKwMax: 50 };

/** Cleans the raw files with the original's settings and compares every cell with what the original made of them. */
export function* verify({ referenceDir }: VerifyRequest): Generator<Check> {
  const folder = existsSync(join(referenceDir, "cleaning")) ? join(referenceDir, "cleaning") : referenceDir;
  const read = (name: string) => parseTable(readFileSync(join(folder, name), "utf8"));
  const intervals = clean(chargingIntervalsKind, read("raw_interval.csv"), ORIGINAL_INTERVALS);
  yield* compareTables("intervals", originalIntervalRows(intervals.kept), read("cleaned_interval.csv"));
  const raw = read("raw_session.csv");
  const sessions = clean(chargingSessionsKind, raw, ORIGINAL_SESSIONS);
  yield* compareTables("sessions", originalSessionRows(sessions.kept), read("cleaned_session.csv"));
  const fleet = read("cleaned_session_fleet_not_saved_by_original.csv");
  yield* compareTables("fleet", originalSessionRows(sessions.aside), fleet);
  yield* checkSplit(join(folder, "split_example"));
}

function clean(
  kind: DatasetKind,
  table: TextTable,
  settings: ColumnMapping["settings"],
): { kept: ColumnValues[]; aside: ColumnValues[] } {
  const head = sniff(new TextEncoder().encode([table.columns, ...table.rows].map((row) => row.join(",")).join("\n")));
  const { mapping } = kind.proposeMapping(head, "raw.csv");
  // The original knows no zones: a wall clock without changes keeps its times as they are written.
  const timestamp = { format: "iso", timeZone: "UTC" };
  const cleaner = kind.createCleaner({ ...mapping, timestamp, settings }, { nowMs: 0, fileName: "raw.csv" });
  const batch = cleaner.push({ firstRow: 2, ...table });
  cleaner.finish();
  return { kept: batch.columns, aside: batch.aside?.columns ?? [] };
}

function* compareTables(name: string, ours: readonly Record<string, string>[], reference: TextTable): Generator<Check> {
  const passed = ours.length === reference.rows.length;
  yield { name: `${name}: rows`, passed, detail: `expected ${reference.rows.length}, got ${ours.length}` };
  for (const [i, row] of reference.rows.entries()) {
    for (const [j, column] of reference.columns.entries()) {
      const expected = row[j] ?? "";
      const actual = ours[i]?.[column] ?? "(no such column)";
      yield {
        name: `${name}: row ${i + 1}, ${column}`,
        passed: isSame(actual, expected),
        detail: `expected "${expected}", got "${actual}"`,
      };
    }
  }
}

/** Equal as text, or the same number to the last bit (100 and 100.0). */
function isSame(actual: string, expected: string): boolean {
  if (actual === expected) return true;
  return actual !== "" && expected !== "" && Number(actual) === Number(expected);
}

function* checkSplit(folder: string): Generator<Check> {
  if (!existsSync(folder)) return;
  const read = (name: string) => readFileSync(join(folder, name), "utf8").trimEnd().split("\n");
  const names = readdirSync(folder).toSorted();
  const groups = joinPieces(names);
  for (const [whole, pieces] of groups) {
    const [header, ...rows] = read(whole);
    const joined = pieces.flatMap((piece) => read(piece).slice(1));
    const passed = joined.join() === rows.join() && pieces.every((piece) => read(piece)[0] === header);
    const detail = `expected the ${rows.length} rows of ${whole} from ${pieces.join(", ")}, got ${joined.length}`;
    yield { name: `pieces of ${whole}`, passed, detail };
  }
  yield { name: "pieces recognised", passed: groups.size > 0, detail: `among ${names.join(", ")}` };
}
