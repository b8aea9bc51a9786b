import { z } from "zod";
import { pageQuery } from "#lib/http/pagination";
import { findShapeFault } from "./core/check-shape.ts";
import type { GeofenceShape } from "./core/geofence.ts";
import { RULE_SOURCES, SEVERITIES, type RuleTerms } from "./core/rule.ts";

const instant = z.coerce.date().transform((date) => date.toISOString());
const name = z.string().trim().min(1, "Give it a name").max(80);
const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "Write it as 22:30");

/** More rules than this cost every record. */
export const RULES_MAX = 50;
export const GEOFENCES_MAX = 500;
/** Room for as many geofences as there may be, each with as many corners, written with every digit. */
export const GEOJSON_CHARS_MAX = 12_000_000;

const vertex = z.tuple([z.number(), z.number()]);
/** A shape as it is stored: it was checked when it came. */
export const storedShape = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("circle"), lat: z.number(), lon: z.number(), radiusM: z.number() }),
  z.object({
    kind: z.literal("polygon"),
    rings: z
      .array(z.array(vertex))
      .min(1)
      .meta({ description: "Border, then holes: [longitude, latitude] of every corner, the first one not repeated" }),
  }),
]) satisfies z.ZodType<GeofenceShape>;
export const geofenceShape = storedShape.superRefine((shape, context) => {
  const fault = findShapeFault(shape);
  if (fault) context.addIssue({ code: "custom", message: fault });
});

export const geofenceInput = z.strictObject({ name, shape: geofenceShape });
export type GeofenceInput = z.output<typeof geofenceInput>;

export const geofence = z.object({
  id: z.uuid(),
  name: z.string(),
  shape: storedShape,
  ruleNames: z.array(z.string()).meta({ description: "Rules that are limited to it" }),
  createdBy: z.string(),
  updatedAt: instant,
});
export type Geofence = z.output<typeof geofence>;

export const importGeofencesInput = z.strictObject({
  text: z.string().min(2).max(GEOJSON_CHARS_MAX).meta({ description: "A GeoJSON text" }),
  name: name.default("Geofence").meta({ description: "For areas without a name" }),
});

const ruleDelivery = z.strictObject({
  inbox: z.boolean().default(false),
  email: z.boolean().default(false),
  memberIds: z.array(z.uuid()).max(100).default([]).meta({ description: "Whom inbox and e-mail go to" }),
  webhookUrls: z
    .array(z.url({ protocol: /^https?$/, error: "Write it as https://example.org/hook" }).max(2000))
    .max(5)
    .default([]),
});
export type RuleDelivery = z.output<typeof ruleDelivery>;

const definitionShape = z.strictObject({
  source: z.enum(RULE_SOURCES),
  limitKmh: z.number().positive().max(300).nullable().default(null),
  percentOver: z.number().min(0).max(100).default(0),
  minDurationS: z.number().min(0).max(3600).default(0),
  severity: z.enum(SEVERITIES).default("warning"),
  quietHours: z
    .strictObject({ from: clock, to: clock })
    .nullable()
    .default(null)
    .meta({ description: "By the vehicle's clock; may cross midnight" }),
  geofenceIds: z
    .array(z.uuid())
    .max(50)
    .default([])
    .meta({ description: "It counts in any of these; none: everywhere" }),
  delivery: ruleDelivery.prefault({}),
});
export type RuleDefinition = z.output<typeof definitionShape>;

const checked = (definition: RuleDefinition, context: z.RefinementCtx) => {
  const refuse = (path: string[], message: string) => context.addIssue({ code: "custom", path, message });
  const { source, limitKmh, percentOver, quietHours, delivery } = definition;
  if (source === "speed" && limitKmh === null) refuse(["limitKmh"], "Say from which speed on");
  if (source === "device" && limitKmh !== null) refuse(["limitKmh"], "The device has a limit of its own");
  if (source === "device" && percentOver !== 0) refuse(["percentOver"], "The device has a limit of its own");
  if (quietHours && quietHours.from === quietHours.to)
    refuse(["quietHours", "to"], "They begin and end at the same time");
  if ((delivery.inbox || delivery.email) && delivery.memberIds.length === 0) {
    refuse(["delivery", "memberIds"], "Choose who is told");
  }
};

export const ruleDefinition = definitionShape.superRefine(checked);
export const ruleInput = definitionShape.extend({ name, isEnabled: z.boolean().default(true) }).superRefine(checked);
export type RuleInput = z.output<typeof ruleInput>;

export const rule = definitionShape.extend({
  id: z.uuid(),
  name: z.string(),
  isEnabled: z.boolean(),
  version: z.number().int().meta({ description: "Rises with every change; an alert names the one that raised it" }),
  alertCount7d: z.number().int().meta({ description: "Alerts raised in the last seven days" }),
  failedCount7d: z.number().int().meta({ description: "Deliveries given up in the last seven days" }),
  waitingCount: z.number().int().meta({ description: "Deliveries still to be made" }),
  createdBy: z.string(),
  updatedAt: instant,
});
export type Rule = z.output<typeof rule>;

export const rulePreview = z.object({
  episodeCount: z
    .number()
    .int()
    .meta({ description: "Stretches that would have been an alert, had no record been late" }),
  driverCount: z.number().int().meta({ description: "Drivers they are of" }),
  recordCount: z.number().int(),
  driversRead: z.number().int().meta({ description: "Fewer than driversTotal when it had to stop" }),
  driversTotal: z.number().int().meta({ description: "Drivers with a record in the time" }),
  from: z.string().nullable().meta({ description: "Wall clock; null without any record" }),
  to: z.string().nullable().meta({ description: "The newest record: seven days after `from`" }),
});
export type RulePreview = z.output<typeof rulePreview>;

export const ruleSecret = z.object({ secret: z.string() });

export const deliveriesQuery = pageQuery;
export const delivery = z.object({
  id: z.uuid(),
  alertId: z.uuid(),
  channel: z.enum(["inbox", "email", "webhook"]),
  target: z.string(),
  state: z.enum(["waiting", "sent", "failed"]),
  attempts: z.number().int(),
  lastError: z.string().nullable(),
  createdAt: instant,
  sentAt: instant.nullable(),
});
export type DeliveryRow = z.input<typeof delivery>;

/** What a version of a rule keeps. */
export const ruleTerms = z.object({
  name: z.string(),
  source: z.enum(RULE_SOURCES),
  limitKmh: z.number().nullable(),
  percentOver: z.number(),
  minDurationS: z.number(),
  severity: z.enum(SEVERITIES),
  quietHours: z.object({ from: z.string(), to: z.string() }).nullable(),
  geofences: z.array(z.object({ id: z.string(), name: z.string(), shape: storedShape })),
  channels: z.object({ inbox: z.boolean(), email: z.boolean(), webhookUrls: z.array(z.string()) }),
}) satisfies z.ZodType<RuleTerms>;
