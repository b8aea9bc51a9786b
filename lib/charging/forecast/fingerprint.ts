import type { FingerprintInputs } from "#lib/algorithms/io";
import { formatNumber } from "#lib/format/numbers";
import { DEFAULT_MODEL_VERSION } from "../models/default-model.ts";
import type { ForecastLoadInputs, ForecastLoadParams } from "./schema.ts";

/** A forecast depends on its parameters and its model only. */
export const fingerprintForecast: FingerprintInputs<ForecastLoadInputs, ForecastLoadParams> = (
  _ctx,
  { inputs, params },
) =>
  Promise.resolve({
    title: `Load of ${formatNumber(params.evCount)} vehicles, ${params.dayType}`,
    hashes: [inputs.modelRunId ?? `default model ${DEFAULT_MODEL_VERSION}`],
    artifacts: [],
  });
