import type { Samples } from "./series.ts";

export interface DownsampleOptions {
  /** Range to draw, epoch ms, both ends included. */
  fromMs: number;
  toMs: number;
  /** Pixel columns of the plot. */
  buckets: number;
  /** Observations further apart than this are not joined (see `gapThresholdMs`). */
  gapMs: number;
}

export interface Downsampled extends Samples {
  /** Finite observations in the range. */
  points: number;
  /** Buckets that were reduced to their first, lowest, highest and last observation; 0 when nothing was left out. */
  pairs: number;
}

/** Index of the first instant ≥ `atMs` (ascending `t`). */
export function lowerBound(t: ArrayLike<number>, atMs: number): number {
  let low = 0;
  let high = t.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (t[middle]! < atMs) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Index of the first instant > `atMs` (ascending `t`). */
export function upperBound(t: ArrayLike<number>, atMs: number): number {
  let index = lowerBound(t, atMs);
  while (index < t.length && t[index] === atMs) index++;
  return index;
}

/** Collects rows; between two observations that must not be joined it puts a NaN row at the middle instant. */
class RowWriter {
  readonly #t: Float64Array;
  readonly #v: Float64Array;
  #count = 0;

  constructor(capacity: number) {
    this.#t = new Float64Array(capacity);
    this.#v = new Float64Array(capacity);
  }

  push(t: number, v: number): void {
    this.#t[this.#count] = t;
    this.#v[this.#count++] = v;
  }

  breakBefore(t: number): void {
    if (this.#count > 0) this.push((this.#t[this.#count - 1]! + t) / 2, NaN);
  }

  rows(): Samples {
    return { t: this.#t.slice(0, this.#count), v: this.#v.slice(0, this.#count) };
  }
}

/** The observations of one pixel column that decide how it looks, by index; -1 when empty. */
interface Bucket {
  first: number;
  low: number;
  high: number;
  last: number;
  /** A gap lies between the previous bucket's last observation and this bucket's first. */
  broken: boolean;
}

function writeBucket(out: RowWriter, { t, v }: Samples, bucket: Bucket): void {
  const { first, last } = bucket;
  if (first < 0) return;
  if (bucket.broken) out.breakBefore(t[first]!);
  const early = Math.min(bucket.low, bucket.high);
  const late = Math.max(bucket.low, bucket.high);
  out.push(t[first]!, v[first]!);
  if (early > first && early < last) out.push(t[early]!, v[early]!);
  if (late > early && late > first && late < last) out.push(t[late]!, v[late]!);
  if (last > first) out.push(t[last]!, v[last]!);
}

/**
 * Reduces an irregular series (`t` ascending epoch ms, `v` with NaN = missing) to at most four real observations per
 * pixel column: first, lowest, highest, last. A drawn line then looks the same as that of all points. Gaps stay gaps:
 * between columns that must not be joined stands one NaN row. Series that already fit pass unreduced. O(n).
 */
export function downsampleMinMax(samples: Samples, options: DownsampleOptions): Downsampled {
  const { t, v } = samples;
  const start = lowerBound(t, options.fromMs);
  const end = upperBound(t, options.toMs);
  const isReduced = end - start > options.buckets * 4;
  const bucketMs = (options.toMs - options.fromMs) / options.buckets;
  const out = new RowWriter((isReduced ? options.buckets * 5 : (end - start) * 2) + 8);
  let bucket: Bucket = { first: -1, low: -1, high: -1, last: -1, broken: false };
  let current = -1;
  let points = 0;
  let pairs = 0;
  let previous = -1;
  let wasMissing = false;

  for (let i = start; i < end; i++) {
    const value = v[i]!;
    if (!Number.isFinite(value)) {
      wasMissing = true;
      continue;
    }
    points++;
    const broken = previous >= 0 && (wasMissing || t[i]! - t[previous]! > options.gapMs);
    const column = isReduced ? Math.min(options.buckets - 1, Math.floor((t[i]! - options.fromMs) / bucketMs)) : i;
    if (column !== current) {
      writeBucket(out, samples, bucket);
      bucket = { first: i, low: i, high: i, last: i, broken };
      current = column;
      pairs++;
    } else {
      if (value < v[bucket.low]!) bucket.low = i;
      if (value > v[bucket.high]!) bucket.high = i;
      bucket.last = i;
    }
    previous = i;
    wasMissing = false;
  }
  writeBucket(out, samples, bucket);
  return { ...out.rows(), points, pairs: isReduced ? pairs : 0 };
}
