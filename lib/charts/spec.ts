import { z } from "zod";
import { regionsSpec } from "#lib/maps/regions/spec";

/**
 * What an algorithm's `view` hands to the page: plain, serialisable drawings. Instants are epoch ms, missing values
 * `null` (never NaN, never 0), every number has its unit beside it.
 */

/** QARTOD flags that are worth drawing: 2 not evaluated, 3 suspect, 4 fail, 9 missing. */
export const drawnFlag = z.union([z.literal(2), z.literal(3), z.literal(4), z.literal(9)]);
export type DrawnFlag = z.infer<typeof drawnFlag>;

/** The states of the look: one shape, word and colour each. */
export const tone = z.enum(["good", "suspect", "fault", "silent", "info"]);
export type Tone = z.infer<typeof tone>;

export const timeRange = z.object({ fromMs: z.number(), toMs: z.number() });
export type TimeRange = z.infer<typeof timeRange>;

const title = z.string().min(1);
/** Stands beside the title, small: "15 min means", "±2σ of the first 30 good days". */
const caption = z.string().optional();
const cell = z.union([z.string(), z.number(), z.null()]);

export const chartPoints = z
  .object({ t: z.array(z.number()), v: z.array(z.number().nullable()) })
  .refine(({ t, v }) => t.length === v.length, "t and v must be equally long");
export type ChartPoints = z.infer<typeof chartPoints>;

/** `residual` = observed minus reference; drawn in a panel of its own under the values. */
export const chartSeries = z.object({
  id: z.string(),
  label: z.string(),
  kind: z.enum(["observed", "reference", "residual"]),
  unit: z.string(),
  points: chartPoints,
});
export type ChartSeries = z.infer<typeof chartSeries>;

/** One flagged span; `check` is the word on the chart ("drift", "spike"), `reason` the sentence in the table. */
export const chartFlag = z.object({
  startAt: z.number(),
  endAt: z.number(),
  flag: drawnFlag,
  check: z.string(),
  reason: z.string(),
});
export type ChartFlag = z.infer<typeof chartFlag>;

export const chartLimit = z.object({ value: z.number(), label: z.string() });
export type ChartLimit = z.infer<typeof chartLimit>;

/** A quiet horizontal band, for example the usual spread of the residual. */
export const chartBand = z.object({ from: z.number(), to: z.number(), label: z.string() });

export const seriesChartSpec = z.object({
  title,
  caption,
  unit: z.string(),
  /** IANA zone of the time axis. */
  timeZone: z.string(),
  /** Stands where the zone's name would: instants may be wall clocks whose zone nobody told. */
  zoneName: z.string().optional(),
  /** What the x axis spans; null = from the first to the last point. */
  xRange: timeRange.nullable(),
  /** True for amounts (concentrations, counts, energy): the y axis then starts at 0. */
  yFromZero: z.boolean().optional(),
  series: z.array(chartSeries),
  flags: z.array(chartFlag),
  limits: z.array(chartLimit),
  /** Applies to the residual panel when there is one, else to the values. */
  band: chartBand.optional(),
  /** How many observations stand behind the drawn points, and in how many min/max pairs; 0 pairs = all are drawn. */
  drawn: z.object({ points: z.number(), pairs: z.number() }).optional(),
});
export type SeriesChartSpec = z.infer<typeof seriesChartSpec>;

export const metricsSpec = z.object({
  title: title.optional(),
  items: z.array(
    z.object({
      label: z.string(),
      value: cell,
      unit: z.string().optional(),
      decimals: z.number().int().min(0).max(9).optional(),
      tone: tone.optional(),
      /** What the number is compared with, or how it came about. */
      note: z.string().optional(),
    }),
  ),
});
export type MetricsSpec = z.infer<typeof metricsSpec>;

export const tableColumn = z.object({
  key: z.string(),
  label: z.string(),
  unit: z.string().optional(),
  align: z.enum(["left", "right"]).optional(),
  /** Decimals of every number of the column; without it, numbers stand as they are. */
  decimals: z.number().int().min(0).max(9).optional(),
  /** Field of a row with the page of the portal that its cell leads to. */
  hrefKey: z.string().optional(),
});
export type TableColumn = z.infer<typeof tableColumn>;

export const tableSpec = z.object({
  title,
  caption,
  columns: z.array(tableColumn).min(1),
  rows: z.array(z.record(z.string(), cell)),
});
export type TableSpec = z.infer<typeof tableSpec>;

export const barsSpec = z.object({
  title,
  caption,
  unit: z.string(),
  /** Name of what the labels are: "day", "cause". */
  labelTitle: z.string().optional(),
  bars: z.array(z.object({ label: z.string(), value: z.number().nullable(), tone: tone.optional() })),
  /** Index of the bar that is meant; the others are drawn lighter. */
  highlight: z.number().int().optional(),
});
export type BarsSpec = z.infer<typeof barsSpec>;

export const histogramSpec = z
  .object({
    title,
    caption,
    unit: z.string(),
    edges: z.array(z.number()),
    counts: z.array(z.number().int().nonnegative()),
    marks: z.array(chartLimit).optional(),
  })
  .refine(({ edges, counts }) => edges.length === (counts.length ? counts.length + 1 : 0), "one edge more than counts");
export type HistogramSpec = z.infer<typeof histogramSpec>;

export const heatmapSpec = z
  .object({
    title,
    caption,
    unit: z.string(),
    columns: z.array(z.string()),
    rows: z.array(z.object({ label: z.string(), values: z.array(z.number().nullable()) })),
    decimals: z.number().int().min(0).max(9).optional(),
  })
  .refine(({ columns, rows }) => rows.every((row) => row.values.length === columns.length), "one value per column");
export type HeatmapSpec = z.infer<typeof heatmapSpec>;

/** What one quantity becomes when each of several others alone is lower or higher than `base`; longest span first. */
export const tornadoSpec = z.object({
  title,
  caption,
  unit: z.string(),
  base: z.number(),
  rows: z.array(
    z.object({
      label: z.string(),
      /** The changed input and what it makes of the quantity. */
      low: z.object({ input: z.string(), value: z.number() }),
      high: z.object({ input: z.string(), value: z.number() }),
    }),
  ),
});
export type TornadoSpec = z.infer<typeof tornadoSpec>;

export const noteSpec = z.object({ tone: tone.optional(), title: z.string().optional(), text: z.string() });
export type NoteSpec = z.infer<typeof noteSpec>;

export const viewSpec = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("metrics"), metrics: metricsSpec }),
  z.object({ kind: z.literal("series"), chart: seriesChartSpec }),
  z.object({ kind: z.literal("table"), table: tableSpec }),
  z.object({ kind: z.literal("bars"), bars: barsSpec }),
  z.object({ kind: z.literal("histogram"), histogram: histogramSpec }),
  z.object({ kind: z.literal("heatmap"), heatmap: heatmapSpec }),
  z.object({ kind: z.literal("tornado"), tornado: tornadoSpec }),
  z.object({ kind: z.literal("regions"), regions: regionsSpec }),
  z.object({ kind: z.literal("note"), note: noteSpec }),
]);
export type ViewSpec = z.infer<typeof viewSpec>;

export const viewSpecs = z.array(viewSpec);
