import { finiteOf, quantile } from "./quantile.ts";
import { extent } from "./stats.ts";

export interface Histogram {
  /** Ascending bin edges, one more than counts; the last bin includes its upper edge. */
  edges: Float64Array;
  counts: Uint32Array;
  /** Finite values outside the edges. */
  below: number;
  above: number;
  /** NaN and infinite values. */
  missing: number;
}

const BINS_MAX = 80;

/** The round number (1, 2, 2.5 or 5 times a power of ten) next above a positive width. */
function roundWidth(width: number): number {
  const power = 10 ** Math.floor(Math.log10(width));
  const factor = [1, 2, 2.5, 5, 10].find((candidate) => candidate * power >= width * (1 - 1e-9)) ?? 10;
  return factor * power;
}

/**
 * Round bin edges over the finite values. Width by Freedman and Diaconis (2 · IQR · n^-1/3), or from `bins` when given,
 * at most 80 bins. One bin for a constant; no edges when nothing is finite.
 */
export function binEdges(values: ArrayLike<number>, bins?: number): Float64Array {
  const finite = finiteOf(values);
  const { min, max } = extent(finite);
  if (Number.isNaN(min)) return new Float64Array();
  const span = max - min;
  if (span === 0) return Float64Array.of(min - 0.5, min + 0.5);
  const spread = quantile(finite, 0.75) - quantile(finite, 0.25);
  const wanted = bins ? span / bins : (2 * spread) / Math.cbrt(finite.length);
  const width = roundWidth(Math.max(wanted, span / BINS_MAX));
  const first = Math.floor(min / width);
  const count = Math.max(1, Math.ceil(max / width - 1e-9) - first);
  return Float64Array.from({ length: count + 1 }, (_, i) => (first + i) * width);
}

/** Counts per bin of equal or unequal ascending edges (default `binEdges(values)`). Every value is counted once. */
export function histogramOf(values: ArrayLike<number>, edges: ArrayLike<number> = binEdges(values)): Histogram {
  const result: Histogram = {
    edges: Float64Array.from(edges),
    counts: new Uint32Array(Math.max(0, edges.length - 1)),
    below: 0,
    above: 0,
    missing: 0,
  };
  const last = edges.length - 1;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (!Number.isFinite(value)) result.missing++;
    else if (last < 1 || value > edges[last]!) result.above++;
    else if (value < edges[0]!) result.below++;
    else result.counts[binOf(edges, value)]!++;
  }
  return result;
}

/** Index of the bin that holds a value within the edges. */
function binOf(edges: ArrayLike<number>, value: number): number {
  let low = 0;
  let high = edges.length - 2;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if (edges[middle]! <= value) low = middle;
    else high = middle - 1;
  }
  return low;
}
