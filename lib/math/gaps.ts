import { median } from "./quantile.ts";

/** A span without observations between two observed instants (epoch ms). */
export interface Gap {
  fromMs: number;
  toMs: number;
  /** Observations that the usual step would have put inside. */
  missing: number;
}

/** A spacing of more than this many usual steps is a gap; half a step is left for jitter. */
export const GAP_STEPS = 1.5;

const MODE_RESOLUTION_MS = 1000;
const MODE_SHARE_MIN = 0.3;
const SPACINGS_READ_MAX = 50_000;

/** Positive spacings of ascending instants, thinned to evenly spread blocks when there are very many. */
function spacingsOf(t: ArrayLike<number>): number[] {
  const stride = Math.max(1, Math.ceil((t.length - 1) / SPACINGS_READ_MAX));
  const spacings: number[] = [];
  for (let i = 1; i < t.length; i += stride) {
    const spacing = t[i]! - t[i - 1]!;
    if (spacing > 0) spacings.push(spacing);
  }
  return spacings;
}

/**
 * The usual sampling step in ms: the most frequent spacing (to the second) when it makes up a fair share, else the
 * median. `t` ascending, epoch ms; repeated instants are ignored. NaN below two distinct instants.
 */
export function learnStepMs(t: ArrayLike<number>): number {
  const spacings = spacingsOf(t);
  const counts = new Map<number, number>();
  let modeMs = NaN;
  let modeCount = 0;
  for (const spacing of spacings) {
    const rounded = Math.round(spacing / MODE_RESOLUTION_MS) * MODE_RESOLUTION_MS;
    const count = (counts.get(rounded) ?? 0) + 1;
    counts.set(rounded, count);
    if (count > modeCount) {
      modeCount = count;
      modeMs = rounded;
    }
  }
  return modeMs > 0 && modeCount >= MODE_SHARE_MIN * spacings.length ? modeMs : median(spacings);
}

/** Spacing in ms above which consecutive observations are not joined; Infinity when no step is known. */
export function gapThresholdMs(stepMs: number): number {
  return Number.isFinite(stepMs) ? stepMs * GAP_STEPS : Infinity;
}

/**
 * Gaps between consecutive observed instants. An entry of `v` that is NaN counts as not observed.
 * `t` ascending, epoch ms; `stepMs` defaults to the learned step.
 */
export function listGaps(t: ArrayLike<number>, options: { v?: ArrayLike<number>; stepMs?: number } = {}): Gap[] {
  const stepMs = options.stepMs ?? learnStepMs(t);
  const thresholdMs = gapThresholdMs(stepMs);
  const gaps: Gap[] = [];
  let previous = NaN;
  for (let i = 0; i < t.length; i++) {
    if (options.v && Number.isNaN(options.v[i])) continue;
    const spacing = t[i]! - previous;
    if (spacing > thresholdMs) gaps.push({ fromMs: previous, toMs: t[i]!, missing: Math.round(spacing / stepMs) - 1 });
    previous = t[i]!;
  }
  return gaps;
}
