import type { DetectorInput } from "../../detector/detect-faults.ts";
import type { DetectorResult, FaultSpan } from "../../detector/types.ts";
import type { FaultEvidence } from "../schema.ts";

const POINTS_MAX = 400;
/** Shown on both sides of a span: half its length, at least a day, at most a week. */
const MARGIN_MS = { min: 86_400_000, max: 7 * 86_400_000 } as const;

interface Shown {
  input: DetectorInput;
  /** Index of the channel. */
  channel: number;
  result: DetectorResult;
  span: FaultSpan;
}

/** Values, expectation and usual deviation around a span, thinned evenly; what is missing is null. */
export function thinEvidence({ input, channel, result, span }: Shown): FaultEvidence {
  const { timestamps } = input;
  const values = input.channels[channel]!.values;
  const lengthMs = timestamps[span.endIndex - 1]! - timestamps[span.startIndex]!;
  const marginMs = Math.min(MARGIN_MS.max, Math.max(MARGIN_MS.min, lengthMs / 2));
  const from = lowerBound(timestamps, timestamps[span.startIndex]! - marginMs);
  const to = lowerBound(timestamps, timestamps[span.endIndex - 1]! + marginMs);
  const stride = Math.max(1, Math.ceil((to - from) / POINTS_MAX));
  const evidence: FaultEvidence = { t: [], value: [], expectation: [], sigma: [] };
  for (let i = from; i < to; i += stride) {
    evidence.t.push(timestamps[i]!);
    evidence.value.push(rounded(firstKnown(values, i, Math.min(to, i + stride))));
    evidence.expectation.push(rounded(result.evidence?.expectation[i] ?? Number.NaN));
    evidence.sigma.push(rounded(result.evidence?.sigma[i] ?? Number.NaN));
  }
  return evidence;
}

function firstKnown(values: Float64Array, from: number, to: number): number {
  for (let i = from; i < to; i++) if (!Number.isNaN(values[i]!)) return values[i]!;
  return Number.NaN;
}

function rounded(value: number): number | null {
  return Number.isFinite(value) ? Number(value.toPrecision(5)) : null;
}

function lowerBound(times: Float64Array, at: number): number {
  let [low, high] = [0, times.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (times[middle]! < at) low = middle + 1;
    else high = middle;
  }
  return low;
}
