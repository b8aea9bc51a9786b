import { z } from "zod";

const value = z.number().nullable();

export const regionMetric = z.object({
  key: z.string(),
  label: z.string(),
  unit: z.string(),
  decimals: z.number().int().min(0).max(9).default(0),
});
export type RegionMetric = z.infer<typeof regionMetric>;

/** A county of the United States with its values: for each metric one per period, null = no data. */
export const region = z.object({
  /** FIPS code of five digits. */
  id: z.string().regex(/^\d{5}$/),
  name: z.string(),
  state: z.string(),
  values: z.record(z.string(), z.array(value)),
});
export type Region = z.infer<typeof region>;

/** What has values and is not on the map, with the reason. */
export const unplacedRegion = z.object({
  name: z.string(),
  state: z.string(),
  reason: z.string(),
  /** Of the first period. */
  values: z.record(z.string(), value),
});
export type UnplacedRegion = z.infer<typeof unplacedRegion>;

/** Counties coloured by value: several metrics, of which one is shown, over one or several periods. */
export const regionsSpec = z
  .object({
    title: z.string().min(1),
    caption: z.string().optional(),
    metrics: z.array(regionMetric).min(1),
    /** The first is shown at first; "all" and months, or kinds of day. */
    periods: z.array(z.object({ key: z.string(), label: z.string() })).min(1),
    /** What the periods are, over the choice: "Month". */
    periodLabel: z.string().default("Period"),
    regions: z.array(region),
    unplaced: z.array(unplacedRegion).default([]),
  })
  .refine(
    ({ metrics, periods, regions }) =>
      regions.every(({ values }) => metrics.every(({ key }) => values[key]?.length === periods.length)),
    "one value per metric and period",
  );
export type RegionsSpec = z.infer<typeof regionsSpec>;

/** Values of a metric in a period by the regions' codes; regions without one are left out. */
export function valuesOf(
  { regions }: Pick<RegionsSpec, "regions">,
  metric: string,
  period: number,
): Map<string, number> {
  return new Map(
    regions.flatMap(({ id, values }) => {
      const found = values[metric]?.[period];
      return typeof found === "number" ? [[id, found] as const] : [];
    }),
  );
}

/** Files with the shapes of all counties of the states that have regions. */
export function regionUrls({ regions }: Pick<RegionsSpec, "regions">): string[] {
  const states = new Set(regions.map(({ id }) => id.slice(0, 2)));
  return [...states].sort().map((state) => `/basemap/counties/${state}.json`);
}
