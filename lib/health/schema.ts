import { z } from "zod";

export const healthAnswer = z.object({
  isHealthy: z.boolean(),
  checks: z.object({ database: z.boolean(), storage: z.boolean(), worker: z.boolean() }),
});

export const healthDetail = healthAnswer.extend({
  queue: z.object({
    waiting: z.number().int(),
    running: z.number().int(),
    failed: z.number().int(),
    oldestWaitingS: z.number().nullable(),
  }),
  runs: z.object({
    queued: z.number().int(),
    running: z.number().int(),
    failedLastDay: z.number().int(),
    lostLastDay: z.number().int(),
  }),
  workers: z.array(
    z.object({ id: z.string(), host: z.string(), startedAt: z.iso.datetime(), lastSeenAt: z.iso.datetime() }),
  ),
  database: z.object({
    version: z.string(),
    sizeBytes: z.number(),
    connections: z.number().int(),
    latencyMs: z.number(),
  }),
  storage: z.object({
    isReachable: z.boolean(),
    latencyMs: z.number(),
    artifactBytes: z.number(),
    artifactCount: z.number().int(),
  }),
  /** Where apps run, as the reaper last saw it; hosts it has not looked at for a while are left out. */
  runner: z.array(
    z.object({
      host: z.string(),
      executor: z.string(),
      isAvailable: z.boolean(),
      reason: z.string().nullable(),
      machines: z.number().int(),
      orphans: z.number().int(),
      orphansTotal: z.number().int(),
      at: z.iso.datetime(),
    }),
  ),
  disk: z.object({ freeBytes: z.number(), totalBytes: z.number() }).nullable(),
  at: z.iso.datetime(),
});
export type HealthDetail = z.output<typeof healthDetail>;
