import type { FingerprintInputs } from "#lib/algorithms/io";
import { SESSION_KINDS } from "../datasets/kinds.ts";
import { listChargingTables } from "../datasets/store.ts";
import type { ChargingStatisticsInputs, ChargingStatisticsParams } from "./schema.ts";

export const fingerprintStatistics: FingerprintInputs<ChargingStatisticsInputs, ChargingStatisticsParams> = async (
  ctx,
  { inputs, params },
) => {
  const tables = await listChargingTables(ctx, inputs.datasetIds, SESSION_KINDS);
  return {
    title: `Charging by county, ${tables.map(({ name }) => name).join(", ")}${params.year === null ? "" : `, ${params.year}`}`,
    hashes: tables.map(({ sha256 }) => sha256),
    artifacts: tables.map(({ artifactId, name }) => ({ artifactId, name })),
  };
};
