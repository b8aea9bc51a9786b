import type { Ctx } from "#lib/auth/context";
import { postRecords } from "./post-records.ts";

/** Stores what a feeder of the first generation sends, and answers in its words; by then the queue is behind it. */
export async function postOneRecord(ctx: Ctx, rows: readonly unknown[], key: string | null): Promise<string> {
  await postRecords(ctx, rows, key);
  return `Task ${ctx.requestId} added to queue at ${ctx.now.toISOString()}. 0 tasks in the queue`;
}
