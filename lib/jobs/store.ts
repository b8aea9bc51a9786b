import { inWorkspace } from "#lib/db/client";
import type { JobRequest } from "./enqueue.ts";

export async function insertJob(
  scope: { workspaceId: string },
  job: Omit<JobRequest, "payload"> & { payload: string },
): Promise<void> {
  await inWorkspace(
    scope,
    (tx) =>
      tx.$executeRaw`select enqueue_job(${job.name}, ${job.payload}::json, ${job.key}, ${job.runAt ?? new Date()}, ${job.maxAttempts ?? 5}, ${job.queue ?? null})`,
  );
}
