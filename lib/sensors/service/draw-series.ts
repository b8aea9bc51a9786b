import type { Ctx } from "#lib/auth/context";
import { downsampleMinMax, type Downsampled } from "#lib/math/downsample";
import type { Samples } from "#lib/math/series";
import {
  countObservations,
  countRolledUp,
  type DatastreamRow,
  pickBucketS,
  readObservations,
  readRollups,
  type RollupRow,
} from "../series-store.ts";

export interface View {
  range: { from: Date; to: Date };
  widthPx: number;
}

export interface DrawnSeries {
  drawn: Downsampled;
  /** What was read: observations, or the mean of each bucket at its middle. */
  means: Samples;
  /** Length of those buckets; 0 when they are observations. */
  bucketMs: number;
  /** Spacing above which neighbours are not joined. */
  gapMs: number;
}

const HOUR_MS = 3_600_000;
const USUAL_STEP_S = 600;

/** A datastream at screen resolution, from observations while they are few, else from rollups. */
export async function drawSeries(ctx: Ctx, stream: DatastreamRow, { range, widthPx }: View): Promise<DrawnSeries> {
  const source = { datastreamId: stream.id, ...range };
  const fromMs = range.from.getTime();
  const toMs = range.to.getTime();
  const bucketS = await levelFor(ctx, stream, { range, widthPx });
  const gapMs = Math.max((stream.stepS ?? USUAL_STEP_S) * 2500, (bucketS ?? 0) * 2000);
  const frame = { fromMs, toMs, buckets: widthPx, gapMs };
  if (bucketS === null) {
    const means = await readObservations(ctx, source);
    return { drawn: downsampleMinMax(means, frame), means, bucketMs: 0, gapMs };
  }
  const rows = await readRollups(ctx, source, bucketS);
  const drawn = downsampleMinMax(extremesOf(rows), frame);
  const points = await countPoints(ctx, stream, { rows, range });
  const means = meansOf(rows.filter((row) => row.lastAtMs >= fromMs && row.firstAtMs <= toMs));
  return {
    drawn: { ...drawn, points, pairs: Math.max(drawn.pairs, rows.length) },
    means,
    bucketMs: bucketS * 1000,
    gapMs,
  };
}

/** The finest level was only kept while the series was dense; where it has holes that hours have not, raw values serve. */
async function levelFor(ctx: Ctx, stream: DatastreamRow, { range, widthPx }: View): Promise<number | null> {
  const bucketS = pickBucketS((range.to.getTime() - range.from.getTime()) / 1000, widthPx, stream.stepS);
  if (bucketS !== 300) return bucketS;
  const from = new Date(Math.ceil(range.from.getTime() / HOUR_MS) * HOUR_MS);
  const to = new Date(Math.floor(range.to.getTime() / HOUR_MS) * HOUR_MS);
  const counts = await countRolledUp(ctx, { datastreamId: stream.id, from, to });
  return (counts.get(300) ?? 0) >= (counts.get(3600) ?? 0) ? bucketS : null;
}

/** Lowest and highest value of each bucket at its first and last instant. */
function extremesOf(rows: readonly RollupRow[]): Samples {
  const t: number[] = [];
  const v: number[] = [];
  for (const row of rows) {
    t.push(row.firstAtMs);
    v.push(row.min);
    if (row.count < 2) continue;
    t.push(row.lastAtMs);
    v.push(row.max);
  }
  return { t: Float64Array.from(t), v: Float64Array.from(v) };
}

function meansOf(rows: readonly RollupRow[]): Samples {
  return {
    t: Float64Array.from(rows, (row) => (row.firstAtMs + row.lastAtMs) / 2),
    v: Float64Array.from(rows, (row) => row.mean),
  };
}

/** Exact: buckets that reach over an end of the range are counted observation by observation. */
async function countPoints(
  ctx: Ctx,
  stream: DatastreamRow,
  { rows, range }: { rows: readonly RollupRow[]; range: View["range"] },
): Promise<number> {
  const fromMs = range.from.getTime();
  const toMs = range.to.getTime();
  let points = 0;
  for (const { firstAtMs, lastAtMs, count } of rows) {
    if (lastAtMs < fromMs || firstAtMs > toMs) continue;
    const isInside = firstAtMs >= fromMs && lastAtMs <= toMs;
    const from = new Date(Math.max(fromMs, firstAtMs));
    const to = new Date(Math.min(toMs, lastAtMs));
    points += isInside ? count : await countObservations(ctx, { datastreamId: stream.id, from, to });
  }
  return points;
}
