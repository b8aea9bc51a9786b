import type { Samples } from "#lib/math/series";

export interface ResidualSource {
  samples: Samples;
  /** Length of the buckets the samples are means of, ms; 0 for single observations. */
  bucketMs: number;
  /** Neighbours further apart than this are not interpolated between, ms. */
  gapMs: number;
}

/**
 * Observed minus reference, in the unit both share. Single observations are compared with the reference interpolated
 * between its neighbours (never across its gaps); means are compared bucket by bucket of the coarser of the two, so
 * that a daily mean is never held against an hourly value. Instants without a counterpart are left out. O(n + m).
 */
export function residualOf(observed: ResidualSource, reference: ResidualSource): Samples {
  const bucketMs = Math.max(observed.bucketMs, reference.bucketMs);
  if (bucketMs > 0)
    return bucketResidual(binMeans(observed.samples, bucketMs), binMeans(reference.samples, bucketMs), bucketMs);
  const t: number[] = [];
  const v: number[] = [];
  const { samples, gapMs } = reference;
  let next = 0;
  observed.samples.t.forEach((atMs, i) => {
    while (next < samples.t.length && samples.t[next]! < atMs) next++;
    const value = observed.samples.v[i]! - interpolate(samples, { next, atMs, gapMs });
    if (!Number.isFinite(value)) return;
    t.push(atMs);
    v.push(value);
  });
  return { t: Float64Array.from(t), v: Float64Array.from(v) };
}

/** `next` is the first sample at or after the instant. */
function interpolate({ t, v }: Samples, { next, atMs, gapMs }: { next: number; atMs: number; gapMs: number }): number {
  if (t[next] === atMs) return v[next]!;
  if (next === 0 || next >= t.length) return NaN;
  const widthMs = t[next]! - t[next - 1]!;
  if (widthMs > gapMs) return NaN;
  const share = (atMs - t[next - 1]!) / widthMs;
  return v[next - 1]! * (1 - share) + v[next]! * share;
}

function binMeans({ t, v }: Samples, bucketMs: number): Map<number, number> {
  const sums = new Map<number, { sum: number; count: number }>();
  t.forEach((atMs, i) => {
    if (!Number.isFinite(v[i]!)) return;
    const bin = Math.floor(atMs / bucketMs);
    const entry = sums.get(bin);
    if (entry) {
      entry.sum += v[i]!;
      entry.count += 1;
    } else sums.set(bin, { sum: v[i]!, count: 1 });
  });
  return new Map(Array.from(sums, ([bin, { sum, count }]) => [bin, sum / count]));
}

function bucketResidual(observed: Map<number, number>, reference: Map<number, number>, bucketMs: number): Samples {
  const bins = [...observed.keys()].filter((bin) => reference.has(bin));
  return {
    t: Float64Array.from(bins, (bin) => (bin + 0.5) * bucketMs),
    v: Float64Array.from(bins, (bin) => observed.get(bin)! - reference.get(bin)!),
  };
}
