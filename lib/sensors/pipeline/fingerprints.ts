import type { FingerprintInputs } from "#lib/algorithms/io";
import { formatNumber } from "#lib/format/numbers";
import { requirePipeline } from "#lib/pipelines/store";
import { findPositionsFingerprint } from "../reference-store.ts";
import type { AnalyseNetworkInputs } from "./analyse-network/schema.ts";
import type { ExtractReadingsInputs } from "./extract-readings/schema.ts";
import type { ListSensorsInputs } from "./list-sensors/schema.ts";

/** What the source answers is unknown before it is asked: every try of every execution is a question of its own. */
export const fingerprintListing: FingerprintInputs<ListSensorsInputs> = async (ctx, { inputs }) => {
  const { name } = await requirePipeline(ctx, inputs.pipelineId);
  const { executionId, attempt } = inputs;
  return { title: `Sensor information, ${name}`, hashes: [executionId, String(attempt)], artifacts: [] };
};

export const fingerprintExtraction: FingerprintInputs<ExtractReadingsInputs> = async (ctx, { inputs }) => {
  const { name } = await requirePipeline(ctx, inputs.pipelineId);
  const { executionId, attempt, part } = inputs;
  const title = `Readings, ${name}${part === 0 ? "" : `, part ${part + 1}`}`;
  return { title, hashes: [executionId, `${attempt}.${part}`], artifacts: [] };
};

export const fingerprintMatching: FingerprintInputs = async (ctx) => {
  const { sensorCount, hash } = await findPositionsFingerprint(ctx);
  return { title: `Nearest stations, ${formatNumber(sensorCount)} sensors`, hashes: [hash], artifacts: [] };
};

/** Asked anew by every execution: sensors move, and a search that failed may succeed. */
export const fingerprintAddresses: FingerprintInputs<AnalyseNetworkInputs> = (_ctx, { inputs }) =>
  Promise.resolve({
    title: "Addresses of sensors",
    hashes: [inputs.executionId, String(inputs.attempt)],
    artifacts: [],
  });

/** States are judged against the clock: a summary is of its moment. */
export const fingerprintAnalysis: FingerprintInputs<AnalyseNetworkInputs> = (_ctx, { inputs }) =>
  Promise.resolve({
    title: "Summary of the network",
    hashes: [inputs.executionId, String(inputs.attempt)],
    artifacts: [],
  });
