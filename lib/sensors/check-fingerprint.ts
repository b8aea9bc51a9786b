import type { FingerprintInputs } from "#lib/algorithms/io";
import { formatNumber } from "#lib/format/numbers";
import type { CheckInputs } from "./check-io.ts";
import { findPositionsFingerprint } from "./reference-store.ts";
import { findDataFingerprint } from "./check-store.ts";

/** A check is named by what it looks at; new observations change the hash and with it the run key. */
export const fingerprintCheck: FingerprintInputs<CheckInputs> = async (ctx, { inputs }) => {
  const { sensorCount, hash, datasetTables } = await findDataFingerprint(ctx, inputs.sensorCodes);
  const [only] = inputs.sensorCodes ?? [];
  const what = inputs.sensorCodes?.length === 1 && only ? only : `${formatNumber(sensorCount)} sensors`;
  return { title: `Range, step and stuck check, ${what}`, hashes: [hash], artifacts: datasetTables };
};

/** Neighbours and references are all sensors, so all data name it, and where the sensors stand. */
export const fingerprintNetworkCheck: FingerprintInputs = async (ctx) => {
  const { sensorCount, hash, datasetTables } = await findDataFingerprint(ctx, null);
  const places = await findPositionsFingerprint(ctx);
  const title = `Neighbour and reference check, ${formatNumber(sensorCount)} sensors`;
  return { title, hashes: [hash, places.hash], artifacts: datasetTables };
};
