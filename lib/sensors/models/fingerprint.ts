import type { FingerprintInputs } from "#lib/algorithms/io";
import { countOf } from "#lib/format/lists";
import { sha256Hex } from "#lib/ids";
import { findDataFingerprint } from "../check-store.ts";
import { listReviewedFaults } from "./store.ts";

/** The same reviews and readings make the same model. */
export const fingerprintTraining: FingerprintInputs = async (ctx) => {
  const reviewed = await listReviewedFaults(ctx);
  const { hash, datasetTables } = await findDataFingerprint(ctx, null);
  const text = reviewed.map(({ kind, mode, score, review }) => `${kind} ${mode} ${score} ${review}`).sort();
  return {
    title: `Fault model, ${countOf(reviewed.length, "review")}`,
    hashes: [sha256Hex(text.join("\n")), hash],
    artifacts: datasetTables,
  };
};
