import type { Ctx } from "#lib/auth/context";
import { insertJob } from "./store.ts";

export interface JobRequest {
  name: string;
  payload: Record<string, string | number | boolean | null>;
  /** A waiting job with the same key is kept instead of adding a second. */
  key: string;
  runAt?: Date;
  maxAttempts?: number;
  /** Jobs of one queue run one after the other. */
  queue?: string;
}

/** Adds a job inside the caller's open transaction, so that row and job appear together or not at all. */
export async function enqueueJob(ctx: Pick<Ctx, "workspaceId">, job: JobRequest): Promise<void> {
  const text = JSON.stringify(job.payload);
  if (text.length > 4096) throw new Error(`Job ${job.name}: payloads carry ids, not data (${text.length} bytes)`);
  await insertJob(ctx, { ...job, payload: text });
}
