import type { FingerprintInputs } from "#lib/algorithms/io";
import { fingerprintSessions } from "../session-fingerprint.ts";
import type { SessionInputs } from "../session-inputs.ts";
import { tariffNameOf } from "../tariff-params.ts";
import type { TrainControlModelParams } from "./schema.ts";

export const fingerprintControlTraining: FingerprintInputs<SessionInputs, TrainControlModelParams> = async (
  ctx,
  { inputs, params },
) => {
  const { name, hashes, artifacts, tariff } = await fingerprintSessions(ctx, inputs);
  return { title: `Control model, ${tariffNameOf(params, tariff)}, ${name}`, hashes, artifacts };
};
