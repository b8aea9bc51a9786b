import type { DetectorMode, FaultKind } from "../../detector/types.ts";

/** A fault that a person judged. */
export interface Label {
  kind: FaultKind;
  mode: DetectorMode;
  score: number;
  isTrue: boolean;
  /** Share of such faults that were true where all faults are known. */
  priorConfidence: number;
}

/** By how much the odds of a cause differ from the published ones, in logarithms. */
export type Shifts = Partial<Record<FaultKind, number>>;

export interface KindScores {
  kind: FaultKind;
  confirmed: number;
  disputed: number;
  shift: number;
  /** Mean confidence of the judged faults, without and with the model. */
  confidenceBefore: number;
  confidenceAfter: number;
  /** Mean logarithmic loss, each fault judged by a model that did not know its label; less is better. */
  lossBefore: number;
  lossAfter: number;
}

export interface TrainedModel {
  shifts: Shifts;
  /** Faults below this confidence are neither flagged nor listed. */
  confidenceMin: number;
  kinds: KindScores[];
}

const ODDS_MAX = 0.999;
/** Below so many labels there is no threshold of their own to learn. */
const LABELS_FOR_THRESHOLD = 20;
const THRESHOLDS = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7];

interface Training {
  labels: readonly Label[];
  /** A published model to start from; what own labels do not say stays as it says. */
  base: Shifts;
  /** Standard deviation of what a network's odds differ from the published ones, logarithms. */
  shiftSd: number;
}

/**
 * Learns from reviews how far the detector's confidence is off on this network, cause by cause: a shift of the log-odds
 * with a normal prior around the base model (a ridge of one dimension, solved by Newton's method). Few reviews move
 * little, many decide. Losses and threshold are measured leave-one-out, so that the card does not flatter itself.
 */
export function trainModel({ labels, base, shiftSd }: Training): TrainedModel {
  const byKind = Map.groupBy(labels, ({ kind }) => kind);
  const shifts: Shifts = { ...base };
  const unseen: { confidence: number; isTrue: boolean }[] = [];
  const kinds = [...byKind].map(([kind, own]): KindScores => {
    const prior = base[kind] ?? 0;
    const shift = fitShift(own, prior, shiftSd);
    shifts[kind] = shift;
    const without = own.map((label, i) => {
      const rest = own.filter((_, other) => other !== i);
      return { isTrue: label.isTrue, confidence: shifted(label.priorConfidence, fitShift(rest, prior, shiftSd)) };
    });
    unseen.push(...without);
    return {
      kind,
      confirmed: own.filter(({ isTrue }) => isTrue).length,
      disputed: own.filter(({ isTrue }) => !isTrue).length,
      shift,
      confidenceBefore: mean(own.map(({ priorConfidence }) => priorConfidence)),
      confidenceAfter: mean(own.map(({ priorConfidence }) => shifted(priorConfidence, shift))),
      lossBefore: mean(own.map(({ priorConfidence, isTrue }) => logLoss(priorConfidence, isTrue))),
      lossAfter: mean(without.map(({ confidence, isTrue }) => logLoss(confidence, isTrue))),
    };
  });
  return { shifts, confidenceMin: chooseThreshold(unseen), kinds: kinds.sort((a, b) => a.kind.localeCompare(b.kind)) };
}

/** A confidence with its log-odds shifted. */
export function shifted(confidence: number, shift: number): number {
  const bounded = Math.min(ODDS_MAX, Math.max(1 - ODDS_MAX, confidence));
  return 1 / (1 + Math.exp(-(Math.log(bounded / (1 - bounded)) + shift)));
}

function fitShift(labels: readonly Label[], prior: number, shiftSd: number): number {
  let shift = prior;
  for (let round = 0; round < 50; round++) {
    let gradient = (prior - shift) / shiftSd ** 2;
    let curvature = 1 / shiftSd ** 2;
    for (const { priorConfidence, isTrue } of labels) {
      const confidence = shifted(priorConfidence, shift);
      gradient += (isTrue ? 1 : 0) - confidence;
      curvature += confidence * (1 - confidence);
    }
    const step = gradient / curvature;
    shift += Math.max(-2, Math.min(2, step));
    if (Math.abs(step) < 1e-9) break;
  }
  return shift;
}

/** The threshold with the best F1 on labels that the model had not seen; 0 (nothing is left out) while they are few. */
function chooseThreshold(unseen: readonly { confidence: number; isTrue: boolean }[]): number {
  if (unseen.length < LABELS_FOR_THRESHOLD) return 0;
  const trueCount = unseen.filter(({ isTrue }) => isTrue).length;
  let best = { threshold: 0, f1: -1 };
  for (const threshold of THRESHOLDS) {
    const kept = unseen.filter(({ confidence }) => confidence >= threshold);
    const right = kept.filter(({ isTrue }) => isTrue).length;
    const f1 = kept.length + trueCount === 0 ? 0 : (2 * right) / (kept.length + trueCount);
    // Of equals the lowest: when in doubt a fault is shown.
    if (f1 > best.f1 + 1e-12) best = { threshold, f1 };
  }
  return best.threshold;
}

const logLoss = (confidence: number, isTrue: boolean) =>
  -Math.log(Math.max(1e-9, isTrue ? confidence : 1 - confidence));

const mean = (values: readonly number[]) =>
  values.length > 0 ? values.reduce((sum, value) => sum + value, 0) / values.length : 0;
