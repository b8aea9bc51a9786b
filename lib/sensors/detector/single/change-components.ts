import { quantile } from "#lib/math/quantile";
import { rollingMedian } from "#lib/math/rolling-median";
import type { SingleRecord } from "./record.ts";

/** Larger of the changes before and after a row, in units of the largest usual change (its own 98 % quantile). */
export function jumpComponent({ changes, resolution }: SingleRecord): Float64Array {
  const usual = Math.max(quantile(changes, 0.98), 3 * resolution);
  return changes.map((change, i) => ratio(Math.max(change, changes[i + 1] ?? 0), usual));
}

const SPIKE_GAPS = [1, 2, 4, 8];

/** How far a short excursion stands out from both sides, less half of what the sides differ. */
export function spikeComponent(record: SingleRecord): Float64Array {
  const { filled, resolution } = record;
  const scores = new Float64Array(filled.length);
  const roughness = 1.4826 * quantile(secondDifferences(filled), 0.5);
  for (const gap of SPIKE_GAPS) {
    const width = Math.max(4, gap);
    // A centred median of `width` values is at most `gap + width/2` rows off: sides start `gap` rows away.
    const medians = rollingMedian(filled, width);
    const lead = gap + Math.floor((width - 1) / 2);
    const lag = gap + (width - 1 - Math.floor((width - 1) / 2));
    const heights = filled.map((value, i) => {
      const left = value - (medians[i - lag] ?? value);
      const right = value - (medians[i + lead] ?? value);
      if (left * right <= 0) return 0;
      return Math.max(0, Math.min(Math.abs(left), Math.abs(right)) - Math.abs(left - right) / 2);
    });
    const usual =
      quantile(
        heights.filter((height) => height > 0),
        0.9,
      ) || 0;
    const scale = Math.max(usual, 2 * roughness, 2 * resolution);
    heights.forEach((height, i) => (scores[i] = Math.max(scores[i]!, ratio(height, scale))));
  }
  return scores;
}

/** Difference of the medians before and after a row, for windows of 4 rows and an eighth of a day. */
export function stepComponent({ filled, dayRows, resolution }: SingleRecord): Float64Array {
  const scores = new Float64Array(filled.length);
  for (const width of new Set([4, Math.max(4, Math.round(dayRows / 8))])) {
    const medians = rollingMedian(filled, width);
    const after = Math.floor((width - 1) / 2);
    const steps = filled.map((_, i) => {
      const difference = (medians[i + after] ?? NaN) - (medians[i - (width - after)] ?? NaN);
      return Number.isNaN(difference) ? 0 : Math.abs(difference);
    });
    const scale = Math.max(quantile(steps, 0.95), 3 * resolution);
    steps.forEach((step, i) => (scores[i] = Math.max(scores[i]!, ratio(step, scale))));
  }
  return scores;
}

/** Rolling roughness (median second difference over an eighth of a day) in units of its own 90 % quantile. */
export function noiseComponent({ filled, dayRows, resolution }: SingleRecord): Float64Array {
  const rough = rollingMedian(secondDifferences(filled), Math.max(5, Math.round(dayRows / 8)));
  const scale = Math.max(quantile(rough, 0.9), resolution);
  return rough.map((value) => ratio(value, scale));
}

function secondDifferences(values: Float64Array): Float64Array {
  return values.map((value, i) =>
    i === 0 || i === values.length - 1 ? 0 : Math.abs(values[i - 1]! - 2 * value + values[i + 1]!),
  );
}

/** value / scale; 0 where the scale says that the series never moves. */
function ratio(value: number, scale: number): number {
  return scale > 0 ? value / scale : 0;
}
