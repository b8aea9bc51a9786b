import { systemContext } from "#lib/auth/context";
import { enqueueJob } from "#lib/jobs/enqueue";
import { notify } from "#lib/notifications/service/notify";
import type { RunDetail } from "../schema.ts";
import { findRun, findRunStarter } from "../store.ts";

/**
 * What follows an ended run: pipelines that wait for it go on, the person who started it is told. Delivered at least
 * once, told once.
 */
export async function afterRun(workspaceId: string, runId: string): Promise<void> {
  const ctx = systemContext(workspaceId, "after run", new Date());
  await enqueueJob(ctx, {
    name: "advance-pipelines-of-run",
    payload: { workspaceId, runId },
    key: `pipelines-of:${runId}`,
  });
  const [run, userId] = await Promise.all([findRun(ctx, runId), findRunStarter(ctx, runId)]);
  if (!run || !userId || run.state === "cancelled") return;
  const letter = letterFor(run);
  await notify(ctx, { userId, dedupeKey: `run:${runId}:${run.state}`, ...letter });
}

function letterFor(run: RunDetail) {
  const link = `/runs/${run.id}`;
  if (run.state !== "succeeded") {
    return {
      kind: "run_failed" as const,
      title: `${run.title}: ${run.state.replace("_", " ")}`,
      body: run.errorDetail ?? "",
      link,
    };
  }
  if (run.datasetId) {
    return {
      kind: "dataset_ready" as const,
      title: `${run.title} is ready`,
      body: "",
      link: `/datasets/${run.datasetId}`,
    };
  }
  return { kind: "run_succeeded" as const, title: `${run.title} has a result`, body: "", link };
}
