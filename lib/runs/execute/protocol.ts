import { z } from "zod";

/** What the worker tells its child. */
export const childOrder = z.object({
  kind: z.literal("execute"),
  runId: z.uuid(),
  workspaceId: z.uuid(),
  attempt: z.number().int(),
  startedAt: z.coerce.date(),
});
export type ChildOrder = z.infer<typeof childOrder>;

/** What the next order will probably be for: a process that waits loads it ahead. */
export const childPreparation = z.object({ kind: z.literal("prepare"), algorithm: z.string() });
export type ChildPreparation = z.infer<typeof childPreparation>;

/** To end in order: the algorithm's `signal` is aborted, and the child has its grace. */
export const childStop = z.object({ kind: z.literal("stop") });
export type ChildStop = z.infer<typeof childStop>;

/** What the child tells the worker. */
export const childReport = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("ready") }),
  z.object({ kind: z.literal("accepted") }),
  z.object({ kind: z.literal("progress"), fraction: z.number(), step: z.string().optional() }),
  z.object({ kind: z.literal("log"), at: z.number(), level: z.enum(["info", "warn", "error"]), text: z.string() }),
  z.object({ kind: z.literal("memory"), rssBytes: z.number() }),
  z.object({ kind: z.literal("succeeded") }),
  z.object({
    kind: z.literal("failed"),
    code: z.string(),
    detail: z.string(),
    /** The database or the storage was away; the run itself may be fine. */
    isTemporary: z.boolean(),
  }),
]);
export type ChildReport = z.infer<typeof childReport>;
