import { defineAlgorithmIo, type RunScope } from "#lib/algorithms/io";
import type {
  RangeStepStuckData,
  RangeStepStuckParams,
  RangeStepStuckResult,
} from "./checks/range-step-stuck/schema.ts";
import { countCheckedSeries, readSeriesToCheck, replaceFlags, updateVerdicts } from "./check-store.ts";

export interface CheckInputs {
  sensorCodes: string[] | null;
  fromMs: number | null;
  toMs: number | null;
}

/** Reads one datastream after the other and writes what the check found as flags, in one transaction. */
export const checkIo = defineAlgorithmIo<CheckInputs, RangeStepStuckParams, RangeStepStuckData, RangeStepStuckResult>({
  open: async (scope: RunScope, { inputs }) => ({
    seriesCount: await countCheckedSeries(scope.client, scope.ctx.workspaceId, inputs),
    series: readSeriesToCheck(scope.client, scope.ctx.workspaceId, inputs),
  }),
  commit: async (scope, { inputs, result }) => {
    const flagged = result.flags.map((flag) => ({ ...flag, score: flag.score ?? null }));
    const seriesIds = result.series.map((series) => series.datastreamId);
    await replaceFlags(scope.client, {
      workspaceId: scope.ctx.workspaceId,
      runId: scope.runId,
      by: "checks",
      seriesIds,
      flags: flagged,
      fromMs: inputs.fromMs,
      toMs: inputs.toMs,
    });
    await updateVerdicts(scope.client, { workspaceId: scope.ctx.workspaceId, runId: scope.runId, seriesIds });
  },
});
