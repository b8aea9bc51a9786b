import type { FingerprintInputs } from "#lib/algorithms/io";
import { fingerprintSessions } from "../session-fingerprint.ts";
import type { SessionInputs } from "../session-inputs.ts";
import { tariffNameOf } from "../tariff-params.ts";
import type { OptimiseChargingParams } from "./schema.ts";

export const fingerprintOptimise: FingerprintInputs<SessionInputs, OptimiseChargingParams> = async (
  ctx,
  { inputs, params },
) => {
  const { name, hashes, artifacts, tariff } = await fingerprintSessions(ctx, inputs);
  return { title: `Managed charging, ${tariffNameOf(params, tariff)}, ${name}`, hashes, artifacts };
};
