import { getAlgorithm, isAlgorithmSlug } from "#lib/algorithms/registry";
import { systemContext, type Ctx } from "#lib/auth/context";
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
  await followAlgorithm(ctx, runId);
  const [run, userId] = await Promise.all([findRun(ctx, runId), findRunStarter(ctx, runId)]);
  if (!run || !userId || run.state === "cancelled") return;
  const letter = letterFor(run);
  await notify(ctx, { userId, dedupeKey: `run:${runId}:${run.state}`, ...letter });
}

/** What the run's algorithm has to do at every end, whatever it was. */
async function followAlgorithm(ctx: Ctx, runId: string): Promise<void> {
  const run = await findRun(ctx, runId);
  const job = run && isAlgorithmSlug(run.algorithm) ? (await getAlgorithm(run.algorithm)).afterRunJob : undefined;
  if (job)
    await enqueueJob(ctx, { name: job, payload: { workspaceId: ctx.workspaceId, runId }, key: `${job}:${runId}` });
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
