import { z } from "zod";
import { pageQuery } from "#lib/http/pagination";
import { EPISODE_KINDS } from "../core/track-episodes.ts";
import { SEVERITIES } from "../rules/core/rule.ts";

const instant = z.coerce.date().transform((date) => date.toISOString());

export const ALERT_VERDICTS = ["acknowledged", "excused"] as const;

const ALERT_STATES = ["open", "closed", "unclosed", "withdrawn"] as const;

export const drivingAlertsQuery = pageQuery.extend({
  state: z.enum(ALERT_STATES).optional(),
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
  kind: z.enum([...EPISODE_KINDS, "rule"]),
  state: z.enum(ALERT_STATES).meta({ description: "withdrawn: late records showed that the rule was not broken" }),
  rule: z.string().nullable().meta({ description: "The workspace's rule that raised it; null: the device's own" }),
  ruleVersion: z.number().int().nullable(),
  severity: z.enum(SEVERITIES).nullable(),
  place: z.string().nullable().meta({ description: "The rule's geofence it began in" }),
  isQuiet: z.boolean().meta({ description: "Raised in the rule's quiet hours: shown, not delivered" }),
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
