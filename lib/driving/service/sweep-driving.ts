import { tickFeed } from "../ingest/tick-feed.ts";
import { wakeOverdue } from "../rules/delivery/wake-overdue.ts";
import { deleteOldTraces, listSilentWorkspaceIds } from "../sweep-store.ts";

export async function sweepDriving(): Promise<void> {
  for (const workspaceId of await listSilentWorkspaceIds()) await tickFeed({ workspaceId });
  await wakeOverdue();
  await deleteOldTraces();
}
