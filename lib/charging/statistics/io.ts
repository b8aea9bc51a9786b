import { defineAlgorithmIo } from "#lib/algorithms/io";
import { readCountyIndex } from "#lib/maps/regions/county-names";
import { SESSION_KINDS } from "../datasets/kinds.ts";
import { numbersOf, readTablesWith, textsOf } from "../datasets/read-tables.ts";
import { type ChargingTable, listChargingTables } from "../datasets/store.ts";
import type { ChargingStatisticsData, ChargingStatisticsInputs, PlacedSessions } from "./schema.ts";

const NEEDED = ["county", "state", "zip", "station_id", "start_year", "start_day_of_year", "energy_kwh"] as const;
const LATER = ["latitude", "longitude"] as const;

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
      counties: readCountyIndex(),
    };
  },
});

async function* readPlaced(
  scope: { tempDir: string },
  tables: readonly ChargingTable[],
): AsyncGenerator<PlacedSessions> {
  for await (const { rowCount, values } of readTablesWith(scope, tables, { needed: NEEDED, later: LATER })) {
    const [county, state, zip, station, year, dayOfYear, energyKwh, latitude, longitude] = values;
    yield {
      rowCount,
      county: textsOf(county),
      state: textsOf(state),
      zip: textsOf(zip),
      station: textsOf(station),
      year: numbersOf(year),
      dayOfYear: numbersOf(dayOfYear),
      energyKwh: numbersOf(energyKwh),
      latitude: numbersOf(latitude),
      longitude: numbersOf(longitude),
    };
  }
}
