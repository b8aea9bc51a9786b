import { defineAlgorithmIo } from "#lib/algorithms/io";
import { numbersOf, readTables, textsOf } from "../datasets/read-tables.ts";
import { type ChargingTable, listChargingTables } from "../datasets/store.ts";
import { SESSION_KINDS } from "../datasets/kinds.ts";
import type { SessionRows } from "./core/collect-sessions.ts";
import type { TrainSessionModelData, TrainSessionModelInputs } from "./train-schema.ts";

const COLUMNS = [
  "segment",
  "driver_id",
  "started_at",
  "start_s",
  "start_weekday",
  "energy_kwh",
  "session_s",
  "battery_kwh",
] as const;

export const trainSessionModelIo = defineAlgorithmIo<TrainSessionModelInputs, unknown, TrainSessionModelData, unknown>({
  open: async (scope, { inputs }) => {
    const tables = await listChargingTables(scope.ctx, inputs.datasetIds, SESSION_KINDS);
    return {
      batches: readSessions(scope, tables),
      rowCount: tables.reduce((sum, { rowCount }) => sum + rowCount, 0),
      datasets: tables.map(({ name }) => name),
    };
  },
});

async function* readSessions(
  scope: { tempDir: string },
  tables: readonly ChargingTable[],
): AsyncGenerator<SessionRows> {
  for await (const { rowCount, values } of readTables(scope, tables, COLUMNS)) {
    const [segment, driverId, startedAtMs, startS, weekday, energyKwh, pluggedS, batteryKwh] = values;
    yield {
      rowCount,
      segment: textsOf(segment),
      driverId: textsOf(driverId),
      startedAtMs: numbersOf(startedAtMs),
      startS: numbersOf(startS),
      weekday: numbersOf(weekday),
      energyKwh: numbersOf(energyKwh),
      pluggedS: numbersOf(pluggedS),
      batteryKwh: numbersOf(batteryKwh),
    };
  }
}
