import { z } from "zod";

const instant = z.coerce.date().transform((date) => date.toISOString());
const params = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]));

export const appTrigger = z.object({
  id: z.uuid(),
  kind: z.enum(["schedule", "webhook"]),
  /** Five fields in the workspace's zone; schedules only. */
  cron: z.string().nullable(),
  /** Where signed requests go; webhooks only. */
  hookPath: z.string().nullable(),
  /** The zip that every start runs on. */
  inputArtifactId: z.uuid(),
  inputName: z.string(),
  params,
  isEnabled: z.boolean(),
  nextAt: instant.nullable(),
  lastAt: instant.nullable(),
  lastRunId: z.uuid().nullable(),
  /** Why the last start gave no run. */
  lastError: z.string().nullable(),
  createdBy: z.string(),
  createdAt: instant,
});
export type AppTrigger = z.output<typeof appTrigger>;

/** A checked upload of kind "file": the zip that every start runs on. */
const input = { uploadId: z.uuid(), params: params.default({}) };

export const createTriggerInput = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("schedule"), cron: z.string().min(1).max(100), ...input }),
  z.strictObject({ kind: z.literal("webhook"), ...input }),
]);
export type CreateTriggerInput = z.output<typeof createTriggerInput>;

export const changeTriggerInput = z.strictObject({ isEnabled: z.boolean() });

/** The secret is given out this once. */
export const createdTrigger = appTrigger.extend({ secret: z.string().nullable() });
export type CreatedTrigger = z.output<typeof createdTrigger>;

/** What the body of a signed request may hold; anything else in it is passed over. */
export const hookBody = z.object({ params: params.optional() });
