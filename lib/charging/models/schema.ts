import { z } from "zod";
import { SEGMENTS } from "../core/segments.ts";

const count = z.number().int().nonnegative();
const share = z.number().min(0).max(1);

export const DAY_TYPES = ["weekday", "weekend"] as const;
export type DayType = (typeof DAY_TYPES)[number];

/** `all`: vehicles of every battery. */
export const BATTERY_CLASSES = ["small", "big", "all"] as const;
export type BatteryClass = (typeof BATTERY_CLASSES)[number];

const component = z.object({
  weight: share,
  /** Start (min after midnight), energy (kWh), and time plugged in (h) in models that have it. */
  mean: z.array(z.number()).min(2).max(3),
  covariance: z.array(z.array(z.number())).min(2).max(3),
  /** Starts that a clock sets, not a person: they leave when timers are taken out. */
  isTimer: z.boolean(),
});

export const segmentMixture = z.object({
  segment: z.enum(SEGMENTS),
  dayType: z.enum(DAY_TYPES),
  batteryClass: z.enum(BATTERY_CLASSES),
  sessionCount: count,
  components: z.array(component).min(1).max(32),
});
export type SegmentMixture = z.output<typeof segmentMixture>;

/** Drivers who charge alike: how often in which segment, and how the sessions there divide among the components. */
export const driverGroup = z.object({
  name: z.string(),
  /** Of all drivers. */
  share,
  driverCount: count,
  uses: z.array(
    z.object({
      segment: z.enum(SEGMENTS),
      dayType: z.enum(DAY_TYPES),
      sessionsPerDay: z.number().nonnegative(),
      energyKwhMean: z.number().nonnegative(),
      /** Of the components of the segment's mixture for all batteries; empty: as in the mixture. */
      weights: z.array(share),
    }),
  ),
});
export type DriverGroup = z.output<typeof driverGroup>;

export const sessionModel = z.object({
  name: z.string(),
  /** Where the numbers come from and what they were made of. */
  source: z.string(),
  dimensions: z.union([z.literal(2), z.literal(3)]),
  mixtures: z.array(segmentMixture).min(1),
  groups: z.array(driverGroup),
  card: z.object({
    sessionCount: count,
    driverCount: count,
    firstAtMs: z.number().nullable(),
    lastAtMs: z.number().nullable(),
    /** No number of the model stands for fewer sessions or drivers. */
    groupSizeMin: count,
    datasets: z.array(z.string()),
    notes: z.array(z.string()),
    fits: z.array(
      z.object({
        segment: z.enum(SEGMENTS),
        dayType: z.enum(DAY_TYPES),
        batteryClass: z.enum(BATTERY_CLASSES),
        sessionCount: count,
        components: count,
        bic: z.number().nullable(),
        energyKwhMean: z.number(),
        /** Largest difference of the distributions of starts, sessions against model. */
        startDistance: z.number().nullable(),
      }),
    ),
  }),
});
export type SessionModel = z.output<typeof sessionModel>;
