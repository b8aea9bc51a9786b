import { z } from "zod";

/** What processes tell each other through PostgreSQL NOTIFY: ids only, readers fetch the row themselves. */
export const liveMessage = z.object({
  workspaceId: z.uuid(),
  topic: z.enum(["run", "run-log", "run-cancel", "upload", "dataset", "notification", "sensor", "pipeline", "driving"]),
  id: z.string(),
});
export type LiveMessage = z.infer<typeof liveMessage>;

export const LIVE_CHANNEL = "fieldport_live";
