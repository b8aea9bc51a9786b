import { checkWord } from "../pages/words.ts";
import type { z } from "zod";
import type { Ctx } from "#lib/auth/context";
import type { ChartFlag, ChartSeries } from "#lib/charts/spec";
import { drawnFlag } from "#lib/charts/spec";
import { AppError } from "#lib/errors";
import { formatDuration } from "#lib/format/durations";
import { formatNumber } from "#lib/format/numbers";
import { downsampleMinMax } from "#lib/math/downsample";
import type { Samples } from "#lib/math/series";
import { findUnit } from "#lib/units/convert";
import { findWorkspace } from "#lib/workspaces/store";
import { residualOf } from "../core/residual.ts";
import { listLatestReadings } from "../list-store.ts";
import type { seriesAnswer, seriesQuery } from "../schema.ts";
import {
  countFlags,
  type DatastreamRow,
  findDatastream,
  type FlagRow,
  listFlags,
  listSources,
  type SeriesRange,
} from "../series-store.ts";
import { listReferences, type ReferenceRecord } from "../store.ts";
import { drawSeries, type DrawnSeries, type View } from "./draw-series.ts";
import { requireSensor } from "./get-sensor.ts";
import { presentReadings, propertyLabel } from "./present.ts";

type Query = z.output<typeof seriesQuery>;
type Answer = z.input<typeof seriesAnswer>;
const FLAGS_MAX = 500;

/** Amounts, of which none is less than nothing: their axis starts at 0. */
const AMOUNTS = new Set(
  "pm1 pm2_5 pm10 no2 ozone rainfall rainfall_rate wind_speed wind_gust solar_irradiance illuminance turbidity discharge".split(
    " ",
  ),
);

/** A datastream drawn for a screen: min/max pairs per pixel, gaps kept, flags, the nearest reference beside it. */
export async function readSeries(ctx: Ctx, sensorId: string, query: Query): Promise<Answer> {
  const sensor = await requireSensor(ctx, sensorId);
  const stream = await findDatastream(ctx, sensor.id, query.property);
  if (!stream) throw new AppError("not_found", `${sensor.code} has no readings of ${query.property}.`);
  const { timeZone } = await findWorkspace(ctx);
  const unit = findUnit(stream.unit)?.label ?? stream.unit;
  const empty = {
    title: propertyLabel(stream.observedProperty),
    unit,
    timeZone,
    xRange: null,
    series: [],
    flags: [],
    limits: [],
  };
  if (!stream.firstObservedAt || !stream.lastObservedAt) {
    return { chart: empty, extent: null, reference: null, sources: [], posts: [], flagCounts: {} };
  }
  const extent = { from: stream.firstObservedAt, to: stream.lastObservedAt };
  const range = clip({ from: query.from ?? extent.from, to: query.to ?? extent.to });
  const view: View = { range, widthPx: query.widthPx };
  const shown: SeriesRange = { datastreamId: stream.id, ...range };
  const [observed, flags, flagCounts, reference] = await Promise.all([
    drawSeries(ctx, stream, view),
    listFlags(ctx, shown, FLAGS_MAX),
    countFlags(ctx, shown),
    query.reference ? findReferenceSeries(ctx, sensor.id, { stream, view }) : null,
  ]);
  const { sources, posts } = await listSources(ctx, shown, observed.drawn.points);
  const residual = reference && residualSeries(observed, reference.drawing, view);
  return {
    chart: {
      ...empty,
      ...(stream.stepS ? { caption: `every ${formatDuration(stream.stepS)}` } : {}),
      xRange: { fromMs: range.from.getTime(), toMs: range.to.getTime() },
      yFromZero: AMOUNTS.has(stream.observedProperty),
      series: [
        seriesOf({ id: sensor.code, label: sensor.code, kind: "observed", unit }, observed.drawn),
        ...(reference ? [seriesOf({ ...reference.head, kind: "reference", unit }, reference.drawing.drawn)] : []),
        ...(residual ? [seriesOf({ id: "residual", label: "Residual", kind: "residual", unit }, residual)] : []),
      ],
      flags: flags.flatMap(chartFlagOf),
      drawn: { points: observed.drawn.points, pairs: observed.drawn.pairs },
    },
    extent,
    reference: reference && (await presentReference(ctx, reference.match)),
    sources,
    posts,
    flagCounts,
  };
}

function clip({ from, to }: { from: Date; to: Date }): { from: Date; to: Date } {
  if (from.getTime() <= to.getTime()) return { from, to };
  throw new AppError("invalid_input", "The range ends before it starts.", {
    fields: [{ pointer: "/from", detail: "later than to" }],
  });
}

function seriesOf(head: Omit<ChartSeries, "points">, drawn: Samples): ChartSeries {
  return {
    ...head,
    points: { t: [...drawn.t], v: Array.from(drawn.v, (value) => (Number.isNaN(value) ? null : value)) },
  };
}

function chartFlagOf({ flag: stored, startAt, endAt, check, reason }: FlagRow): ChartFlag[] {
  const flag = drawnFlag.safeParse(stored);
  return flag.success
    ? [{ startAt: startAt.getTime(), endAt: endAt.getTime(), flag: flag.data, check: checkWord(check), reason }]
    : [];
}

/** The nearest station that measures the same in the same unit and has values in view. */
async function findReferenceSeries(
  ctx: Ctx,
  sensorId: string,
  { stream, view }: { stream: DatastreamRow; view: View },
) {
  for (const match of await listReferences(ctx, sensorId)) {
    const other = await findDatastream(ctx, match.id, stream.observedProperty);
    if (!other || other.unit !== stream.unit) continue;
    const drawing = await drawSeries(ctx, other, view);
    if (drawing.drawn.points === 0) continue;
    const label = `${match.name || match.code}, ${formatNumber(match.distanceM / 1000, { decimals: 1 })} km`;
    return { match, drawing, head: { id: match.code, label } };
  }
  return null;
}

function residualSeries(observed: DrawnSeries, reference: DrawnSeries, { range, widthPx }: View): Samples | null {
  const residual = residualOf({ ...observed, samples: observed.means }, { ...reference, samples: reference.means });
  if (residual.t.length < 2) return null;
  const bucketMs = Math.max(observed.bucketMs, reference.bucketMs);
  const gapMs = Math.max(observed.gapMs, 2 * bucketMs);
  return downsampleMinMax(residual, {
    fromMs: range.from.getTime(),
    toMs: range.to.getTime(),
    buckets: widthPx,
    gapMs,
  });
}

async function presentReference(ctx: Ctx, match: ReferenceRecord) {
  const readings = await listLatestReadings(ctx, [match.id]);
  return { ...match, readings: presentReadings(readings.get(match.id)) };
}
