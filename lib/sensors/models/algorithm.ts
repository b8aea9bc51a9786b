import { z } from "zod";
import { defineAlgorithm, type RunTools } from "#lib/algorithms/define";
import type { BlockSeries } from "../blocks/split-blocks.ts";
import { confidenceOf } from "../faults/core/confidence.ts";
import { HabitLearning } from "./core/habit-learning.ts";
import { type Label, trainModel } from "./core/train-model.ts";
import { faultModel, trainFaultModelParams, type FaultModel, type TrainFaultModelParams } from "./schema.ts";
import type { ReviewedFault } from "./store.ts";
import { viewFaultModel } from "./view.ts";

export interface TrainFaultModelData {
  reviewed: ReviewedFault[];
  /** Neighbourhoods, as a detection reads them. */
  blocks: AsyncIterable<{ stepMs: number; series: BlockSeries[] }>;
  blockCount: number;
}

/**
 * Purpose: fits the fault detector to a network: from what its people said of earlier faults, how far to trust each
 * cause; from its readings, what each sensor usually shows, so that one that is off all the time is found too.
 * Method: per cause a shift of the log-odds with a normal prior, losses and threshold leave-one-out (core/train-model);
 * per sensor of a network its level, that level's wandering and the size of its deviations, faults found left out.
 * The result is the model with its card; it holds no readings, codes or places, so it can be given to others.
 * Cost: that of a detection. Not for: learning from a time in which most sensors are at fault.
 */
export const trainFaultModelAlgorithm = defineAlgorithm({
  slug: "train-fault-model",
  version: 2,
  title: "Fault model",
  summary: "Learns from reviews how far to trust each cause, and from readings what each sensor usually shows.",
  params: trainFaultModelParams,
  inputs: z.object({}),
  result: faultModel,
  timeoutS: 3_600,
  memoryMb: 2_048,
  run: runTraining,
  view: viewFaultModel,
});

async function runTraining(
  { shiftSd, base }: TrainFaultModelParams,
  { reviewed, blocks, blockCount }: TrainFaultModelData,
  tools: Pick<RunTools, "signal" | "onProgress">,
): Promise<FaultModel> {
  const labels = reviewed.map(({ kind, mode, score, review }): Label => {
    return { kind, mode, score, isTrue: review === "confirmed", priorConfidence: confidenceOf(mode, score) };
  });
  const instants = reviewed.map(({ beginAt }) => beginAt.getTime());
  const learning = new HabitLearning();
  let done = 0;
  for await (const { series, stepMs } of blocks) {
    tools.signal.throwIfAborted();
    learning.add(series, stepMs);
    tools.onProgress(++done / Math.max(1, blockCount), "Learning what is usual");
  }
  return {
    ...trainModel({ labels, base, shiftSd }),
    labelCount: labels.length,
    sensorCount: new Set(reviewed.map(({ sensorId }) => sensorId)).size,
    window: instants.length === 0 ? null : { fromMs: Math.min(...instants), toMs: Math.max(...instants) },
    ...learning.finish(),
  };
}
