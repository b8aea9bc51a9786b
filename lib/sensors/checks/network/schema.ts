import { z } from "zod";
import type { Position } from "#lib/geo/position";
import type { BlockSeries } from "../../blocks/split-blocks.ts";

/** Checks that look at more than one series; in the order in which they are shown. */
export const NETWORK_CHECKS = [
  "buddy",
  "spatial consistency",
  "reference",
  "change point",
  "clock shift",
  "sun heating",
  "light and temperature",
  "rain and soil moisture",
] as const;
export type NetworkCheck = (typeof NETWORK_CHECKS)[number];

export const checkNetworkParams = z.object({
  windowDays: z.number().int().min(3).max(120).default(30).meta({
    label: "Look back",
    unit: "days",
    hint: "From the newest reading.",
  }),
  threshold: z.number().min(2).max(20).default(4).meta({
    label: "Flag from",
    unit: "expected errors",
    hint: "From the mean of the neighbours (buddy) and from the field around (spatial consistency).",
  }),
  hoursMin: z.number().int().min(1).max(72).default(6).meta({
    label: "At least",
    unit: "hours",
    hint: "Weather passes a station before its neighbours; shorter deviations are not flagged.",
  }),
});
export type CheckNetworkParams = z.output<typeof checkNetworkParams>;

export const checkNetworkInputs = z.object({ toMs: z.number().nullable().default(null).meta({ label: "To" }) });
export type CheckNetworkInputs = z.output<typeof checkNetworkInputs>;

/** One datastream with its readings, UTC ms ascending. */
export type NetworkSeries = BlockSeries;

export interface NetworkPlace extends Partial<Position> {
  sensorId: string;
  elevationM: number | null;
  /** The nearest reference station's code; null when there is none. */
  referenceCode: string | null;
}

/** Sensors of one neighbourhood; `references` holds the series of each sensor's reference station, by sensor. */
export interface Neighbourhood {
  /** Sensors just outside: they have a say here, and are judged in a neighbourhood of their own. */
  voterIds?: ReadonlySet<string>;
  places: readonly NetworkPlace[];
  series: readonly NetworkSeries[];
  references: ReadonlyMap<string, readonly NetworkSeries[]>;
}

export interface CheckNetworkData {
  neighbourhoods: AsyncIterable<Neighbourhood> | Iterable<Neighbourhood>;
  count: number;
}

const count = z.number().int().nonnegative();

export const networkFlag = z.object({
  datastreamId: z.string(),
  sensorCode: z.string(),
  observedProperty: z.string(),
  check: z.enum(NETWORK_CHECKS),
  flag: z.literal(3),
  reason: z.string(),
  startAtMs: z.number(),
  endAtMs: z.number(),
  pointCount: count,
  score: z.number(),
});
export type NetworkFlag = z.output<typeof networkFlag>;

export const checkNetworkResult = z.object({
  seriesCount: count,
  /** How many datastreams each check could judge, and what it found. */
  byCheck: z.array(z.object({ check: z.enum(NETWORK_CHECKS), judged: count, series: count, spans: count })),
  judged: z.array(z.object({ datastreamId: z.string(), fromMs: z.number(), toMs: z.number() })),
  flags: z.array(networkFlag),
});
export type CheckNetworkResult = z.output<typeof checkNetworkResult>;
