import { defineAlgorithmIo, type RunScope } from "#lib/algorithms/io";
import type { RangeStepStuckData, RangeStepStuckParams, RangeStepStuckResult } from "./checks/range-step-stuck/schema.ts";
import { formatNumber } from "#lib/format/numbers";
import { countCheckedSeries, findDataFingerprint, readSeriesToCheck, replaceFlags, updateVerdicts } from "./check-store.ts";

interface Inputs {
  sensorCodes: string[] | null;
  fromMs: number | null;
  toMs: number | null;
}

/** Reads one datastream after the other and writes what the check found as flags, in one transaction. */
export const checkIo = defineAlgorithmIo<Inputs, RangeStepStuckParams, RangeStepStuckData, RangeStepStuckResult>({
  fingerprint: async (ctx, inputs) => {
    const { sensorCount, hash, datasetTables } = await findDataFingerprint(ctx, inputs.sensorCodes);
    const [only] = inputs.sensorCodes ?? [];
    const what = inputs.sensorCodes?.length === 1 && only ? only : `${formatNumber(sensorCount)} sensors`;
    return { title: `Range, step and stuck check, ${what}`, hashes: [hash], artifacts: datasetTables };
  },
  open: async (scope: RunScope, { inputs }) => ({
    seriesCount: await countCheckedSeries(scope.client, scope.ctx.workspaceId, inputs),
    series: readSeriesToCheck(scope.client, scope.ctx.workspaceId, inputs),
  }),
  commit: async (scope, { inputs, result }) => {
    const flagged = result.flags.map((flag) => ({ ...flag, score: flag.score ?? null }));
    const seriesIds = result.series.map((series) => series.datastreamId);
    await replaceFlags(scope.client, { workspaceId: scope.ctx.workspaceId, runId: scope.runId, seriesIds, flags: flagged, ...inputs });
    await updateVerdicts(scope.client, { workspaceId: scope.ctx.workspaceId, runId: scope.runId, seriesIds });
  },
});
