import type { Job } from "./define.ts";

/** Every job, by name; the worker runs exactly these. Imports are lazy, the web process only adds jobs by name. */
export const JOBS = {
  "execute-run": async () => (await import("#lib/runs/jobs")).executeRunJob,
  "after-run": async () => (await import("#lib/runs/jobs")).afterRunJob,
  "recover-runs": async () => (await import("#lib/runs/jobs")).recoverRunsJob,
  "check-upload": async () => (await import("#lib/uploads/jobs")).checkUploadJob,
  "sweep-storage": async () => (await import("#lib/uploads/jobs")).sweepStorageJob,
  "send-notification-mail": async () => (await import("#lib/notifications/jobs")).sendNotificationMailJob,
  "send-password-reset": async () => (await import("#lib/auth/jobs")).sendPasswordResetJob,
  "match-references": async () => (await import("#lib/sensors/jobs")).matchReferencesJob,
  "check-new-readings": async () => (await import("#lib/sensors/jobs")).checkNewReadingsJob,
  "check-posted-readings": async () => (await import("#lib/sensors/jobs")).checkPostedReadingsJob,
  "analyze-observations": async () => (await import("#lib/sensors/jobs")).analyzeObservationsJob,
  "watch-sensors": async () => (await import("#lib/sensors/alerts/jobs")).watchSensorsJob,
  "extend-demo": async () => (await import("#lib/sensors/jobs")).extendDemoJob,
  "compute-demo-statistics": async () => (await import("#lib/charging/jobs")).computeDemoStatisticsJob,
  "reap-spark-jobs": async () => (await import("#lib/spark/jobs")).reapSparkJobsJob,
  "sweep-driving": async () => (await import("#lib/driving/jobs")).sweepDrivingJob,
  "tell-driving-alerts": async () => (await import("#lib/driving/rules/delivery/jobs")).tellDrivingAlertsJob,
  "send-driving-webhooks": async () => (await import("#lib/driving/rules/delivery/jobs")).sendDrivingWebhooksJob,
  "advance-pipeline": async () => (await import("#lib/pipelines/jobs")).advancePipelineJob,
  "advance-pipelines-of-run": async () => (await import("#lib/pipelines/jobs")).advancePipelinesOfRunJob,
  "tick-pipelines": async () => (await import("#lib/pipelines/jobs")).tickPipelinesJob,
  "reschedule-pipelines": async () => (await import("#lib/pipelines/jobs")).reschedulePipelinesJob,
  "start-pipelines-on-new-data": async () => (await import("#lib/pipelines/jobs")).startPipelinesOnNewDataJob,
  "settle-app-run": async () => (await import("#lib/runner/jobs")).settleAppRunJob,
  "take-in-app-input": async () => (await import("#lib/runner/jobs")).takeInAppInputJob,
  "read-app-manifest": async () => (await import("#lib/runner/jobs")).readAppManifestJob,
  "start-app-for-upload": async () => (await import("#lib/runner/jobs")).startAppForUploadJob,
  "sweep-app-inputs": async () => (await import("#lib/runner/jobs")).sweepAppInputsJob,
  "reap-app-runs": async () => (await import("#lib/runner/jobs")).reapAppRunsJob,
  "tick-app-triggers": async () => (await import("#lib/runner/jobs")).tickAppTriggersJob,
  "reschedule-app-triggers": async () => (await import("#lib/runner/jobs")).rescheduleAppTriggersJob,
  "clean-up": async () => (await import("#lib/worker/clean-up")).cleanUpJob,
} as const;

export async function loadJobs(): Promise<Job[]> {
  const jobs: Job[] = [];
  for (const load of Object.values(JOBS)) jobs.push(await load());
  return jobs;
}
