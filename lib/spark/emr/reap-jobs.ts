import { messageOf } from "#lib/errors";
import { recordReport } from "#lib/health/report-store";
import { log } from "#lib/log";
import { filterEndedRuns } from "#lib/runs/execute/store";
import { openEmr } from "./emr-place.ts";
import { cancelJob, listJobs, LIVE } from "./jobs-of-runs.ts";
import { emptyRunFolders } from "./run-folder.ts";

/** A job this young may belong to a run whose row is only being written. */
const YOUNG_MS = 30_000;
const OBJECTS_MAX = 5_000;

/**
 * The second, independent way to an end: jobs whose runs are over are cancelled, and what such runs left in the bucket
 * is removed. It trusts nobody's memory, only the service's list and the runs' rows.
 */
export async function reapJobs(now: Date): Promise<{ orphans: number }> {
  const emr = openEmr();
  const report = { host: `EMR Serverless ${emr.applicationId}`, executor: "spark" };
  let jobs;
  try {
    jobs = await listJobs(emr, { states: [...LIVE], now });
  } catch (error) {
    const reason = `EMR Serverless does not answer as it should: ${messageOf(error)}`;
    await recordReport({ ...report, isAvailable: false, reason, machines: 0, orphans: 0 });
    throw error;
  }
  const old = jobs.filter(({ startedAt }) => now.getTime() - startedAt.getTime() > YOUNG_MS);
  const over = await filterEndedRuns(old.map(({ runId }) => runId));
  const orphans = old.filter(({ runId }) => over.has(runId));
  for (const { id, runId } of orphans) {
    log.warn("spark.orphan", { job: id, runId });
    await cancelJob(emr, id).catch((error: unknown) => {
      log.warn("spark.orphan_not_ended", { job: id, error: messageOf(error) });
    });
  }
  await recordReport({ ...report, isAvailable: true, reason: null, machines: jobs.length, orphans: orphans.length });
  // What a job may still write into is left for the next minute.
  const busy = new Set(jobs.map(({ runId }) => runId));
  await emptyRunFolders(async (runIds) => filterEndedRuns(runIds.filter((id) => !busy.has(id))), OBJECTS_MAX);
  return { orphans: orphans.length };
}
