import type { FingerprintInputs } from "#lib/algorithms/io";
import { requireCleaningSource } from "#lib/datasets/cleaning/fingerprint";
import type { CostBenefitInputs } from "./schema.ts";

/** A case is its uploaded zip: the same bytes are the same case. */
export const fingerprintCostBenefit: FingerprintInputs<CostBenefitInputs> = async (ctx, { inputs }) => {
  const { fileName, sha256, artifactId } = await requireCleaningSource(ctx, inputs.uploadId);
  return {
    title: `Cost-benefit, ${fileName.replace(/\.zip$/i, "")}`,
    hashes: [sha256],
    artifacts: [{ artifactId, name: fileName }],
  };
};
