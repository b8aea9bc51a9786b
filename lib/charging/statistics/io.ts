import { defineAlgorithmIo } from "#lib/algorithms/io";
import { SESSION_KINDS } from "../datasets/kinds.ts";
import { numbersOf, readTables, textsOf } from "../datasets/read-tables.ts";
import { type ChargingTable, listChargingTables } from "../datasets/store.ts";
import type { ChargingStatisticsData, ChargingStatisticsInputs, PlacedSessions } from "./schema.ts";

const COLUMNS = ["county", "zip", "start_year", "start_month", "start_day_of_year", "energy_kwh"] as const;

export const chargingStatisticsIo = defineAlgorithmIo<
  ChargingStatisticsInputs,
  unknown,
  ChargingStatisticsData,
  unknown
>({
  open: async (scope, { inputs }) => {
    const tables = await listChargingTables(scope.ctx, inputs.datasetIds, SESSION_KINDS);
    return {
      batches: readPlaced(scope, tables),
      rowCount: tables.reduce((sum, { rowCount }) => sum + rowCount, 0),
    };
  },
});

async function* readPlaced(
  scope: { tempDir: string },
  tables: readonly ChargingTable[],
): AsyncGenerator<PlacedSessions> {
  for await (const { rowCount, values } of readTables(scope, tables, COLUMNS)) {
    const [county, zip, year, month, dayOfYear, energyKwh] = values;
    yield {
      rowCount,
      county: textsOf(county),
      zip: textsOf(zip),
      year: numbersOf(year),
      month: numbersOf(month),
      dayOfYear: numbersOf(dayOfYear),
      energyKwh: numbersOf(energyKwh),
    };
  }
}
