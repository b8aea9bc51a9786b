import { z } from "zod";
import { pageQuery } from "#lib/http/pagination";
import { EPISODE_KINDS } from "../core/track-episodes.ts";

const instant = z.coerce.date().transform((date) => date.toISOString());

export const ALERT_VERDICTS = ["acknowledged", "excused"] as const;

export const drivingAlertsQuery = pageQuery.extend({
  state: z.enum(["open", "closed", "unclosed"]).optional(),
  verdict: z
    .enum(["none", ...ALERT_VERDICTS])
    .optional()
    .meta({ description: "none: nobody has looked at it yet" }),
  driver: z.string().max(64).optional(),
});
export type DrivingAlertsQuery = z.output<typeof drivingAlertsQuery>;

export const drivingAlert = z.object({
  /** The id of its episode. */
  id: z.uuid(),
  driver: z.string(),
  plate: z.string(),
  kind: z.enum(EPISODE_KINDS),
  state: z.enum(["open", "closed", "unclosed"]),
  startAt: z.string().meta({ description: "Wall clock as the vehicle sent it" }),
  endAt: z.string().nullable(),
  durationS: z.number().nullable(),
  speedKmh: z.number().meta({ description: "When the alert was raised" }),
  peakSpeedKmh: z.number(),
  latitude: z.number(),
  longitude: z.number(),
  raisedAt: instant,
  clearedAt: instant.nullable(),
  verdict: z.enum(ALERT_VERDICTS).nullable(),
  verdictComment: z.string(),
  verdictByLabel: z.string().nullable(),
  verdictAt: instant.nullable(),
});
export type DrivingAlertRow = z.input<typeof drivingAlert>;

export const verdictInput = z
  .object({ verdict: z.enum(ALERT_VERDICTS), comment: z.string().trim().max(2000).default("") })
  .refine(({ verdict, comment }) => verdict !== "excused" || comment !== "", {
    path: ["comment"],
    message: "Say why it is excused",
  });
export type VerdictInput = z.output<typeof verdictInput>;
