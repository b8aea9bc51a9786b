import type { FingerprintInputs } from "#lib/algorithms/io";
import { formatNumber } from "#lib/format/numbers";
import type { CheckInputs } from "./check-io.ts";
import { findDataFingerprint } from "./check-store.ts";

/** A check is named by what it looks at; new observations change the hash and with it the run key. */
export const fingerprintCheck: FingerprintInputs<CheckInputs> = async (ctx, { inputs }) => {
  const { sensorCount, hash, datasetTables } = await findDataFingerprint(ctx, inputs.sensorCodes);
  const [only] = inputs.sensorCodes ?? [];
  const what = inputs.sensorCodes?.length === 1 && only ? only : `${formatNumber(sensorCount)} sensors`;
  return { title: `Range, step and stuck check, ${what}`, hashes: [hash], artifacts: datasetTables };
};
