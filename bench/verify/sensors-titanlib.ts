import { join } from "node:path";
import { BUDDY_TEMPERATURE, checkBuddies } from "#lib/sensors/checks/buddy/buddy-check";
import { FLAG } from "#lib/sensors/core/flag";
import { columnIndex, numbersOf, readCsv } from "../sensors/csv-table.ts";
import type { Check, VerifyRequest } from "./check.ts";

/** Columns of titanlib's flags and the threshold they were made with; the other parameters are the usual ones. */
const RUNS = [
  { column: "buddy2", threshold: 2 },
  { column: "buddy3", threshold: 3 },
];
const AGREEMENT_MIN = 0.999;

/** Compares the buddy check with the flags that titanlib gave the same values: per hour, and all together. */
export function* verify({ referenceDir, say }: VerifyRequest): Generator<Check> {
  const folder = join(referenceDir, "titanlib");
  const stations = readStations(join(folder, "stations.csv"));
  const table = readCsv(join(folder, "hobo_a_hourly_flags.csv.gz"));
  const [timeAt, idAt] = [columnIndex(table, "timestamp"), columnIndex(table, "id")];
  const values = numbersOf(table, "temp_c");
  const hours = Map.groupBy(values.keys(), (row) => table.rows[row]?.[timeAt] ?? "");
  for (const { column, threshold } of RUNS) {
    const theirs = numbersOf(table, column);
    let same = 0;
    for (const [hour, rows] of hours) {
      const present = rows.map((row) => stations.get(table.rows[row]?.[idAt] ?? "")!);
      const own = checkBuddies(
        present,
        rows.map((row) => values[row]!),
        { ...BUDDY_TEMPERATURE, threshold },
      );
      const wrong = rows.filter((row, i) => (own.flags[i] === FLAG.fail ? 1 : 0) !== theirs[row]);
      same += rows.length - wrong.length;
      const ids = wrong.map((row) => table.rows[row]?.[idAt]).join(", ");
      yield { name: `${column} at ${hour}`, passed: wrong.length === 0, detail: `differs for ${ids}` };
    }
    const share = same / values.length;
    say(`${column}: ${same} of ${values.length} flags are titanlib's (${(100 * share).toFixed(3)} %).`);
    yield { name: `${column} in all`, passed: share >= AGREEMENT_MIN, detail: `${(100 * share).toFixed(3)} %` };
  }
}

function readStations(path: string) {
  const table = readCsv(path);
  const [id, lat, lon, elevationM] = ["id", "lat", "lon", "elev"].map((name) => columnIndex(table, name));
  return new Map(
    table.rows.map((row) => [
      row[id!] ?? "",
      { lat: Number(row[lat!]), lon: Number(row[lon!]), elevationM: Number(row[elevationM!]) },
    ]),
  );
}
