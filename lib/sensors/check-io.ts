import { defineAlgorithmIo, type RunScope } from "#lib/algorithms/io";
import { type JudgedState, markJudged, readJudgedState } from "./blocks/store.ts";
import {
  describeCheckedSeries,
  readSeriesToCheck,
  replaceFlags,
  updateVerdicts,
  waitForOtherChecks,
} from "./check-store.ts";
import { rangeStepStuck } from "./checks/range-step-stuck/algorithm.ts";
import type {
  RangeStepStuckData,
  RangeStepStuckParams,
  RangeStepStuckResult,
} from "./checks/range-step-stuck/schema.ts";

export interface CheckInputs {
  sensorCodes: string[] | null;
  fromMs: number | null;
  toMs: number | null;
}

interface OpenCheck extends RangeStepStuckData {
  /** What is remembered of it; null when it looked at a part of the readings only. */
  judged: (JudgedState & { key: string; sensorIds: string[] }) | null;
}

/** Reads one datastream after the other and writes what the check found as flags, in one transaction. */
export const checkIo = defineAlgorithmIo<CheckInputs, RangeStepStuckParams, OpenCheck, RangeStepStuckResult>({
  open: async ({ client, ctx }: RunScope, { inputs, params }) => {
    const { onlyNew, ...settings } = params;
    const isOfAll = inputs.sensorCodes === null && inputs.fromMs === null && inputs.toMs === null;
    const key = JSON.stringify([rangeStepStuck.version, settings]);
    const state = isOfAll ? await readJudgedState(client, ctx.workspaceId, { judge: "checks", key }) : null;
    const range = { ...inputs, sensorIds: state && onlyNew ? [...state.changed] : undefined };
    const { count, untilMs } = await describeCheckedSeries(client, ctx.workspaceId, range);
    return {
      seriesCount: count,
      untilMs,
      series: readSeriesToCheck(client, ctx.workspaceId, range),
      judged: state && { ...state, key, sensorIds: [...state.changed] },
    };
  },
  commit: async ({ client, ctx, runId }, { inputs, data, result }) => {
    const { workspaceId } = ctx;
    await waitForOtherChecks(client, workspaceId);
    if (data.judged) {
      const { sensorIds, ...judged } = data.judged;
      await markJudged(client, workspaceId, { judge: "checks", ...judged, blocks: [{ sensorIds, stepMs: 0 }] });
    }
    const flags = result.flags.map((flag) => ({ ...flag, score: flag.score ?? null }));
    const seriesIds = result.series.map((series) => series.datastreamId);
    const { fromMs, toMs } = inputs;
    await replaceFlags(client, { workspaceId, runId, by: "checks", seriesIds, flags, fromMs, toMs });
    await updateVerdicts(client, { workspaceId, runId, seriesIds });
  },
});
