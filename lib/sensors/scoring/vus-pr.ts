import { median } from "#lib/math/quantile";
import { endOfTie, rankRows } from "./average-precision.ts";
import type { LabelledScores } from "./labelled-scores.ts";
import { type RowSpan, spansOf } from "./spans.ts";

/** Buffers per curve family, from none to the largest. */
const BUFFERS = 5;
/** Points per curve; fewer when there are fewer distinct scores. */
const THRESHOLDS = 65;

interface SoftLabels {
  /** 1 inside an event, falling as √(1 − d/L) over half a buffer outside. */
  weights: Float64Array;
  /** Events with their soft edges, those that meet joined. */
  events: RowSpan[];
  /** Mean of the hard and the soft label mass: what recall is a share of. */
  mass: number;
}

/**
 * Volume under the precision-recall surface (Paparrizos et al. 2022, as TSB-AD measures it): labels are softened over
 * a buffer around each event, precision is soft hits / flagged rows, recall is min(1, soft hits / mean label mass) ×
 * share of events touched, the area is taken by trapezoids from the first point's precision, and areas are averaged
 * over five buffers up to min(half a day, median event length), at least two rows.
 * `samplesPerDay` sets the half day. NaN without labels. O(buffers × (n log n)).
 */
export function vusPr({ scores, labels }: LabelledScores, samplesPerDay: number): number {
  const events = spansOf(labels);
  if (events.length === 0) return Number.NaN;
  const typical = median(events.map(({ start, end }) => end - start));
  const bufferMax = Math.max(2, Math.min(samplesPerDay / 2, typical));
  const steps = Array.from({ length: BUFFERS }, (_, k) => Math.floor((bufferMax * k) / (BUFFERS - 1)));
  const buffers = [...new Set(steps)];
  const order = rankRows(scores);
  const cuts = curveCuts(scores, order);
  const areas = buffers.map((buffer) => areaUnderCurve(order, cuts, softenLabels(labels, events, buffer)));
  return areas.reduce((sum, area) => sum + area, 0) / areas.length;
}

/**
 * Numbers of flagged rows at which the curve is drawn: every distinct score, or when there are too many those nearest
 * to ranks in geometric progression, so that rare events are drawn as finely as common ones.
 */
function curveCuts(scores: ArrayLike<number>, order: Uint32Array): number[] {
  const ends: number[] = [];
  for (let end = 0; end < order.length; ends.push(end)) end = endOfTie(scores, order, end);
  if (ends.length <= THRESHOLDS) return ends;
  const picked = new Set<number>();
  let next = 0;
  for (let k = 0; k < THRESHOLDS; k++) {
    const rank = order.length ** (k / (THRESHOLDS - 1));
    while (next < ends.length - 1 && ends[next]! < rank - 1e-9) next++;
    picked.add(ends[next]!);
  }
  return [...picked];
}

function softenLabels(labels: ArrayLike<number>, hard: RowSpan[], buffer: number): SoftLabels {
  const weights = Float64Array.from(labels, (label) => (label ? 1 : 0));
  const reach = Math.floor(buffer / 2);
  const events: RowSpan[] = [];
  let hardMass = 0;
  for (const { start, end } of hard) {
    hardMass += end - start;
    for (let d = 1; d <= reach; d++) {
      const weight = Math.sqrt(1 - d / buffer);
      if (start - d >= 0) weights[start - d] = Math.max(weights[start - d]!, weight);
      if (end - 1 + d < weights.length) weights[end - 1 + d] = Math.max(weights[end - 1 + d]!, weight);
    }
    const wide = { start: Math.max(0, start - reach), end: Math.min(weights.length, end + reach) };
    const last = events.at(-1);
    if (last !== undefined && wide.start <= last.end) last.end = Math.max(last.end, wide.end);
    else events.push(wide);
  }
  const softMass = weights.reduce((sum, weight) => sum + weight, 0);
  return { weights, events, mass: (hardMass + softMass) / 2 };
}

function areaUnderCurve(order: Uint32Array, cuts: number[], { weights, events, mass }: SoftLabels): number {
  const eventOf = new Int32Array(weights.length).fill(-1);
  events.forEach(({ start, end }, event) => eventOf.fill(event, start, end));
  const isTouched = new Uint8Array(events.length);
  let touched = 0;
  let hits = 0;
  let row = 0;
  let area = 0;
  let last: { precision: number; recall: number } | undefined;
  for (const flagged of cuts) {
    for (; row < flagged; row++) {
      hits += weights[order[row]!]!;
      const event = eventOf[order[row]!]!;
      if (event < 0 || isTouched[event]) continue;
      isTouched[event] = 1;
      touched++;
    }
    const precision = hits / flagged;
    const recall = Math.min(1, hits / mass) * (touched / events.length);
    last ??= { precision, recall: 0 };
    area += ((recall - last.recall) * (precision + last.precision)) / 2;
    last = { precision, recall };
  }
  return area;
}
