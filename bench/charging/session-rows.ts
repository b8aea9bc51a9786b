import type { Sessions } from "#lib/charging/control/core/sessions";
import { columnIndex, readCsv } from "../sensors/csv-table.ts";

/** Sessions of a file by the value of its `case` column. */
export function readSessionCases(path: string): Map<string, Sessions> {
  const table = readCsv(path);
  const [arrival, departure, energy, power] = ["arrival_index", "departure_index", "energy_kwh", "max_power_kw"].map(
    (name) => columnIndex(table, name),
  );
  const caseAt = columnIndex(table, "case");
  const cases = Map.groupBy(table.rows, (row) => row[caseAt] ?? "");
  return new Map(
    [...cases].map(([name, rows]) => [
      name,
      {
        arrivalSlot: Int32Array.from(rows, (row) => Number(row[arrival!])),
        departureSlot: Int32Array.from(rows, (row) => Number(row[departure!])),
        energyKwh: Float64Array.from(rows, (row) => Number(row[energy!])),
        powerKwMax: Float64Array.from(rows, (row) => Number(row[power!])),
      },
    ]),
  );
}
