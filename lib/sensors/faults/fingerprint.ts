import type { FingerprintInputs } from "#lib/algorithms/io";
import { formatNumber } from "#lib/format/numbers";
import { findDataFingerprint } from "../check-store.ts";
import type { DetectFaultsInputs } from "./schema.ts";

/** A detection is named by what it looks at; new observations change the hash and with it the run key. */
export const fingerprintDetection: FingerprintInputs<DetectFaultsInputs> = async (ctx, { inputs }) => {
  const { sensorCount, hash, datasetTables } = await findDataFingerprint(ctx, inputs.sensorCodes);
  const [only] = inputs.sensorCodes ?? [];
  const what = inputs.sensorCodes?.length === 1 && only ? only : `${formatNumber(sensorCount)} sensors`;
  return { title: `Fault detection, ${what}`, hashes: [hash, inputs.modelRunId ?? ""], artifacts: datasetTables };
};
