import type { FingerprintInputs } from "#lib/algorithms/io";
import type { ApplyControlModelInputs } from "./schema.ts";

/** Results of runs never change, so their ids name them. */
export const fingerprintApplication: FingerprintInputs<ApplyControlModelInputs> = (_ctx, { inputs }) =>
  Promise.resolve({
    title: "Forecast with control",
    hashes: [inputs.modelRunId, inputs.forecastRunId],
    artifacts: [],
  });
