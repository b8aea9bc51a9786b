import { defineAlgorithmIo } from "#lib/algorithms/io";
import { readSessions, readTariff } from "../read-sessions.ts";
import type { SessionInputs } from "../session-inputs.ts";
import type { TrainControlModelData } from "./schema.ts";

export const trainControlModelIo = defineAlgorithmIo<SessionInputs, unknown, TrainControlModelData, unknown>({
  open: async (scope, { inputs }) => ({
    table: await readSessions(scope, inputs),
    tariff: await readTariff(scope, inputs),
  }),
});
