import {
  CancelJobRunCommand,
  GetJobRunCommand,
  ListJobRunsCommand,
  StartJobRunCommand,
  type EMRServerlessClient,
  type JobRunState,
  type StartJobRunCommandInput,
} from "@aws-sdk/client-emr-serverless";
import { z } from "zod";

export interface Emr {
  client: EMRServerlessClient;
  applicationId: string;
  roleArn: string;
  /** Begins the name of every job, and is the value of its tag `fieldport`. */
  name: string;
  bucket: string;
}

export interface EmrJob {
  id: string;
  runId: string;
  state: JobRunState;
  startedAt: Date;
}

export const LIVE = ["SUBMITTED", "PENDING", "SCHEDULED", "QUEUED", "RUNNING"] as const satisfies JobRunState[];
/** Older jobs are no attempt at a run that still goes on: all its attempts together end before. */
const LOOK_BACK_MS = 24 * 3_600_000;

const runIdOfJob = z.uuid();
const namePrefix = ({ name }: Emr) => `${name}-spark-`;

/** Jobs of ours in these states, of every run or of one. The service cannot look for names, so all pages are read. */
export async function listJobs(
  emr: Emr,
  { states, now, runId }: { states?: JobRunState[]; now: Date; runId?: string },
): Promise<EmrJob[]> {
  const { client, applicationId } = emr;
  const prefix = namePrefix(emr);
  const found: EmrJob[] = [];
  let nextToken: string | undefined;
  do {
    const since = states === undefined ? { createdAtAfter: new Date(now.getTime() - LOOK_BACK_MS) } : { states };
    const page = await client.send(new ListJobRunsCommand({ applicationId, ...since, nextToken }));
    for (const { id, name = "", state, createdAt } of page.jobRuns ?? []) {
      if (!id || !state || !createdAt || !name.startsWith(prefix)) continue;
      const job = { id, runId: name.slice(prefix.length), state, startedAt: createdAt };
      if (runIdOfJob.safeParse(job.runId).success && (runId === undefined || job.runId === runId)) found.push(job);
    }
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
  return found;
}

export interface JobRequest {
  runId: string;
  workspaceId: string;
  /** Keys in the bucket. */
  programKey: string;
  requestKey: string;
  folder: string;
  timeoutS: number;
}

/**
 * The one job of a run. A controller that died may have started it: it is taken up again, whatever became of it, unless
 * somebody cancelled it. The same question carries the same token, so that one whose answer got lost starts no second.
 */
export async function startOrFindJob(
  emr: Emr,
  request: JobRequest,
  now: Date,
): Promise<{ id: string; isNew: boolean }> {
  const earlier = await listJobs(emr, { now, runId: request.runId });
  const [taken] = earlier.filter(({ state }) => state !== "CANCELLED" && state !== "CANCELLING");
  if (taken) return { id: taken.id, isNew: false };
  const command = new StartJobRunCommand(startInput(emr, request, earlier.length));
  const { jobRunId } = await emr.client.send(command);
  if (!jobRunId) throw new Error("EMR Serverless answered without a job.");
  return { id: jobRunId, isNew: true };
}

function startInput(emr: Emr, request: JobRequest, cancelledCount: number): StartJobRunCommandInput {
  const { applicationId, roleArn, bucket, name } = emr;
  const { runId, workspaceId, programKey, requestKey, folder, timeoutS } = request;
  return {
    ...{ applicationId, executionRoleArn: roleArn, clientToken: `${runId}-${cancelledCount}` },
    name: `${namePrefix(emr)}${runId}`,
    executionIamPolicy: { policy: JSON.stringify(policyOf(emr, request)) },
    jobDriver: {
      sparkSubmit: {
        entryPoint: `s3://${bucket}/${programKey}`,
        entryPointArguments: [`s3://${bucket}/${requestKey}`],
      },
    },
    configurationOverrides: {
      monitoringConfiguration: {
        s3MonitoringConfiguration: { logUri: `s3://${bucket}/${folder}logs/` },
        managedPersistenceMonitoringConfiguration: { enabled: false },
      },
    },
    // The dead man's timer: a job that everybody has forgotten ends here.
    executionTimeoutMinutes: Math.ceil(timeoutS / 60) + 5,
    retryPolicy: { maxAttempts: 1 },
    tags: { fieldport: name, "fieldport:run": runId, "fieldport:workspace": workspaceId },
  };
}

/** Of what the role may do, a job gets its workspace's files and its own folder. */
function policyOf({ bucket, roleArn }: Emr, { workspaceId, folder, programKey }: JobRequest) {
  const arn = `arn:${roleArn.split(":")[1] ?? "aws"}:s3:::${bucket}`;
  const allow = (actions: string[], resources: string[], condition?: object) => {
    const base = { Effect: "Allow", Action: actions, Resource: resources };
    return condition === undefined ? base : { ...base, Condition: condition };
  };
  return {
    Version: "2012-10-17",
    Statement: [
      allow(["s3:GetObject"], [`${arn}/w/${workspaceId}/*`, `${arn}/${folder}*`, `${arn}/${programKey}`]),
      allow(["s3:PutObject", "s3:DeleteObject"], [`${arn}/${folder}*`]),
      allow(["s3:ListBucket"], [arn], { StringLike: { "s3:prefix": [`w/${workspaceId}/*`, `${folder}*`] } }),
    ],
  };
}

export async function lookAtJob({ client, applicationId }: Emr, jobRunId: string) {
  const { jobRun } = await client.send(new GetJobRunCommand({ applicationId, jobRunId }));
  if (!jobRun?.state) throw new Error(`EMR Serverless does not know job ${jobRunId} any more.`);
  const { state, stateDetails, releaseLabel, totalResourceUtilization } = jobRun;
  return {
    state,
    detail: stateDetails ?? "",
    release: releaseLabel ?? "",
    vcpuHours: totalResourceUtilization?.vCPUHour,
  };
}

/** Of a job that has ended: does nothing. */
export async function cancelJob({ client, applicationId }: Emr, jobRunId: string): Promise<void> {
  try {
    await client.send(new CancelJobRunCommand({ applicationId, jobRunId }));
  } catch (error) {
    const name = error instanceof Error ? error.name : "";
    if (name !== "ResourceNotFoundException" && name !== "ValidationException") throw error;
  }
}
