import { quantile } from "#lib/math/quantile";
import { rollingMax, rollingMin } from "#lib/math/rolling-extremes";
import { type ComponentName, rawComponent } from "./components.ts";
import type { SingleProfile } from "./profiles.ts";
import type { SingleRecord } from "./record.ts";

export interface Suspicion {
  /** Fused over the components, before flag level and siblings. */
  fused: Float64Array;
  /** Each component in units of its reference. */
  parts: Map<ComponentName, Float64Array>;
}

/** Share of the fused score that several agreeing components add to the strongest. */
const AGREEMENT_SHARE = 0.2;
const PART_MAX = 3;
export const SCORE_MAX = 20;

/** A rule that fires on more than this share of a record is no anomaly detector there. */
const BUDGET_SHARE = 0.02;
const BUDGETED: ReadonlySet<ComponentName> = new Set(["jump", "step", "spike", "roll", "noise", "season"]);

/** 0.8 × strongest component + 0.2 × root of the squares; rows without a value have 0, error codes the maximum. */
export function fuseComponents(record: SingleRecord, profile: SingleProfile): Suspicion {
  const count = record.filled.length;
  const strongest = new Float64Array(count);
  const squares = new Float64Array(count);
  const parts = new Map<ComponentName, Float64Array>();
  for (const [key, reference] of Object.entries(profile.references)) {
    const name = key as ComponentName;
    const part = rawComponent(name, record);
    const isBudgeted = profile.hasAlarmBudget && BUDGETED.has(name);
    const unit = isBudgeted ? Math.max(reference, quantile(part, 1 - BUDGET_SHARE)) : reference;
    for (let i = 0; i < count; i++) {
      const value = part[i]! / unit;
      part[i] = value;
      if (value > strongest[i]!) strongest[i] = value;
      squares[i]! += Math.min(value, PART_MAX) ** 2;
    }
    parts.set(name, part);
  }
  const fused = strongest.map((value, i) => {
    if (record.isCode[i]) return SCORE_MAX;
    if (!record.isThere[i]) return 0;
    return Math.min(SCORE_MAX, (1 - AGREEMENT_SHARE) * value + AGREEMENT_SHARE * Math.sqrt(squares[i]!));
  });
  return { fused, parts };
}

/** Most that a sibling's odd values, and its error codes, say about a channel. */
const SIBLING_MAX = 5;
const SIBLING_CODE = 6;

/** Channels of one device tend to fail together: suspicion rises where a sibling is suspicious too, else it falls. */
export function weighSiblings(own: Float64Array, siblings: readonly Float64Array[]): Float64Array {
  if (siblings.length === 0) return own;
  return own.map((score, i) => {
    if (score >= SCORE_MAX) return score;
    let most = 0;
    for (const sibling of siblings) {
      const other = sibling[i] ?? 0;
      most = Math.max(most, other >= SCORE_MAX ? SIBLING_CODE : Math.min(SIBLING_MAX, other));
    }
    return Math.min(SCORE_MAX, 0.8 * score * (1 + 0.5 * Math.min(most, 2)) + 0.2 * most);
  });
}

/** Least score while the device pauses: just below a flag, for its values may still be right. */
const PAUSE_SCORE = 0.95;
const PAUSE_MARGIN_ROWS = 1;

/**
 * While one channel writes error codes (a visit, a restart) the others mostly repeat their last value: they stand
 * before all that only looks odd.
 */
export function raisePauses(scores: Float64Array, siblings: readonly SingleRecord[]): Float64Array {
  const raised = scores.slice();
  for (const { isCode } of siblings) {
    for (let row = isCode.indexOf(1); row >= 0; row = isCode.indexOf(1, row + 1)) {
      for (let i = row - PAUSE_MARGIN_ROWS; i <= row + PAUSE_MARGIN_ROWS; i++) {
        if (i >= 0 && i < raised.length) raised[i] = Math.max(raised[i]!, PAUSE_SCORE);
      }
    }
  }
  return raised;
}

/** Grey closing: fills dips of suspicion shorter than `width` rows between higher values. O(n × width). */
export function closeDips(scores: Float64Array, width: number): Float64Array {
  const reach = Math.floor(width / 2);
  if (reach < 1) return scores;
  // Zeros beyond both ends: a high value near an end must not be stretched to it.
  const padded = new Float64Array(scores.length + 2 * reach);
  padded.set(scores, reach);
  return rollingMin(rollingMax(padded, reach), reach).subarray(reach, reach + scores.length);
}
