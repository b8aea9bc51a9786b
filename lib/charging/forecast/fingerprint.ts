import type { FingerprintInputs } from "#lib/algorithms/io";
import { formatNumber } from "#lib/format/numbers";
import { DEFAULT_MODEL_VERSION } from "../models/default-model.ts";
import { findTable } from "../tables/store.ts";
import type { ForecastLoadInputs, ForecastLoadParams } from "./schema.ts";

/** A forecast depends on its parameters, its model and, where it takes vehicles from there, the adoption table. */
export const fingerprintForecast: FingerprintInputs<ForecastLoadInputs, ForecastLoadParams> = async (
  ctx,
  { inputs: { modelRunId, adoptionYear }, params },
) => {
  const table = adoptionYear === null ? null : await findTable(ctx, "adoption");
  const vehicles = adoptionYear === null ? `${formatNumber(params.evCount)} vehicles` : `vehicles of ${adoptionYear}`;
  return {
    title: `Load of ${vehicles}, ${params.dayType}`,
    hashes: [
      modelRunId ?? `default model ${DEFAULT_MODEL_VERSION}`,
      ...(adoptionYear === null ? [] : [`adoption ${adoptionYear} ${table?.sha256 ?? "none"}`]),
    ],
    artifacts: [],
  };
};
