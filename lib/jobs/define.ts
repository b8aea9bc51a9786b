import type { z } from "zod";

export interface JobTools {
  signal: AbortSignal;
  /** 1 for the first try. */
  attempt: number;
  workerId: string;
}

/**
 * Work for a worker. The payload carries ids only (at most 4 kB); the row it names owns the state. Delivery is at
 * least once, so `run` must be idempotent.
 */
export interface Job<Payload extends z.ZodType = z.ZodType> {
  name: string;
  payload: Payload;
  /** Tries in all before the job is parked with its error. */
  maxAttempts: number;
  timeoutS: number;
  /** Five-field cron expression in UTC for work that nobody starts. */
  cron?: string;
  run: (payload: z.output<Payload>, tools: JobTools) => Promise<void>;
}

export function defineJob<P extends z.ZodType>(job: Job<P>): Job<P> {
  return job;
}
