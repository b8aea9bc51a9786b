import { z } from "zod";
import { defineAlgorithm } from "#lib/algorithms/define";
import { confidenceOf } from "../faults/core/confidence.ts";
import { type Label, trainModel } from "./core/train-model.ts";
import { faultModel, trainFaultModelParams, type FaultModel, type TrainFaultModelParams } from "./schema.ts";
import type { ReviewedFault } from "./store.ts";
import { viewFaultModel } from "./view.ts";

export interface TrainFaultModelData {
  reviewed: ReviewedFault[];
}

/**
 * Purpose: fits the fault detector's confidence to a network, from what its people said of earlier faults.
 * Method: per cause a shift of the log-odds with a normal prior; losses and threshold leave-one-out (core/train-model).
 * The result is the model with its card; it holds no readings and no places, so it can be given to others.
 * Cost: milliseconds. Not for: networks in which nobody reviews faults; the model is then the detector as published.
 */
export const trainFaultModelAlgorithm = defineAlgorithm({
  slug: "train-fault-model",
  version: 1,
  title: "Fault model from reviews",
  summary: "Learns from confirmed and disputed faults how far to trust each cause on this network.",
  params: trainFaultModelParams,
  inputs: z.object({}),
  result: faultModel,
  timeoutS: 300,
  memoryMb: 512,
  run: runTraining,
  view: viewFaultModel,
});

function runTraining({ shiftSd, base }: TrainFaultModelParams, { reviewed }: TrainFaultModelData): FaultModel {
  const labels = reviewed.map(({ kind, mode, score, review }): Label => {
    return { kind, mode, score, isTrue: review === "confirmed", priorConfidence: confidenceOf(mode, score) };
  });
  const instants = reviewed.map(({ beginAt }) => beginAt.getTime());
  return {
    ...trainModel({ labels, base, shiftSd }),
    labelCount: labels.length,
    sensorCount: new Set(reviewed.map(({ sensorId }) => sensorId)).size,
    window: instants.length === 0 ? null : { fromMs: Math.min(...instants), toMs: Math.max(...instants) },
  };
}
