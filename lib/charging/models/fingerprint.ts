import type { FingerprintInputs } from "#lib/algorithms/io";
import { SESSION_KINDS } from "../datasets/kinds.ts";
import { listChargingTables } from "../datasets/store.ts";
import type { TrainSessionModelInputs, TrainSessionModelParams } from "./train-schema.ts";

/** The same tables with the same settings make the same model. */
export const fingerprintTraining: FingerprintInputs<TrainSessionModelInputs, TrainSessionModelParams> = async (
  ctx,
  { inputs, params },
) => {
  const tables = await listChargingTables(ctx, inputs.datasetIds, SESSION_KINDS);
  return {
    title: `Session model, ${params.name}`,
    hashes: tables.map(({ sha256 }) => sha256),
    artifacts: tables.map(({ artifactId, name }) => ({ artifactId, name })),
  };
};
