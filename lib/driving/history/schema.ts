import { z } from "zod";
import { pageQuery } from "#lib/http/pagination";
import { EPISODE_KINDS } from "../core/track-episodes.ts";

const instant = z.coerce.date().transform((date) => date.toISOString());
const wallClock = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?$/, "A wall clock such as 2017-01-01 08:00:05")
  .meta({ description: "Wall clock without a zone, as in the records" });

const period = pageQuery.extend({
  driver: z.string().max(64).optional(),
  from: wallClock.optional(),
  to: wallClock.optional(),
});

export const recordsQuery = period.extend({
  limit: z.coerce.number().int().min(1).max(5000).default(1000),
  fromSeq: z.coerce
    .number()
    .int()
    .min(1)
    .optional()
    .meta({ description: "Arrival number; then the order is of arrival" }),
  toSeq: z.coerce.number().int().min(1).optional(),
});
export type RecordsQuery = z.output<typeof recordsQuery>;

export const storedRecord = z.object({
  seq: z.number(),
  driver: z.string(),
  plate: z.string(),
  at: z.string(),
  latitude: z.number(),
  longitude: z.number(),
  speedKmh: z.number(),
  directionDeg: z.number().nullable(),
  siteName: z.string().nullable(),
  flags: z.number().int(),
  neutralSlideS: z.number().nullable(),
  overspeedS: z.number().nullable(),
  isLate: z.boolean(),
  receivedAt: instant,
});
export type StoredRecordRow = z.input<typeof storedRecord>;

const LISTED_KINDS = [...EPISODE_KINDS, "rule"] as const;
const EPISODE_STATES = ["open", "closed", "unclosed", "withdrawn"] as const;

export const episodesQuery = period.extend({
  kind: z
    .enum(LISTED_KINDS)
    .optional()
    .meta({ description: "rule: by the workspace's own rules; without a kind only what the device says is listed" }),
  state: z.enum(EPISODE_STATES).optional(),
});
export type EpisodesQuery = z.output<typeof episodesQuery>;

export const episode = z.object({
  id: z.uuid(),
  driver: z.string(),
  plate: z.string(),
  kind: z.enum(LISTED_KINDS),
  state: z.enum(EPISODE_STATES).meta({ description: "withdrawn: late records showed that a rule was not broken" }),
  startAt: z.string(),
  endAt: z.string().nullable(),
  durationS: z.number().nullable(),
  reportedS: z.number().nullable(),
  peakSpeedKmh: z.number(),
  recordCount: z.number().int(),
  latitude: z.number(),
  longitude: z.number(),
});
export type EpisodeRow = z.input<typeof episode>;

export const driver = z.object({
  driver: z.string(),
  plate: z.string(),
  at: z.string(),
  seq: z.number(),
  latitude: z.number(),
  longitude: z.number(),
  speedKmh: z.number(),
  directionDeg: z.number().nullable(),
  siteName: z.string().nullable(),
  receivedAtMs: z.number(),
  recordCount: z.number(),
  lateCount: z.number(),
});
export type DriverStatus = z.output<typeof driver>;

export const ledgerQuery = z.object({
  hours: z.coerce
    .number()
    .int()
    .min(1)
    .max(24 * 31)
    .default(24),
});

const counts = {
  received: z.number(),
  stored: z.number(),
  duplicate: z.number(),
  rejected: z.number(),
  late: z.number().meta({ description: "Of the stored" }),
  calls: z.number(),
};
export const ledger = z.object({
  hours: z.array(
    z.object({
      hourAt: instant,
      ...counts,
      inTable: z.number().meta({ description: "Records found in the table, counted now" }),
      isBalanced: z
        .boolean()
        .meta({ description: "received = stored + duplicate + rejected, and stored = in the table" }),
    }),
  ),
  total: z.object({ ...counts, inTable: z.number(), isBalanced: z.boolean() }),
});
export type Ledger = z.input<typeof ledger>;
