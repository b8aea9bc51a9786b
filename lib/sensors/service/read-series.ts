import type { z } from "zod";
import type { Ctx } from "#lib/auth/context";
import type { ChartFlag, ChartSeries } from "#lib/charts/spec";
import { drawnFlag } from "#lib/charts/spec";
import { AppError } from "#lib/errors";
import { downsampleMinMax, type Downsampled } from "#lib/math/downsample";
import { findObservedProperty } from "#lib/units/observed-properties";
import type { seriesAnswer, seriesQuery } from "../schema.ts";
import {
  type DatastreamRow,
  findDatastream,
  listFlags,
  listSources,
  pickBucketS,
  readObservations,
  readRollups,
  type SeriesRange,
} from "../series-store.ts";
import { findSensor, listReferences } from "../store.ts";
import { requireSensor } from "./get-sensor.ts";

type Query = z.output<typeof seriesQuery>;
const FLAGS_MAX = 500;

/** A datastream drawn for a screen: min/max pairs per pixel, gaps kept, flags, the nearest reference beside it. */
export async function readSeries(ctx: Ctx, sensorId: string, query: Query): Promise<z.input<typeof seriesAnswer>> {
  const sensor = await requireSensor(ctx, sensorId);
  const stream = await findDatastream(ctx, sensor.id, query.property);
  if (!stream) throw new AppError("not_found", `${sensor.code} has no readings of ${query.property}.`);
  const property = findObservedProperty(stream.observedProperty);
  const label = property?.label ?? stream.observedProperty;
  const empty = { title: label, unit: stream.unit, timeZone: "UTC", xRange: null, series: [], flags: [], limits: [] };
  if (!stream.firstObservedAt || !stream.lastObservedAt) {
    return { chart: empty, extent: null, reference: null, sources: [], flagCounts: {} };
  }
  const extent = { from: stream.firstObservedAt, to: stream.lastObservedAt };
  const range = clip({ from: query.from ?? extent.from, to: query.to ?? extent.to });
  const shown: SeriesRange = { datastreamId: stream.id, ...range };
  const [observed, flagRows, sources, reference] = await Promise.all([
    drawSeries(ctx, stream, range, query.widthPx),
    listFlags(ctx, shown, FLAGS_MAX),
    listSources(ctx, shown),
    query.reference ? findReferenceSeries(ctx, sensor.id, stream, { range, widthPx: query.widthPx }) : null,
  ]);
  const flags = flagRows.flatMap((row): ChartFlag[] => {
    const flag = drawnFlag.safeParse(row.flag);
    return flag.success
      ? [{ startAt: row.startAt.getTime(), endAt: row.endAt.getTime(), flag: flag.data, check: row.check, reason: row.reason }]
      : [];
  });
  const flagCounts: Record<string, number> = {};
  for (const { check } of flags) flagCounts[check] = (flagCounts[check] ?? 0) + 1;
  return {
    chart: {
      ...empty,
      xRange: { fromMs: range.from.getTime(), toMs: range.to.getTime() },
      series: [
        seriesOf({ id: sensor.code, label: sensor.code, kind: "observed", unit: stream.unit }, observed),
        ...(reference ? [reference.series] : []),
      ],
      flags,
      drawn: { points: observed.points, pairs: observed.pairs },
    },
    extent,
    reference: reference?.match ?? null,
    sources,
    flagCounts,
  };
}

function clip({ from, to }: { from: Date; to: Date }): { from: Date; to: Date } {
  if (from.getTime() <= to.getTime()) return { from, to };
  throw new AppError("invalid_input", "The range ends before it starts.", {
    fields: [{ pointer: "/from", detail: "later than to" }],
  });
}

function seriesOf(head: Omit<ChartSeries, "points">, drawn: Downsampled): ChartSeries {
  return { ...head, points: { t: [...drawn.t], v: Array.from(drawn.v, (value) => (Number.isNaN(value) ? null : value)) } };
}

async function drawSeries(
  ctx: Ctx,
  stream: DatastreamRow,
  range: { from: Date; to: Date },
  widthPx: number,
): Promise<Downsampled> {
  const fromMs = range.from.getTime();
  const toMs = range.to.getTime();
  const spanS = (toMs - fromMs) / 1000;
  const bucketS = pickBucketS(spanS, widthPx, stream.stepS);
  const gapMs = Math.max((stream.stepS ?? 600) * 2500, (bucketS ?? 0) * 2000);
  const source: SeriesRange = { datastreamId: stream.id, ...range };
  if (bucketS === null) {
    const points = await readObservations(ctx, source);
    return downsampleMinMax(points, { fromMs, toMs, buckets: widthPx, gapMs });
  }
  const rollups = await readRollups(ctx, source, bucketS);
  const t: number[] = [];
  const v: number[] = [];
  let points = 0;
  for (const row of rollups) {
    points += row.count;
    t.push(row.firstAtMs);
    v.push(row.min);
    if (row.count > 1) {
      t.push(row.lastAtMs);
      v.push(row.max);
    }
  }
  const drawn = downsampleMinMax({ t: Float64Array.from(t), v: Float64Array.from(v) }, { fromMs, toMs, buckets: widthPx, gapMs });
  return { ...drawn, points, pairs: Math.max(drawn.pairs, rollups.length) };
}

async function findReferenceSeries(
  ctx: Ctx,
  sensorId: string,
  stream: DatastreamRow,
  view: { range: { from: Date; to: Date }; widthPx: number },
) {
  for (const match of await listReferences(ctx, sensorId)) {
    const other = await findDatastream(ctx, match.id, stream.observedProperty);
    if (!other || other.unit !== stream.unit) continue;
    const drawn = await drawSeries(ctx, other, view.range, view.widthPx);
    if (drawn.points === 0) continue;
    const station = await findSensor(ctx, match.id);
    const label = `${station?.name || match.code}, ${(match.distanceM / 1000).toFixed(1)} km`;
    return { match, series: seriesOf({ id: match.code, label, kind: "reference", unit: other.unit }, drawn) };
  }
  return null;
}
