import { defineAlgorithmIo, type RunScope } from "#lib/algorithms/io";
import type { Ctx } from "#lib/auth/context";
import { AppError } from "#lib/errors";
import { newId } from "#lib/ids";
import { findRunResult } from "#lib/runs/store";
import { type Block, splitBlocks } from "../blocks/split-blocks.ts";
import { type JudgedState, listMembers, markJudged, readBlock, readJudgedState } from "../blocks/store.ts";
import { FAULT_CHECK_PREFIX, replaceFlags, updateVerdicts, waitForOtherChecks } from "../check-store.ts";
import { FLAG } from "../core/flag.ts";
import { faultModel, type FaultModel } from "../models/schema.ts";
import { detectFaultsAlgorithm } from "./algorithm.ts";
import { FAULT_WORDS } from "./core/fault-words.ts";
import { matchFaults } from "./core/match-faults.ts";
import {
  deleteFaults,
  findDuringMaintenance,
  listStoredFaults,
  upsertFaults,
  type StoredFault,
} from "./detect-store.ts";
import type {
  DetectFaultsData,
  DetectFaultsInputs,
  DetectFaultsParams,
  DetectFaultsResult,
  FoundFault,
} from "./schema.ts";

/** From here on a fault fails its values; below, they are suspect. */
const FAIL_CONFIDENCE = 0.8;

interface OpenDetection extends DetectFaultsData {
  judged: JudgedState & { key: string; blocks: readonly Block[] };
}

/** A detection of some sensors lacks neighbours, one of the past lacks readings: neither says that all is judged. */
const isOfAll = ({ sensorCodes, toMs }: DetectFaultsInputs) => sensorCodes === null && toMs === null;

/** What a result rests on beside the readings; another detector, window or model judges everything anew. */
const judgedKey = ({ modelRunId }: DetectFaultsInputs, { windowDays }: DetectFaultsParams) =>
  `${detectFaultsAlgorithm.version} ${windowDays} ${modelRunId ?? ""}`;

/** Reads block after block; writes faults and their flags, keeping what people said of them. */
export const detectFaultsIo = defineAlgorithmIo<
  DetectFaultsInputs,
  DetectFaultsParams,
  OpenDetection,
  DetectFaultsResult
>({
  open: async ({ client, ctx }: RunScope, { inputs, params }) => {
    const model = inputs.modelRunId === null ? null : await readModel(ctx, inputs.modelRunId);
    const all = splitBlocks(await listMembers(client, ctx.workspaceId, inputs.sensorCodes));
    const key = judgedKey(inputs, params);
    const state = await readJudgedState(client, ctx.workspaceId, { judge: "faults", key });
    const mayLeaveOut = params.onlyNew && isOfAll(inputs);
    const blocks = mayLeaveOut ? all.filter(({ sensorIds }) => sensorIds.some((id) => state.changed.has(id))) : all;
    const sensorCount = (some: readonly Block[]) => some.reduce((sum, { sensorIds }) => sum + sensorIds.length, 0);
    const read = async function* () {
      const window = { windowDays: params.windowDays, toMs: inputs.toMs };
      for (const block of blocks) yield { stepMs: block.stepMs, series: await readBlock(client, block, window) };
    };
    const unchangedCount = sensorCount(all) - sensorCount(blocks);
    return { blocks: read(), blockCount: blocks.length, model, unchangedCount, judged: { key, blocks, ...state } };
  },
  commit: async (scope, { inputs, data, result }) => {
    const { client, runId } = scope;
    const { workspaceId } = scope.ctx;
    await waitForOtherChecks(client, workspaceId);
    if (isOfAll(inputs)) await markJudged(client, workspaceId, { judge: "faults", ...data.judged });
    const stored = await listStoredFaults(client, workspaceId, result.judged);
    const { same, added, gone } = matchFaults(result.faults, stored);
    const atWork = await findDuringMaintenance(client, result.faults);
    // What happened while somebody worked on the sensor is explained, until it lasts beyond that; what people say stays.
    const reviewBy = (found: FoundFault) => (atWork.has(found) ? "maintenance" : "unreviewed");
    const kept: Kept[] = [
      ...same.map(({ found, stored: known }) => {
        return { ...found, id: known.id, review: isDecided(known) ? known.review : reviewBy(found) };
      }),
      ...added.map((found) => ({ ...found, id: newId(), review: reviewBy(found) })),
    ];
    await deleteFaults(
      client,
      workspaceId,
      gone.filter(isUnreviewed).map(({ id }) => id),
    );
    await upsertFaults(client, { workspaceId, runId }, kept);
    const seriesIds = result.judged.map(({ datastreamId }) => datastreamId);
    // Flags from before the window that was judged stay.
    const fromMs = result.judged.reduce((least, judged) => Math.min(least, judged.fromMs), Infinity);
    if (seriesIds.length === 0) return;
    const flags = kept.filter(({ review }) => review === "unreviewed" || review === "confirmed").map(toFlag);
    await replaceFlags(client, { workspaceId, runId, by: "detector", seriesIds, flags, fromMs, toMs: null });
    await updateVerdicts(client, { workspaceId, runId, seriesIds });
  },
});

async function readModel(ctx: Ctx, runId: string): Promise<FaultModel> {
  const run = await findRunResult(ctx, runId);
  if (run?.algorithm !== "train-fault-model" || run.state !== "succeeded") {
    throw new AppError(
      "unprocessable",
      "The model does not name a finished training of this workspace. Choose another.",
    );
  }
  return faultModel.parse(run.result);
}

type Kept = FoundFault & { id: string; review: string };

const isDecided = ({ review, isReviewed }: StoredFault) =>
  isReviewed || (review !== "unreviewed" && review !== "maintenance");

const isUnreviewed = ({ review }: StoredFault) => review === "unreviewed";

function toFlag(fault: Kept) {
  const isCertain = fault.review === "confirmed" || fault.confidence >= FAIL_CONFIDENCE;
  return {
    datastreamId: fault.datastreamId,
    check: `${FAULT_CHECK_PREFIX}${FAULT_WORDS[fault.kind]}`,
    flag: isCertain ? FLAG.fail : FLAG.suspect,
    reason: fault.reason,
    score: fault.score,
    startAtMs: fault.beginAtMs,
    endAtMs: fault.endAtMs,
    pointCount: fault.pointCount,
  };
}
