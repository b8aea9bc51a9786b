import {
  DescribeJobsCommand,
  ListJobsCommand,
  SubmitJobCommand,
  TerminateJobCommand,
  type BatchClient,
  type JobStatus,
  type SubmitJobCommandInput,
} from "@aws-sdk/client-batch";
import { messageOf } from "#lib/errors";
import type { MachineJob, MachineRef } from "../executor.ts";
import { StartFailure, tagsOf, type Cloud, type MachineState } from "../remote/cloud.ts";
import { deadManSOf, startArguments } from "../remote/start-script.ts";

export interface BatchSettings {
  /** Value of the tag `fieldport`, and the beginning of every job's name. */
  name: string;
  queue: string;
  definition: string;
  roleId: string;
  bucket: string;
  region: string;
  bootDeadlineS: number;
}

const ALIVE = ["SUBMITTED", "PENDING", "RUNNABLE", "STARTING", "RUNNING"] as const satisfies JobStatus[];
const LATER = new Set([
  ...["TooManyRequestsException", "ThrottlingException", "ServerException", "InternalServerException"],
  ...["TimeoutError", "ECONNRESET", "ECONNREFUSED", "ETIMEDOUT"],
]);
/** What Fargate gives with so many processors, in MB. */
const SIZES = [
  { vcpu: 1, memoryMbMin: 2048, memoryMbMax: 8192 },
  { vcpu: 2, memoryMbMin: 4096, memoryMbMax: 16_384 },
  { vcpu: 4, memoryMbMin: 8192, memoryMbMax: 30_720 },
];
/** For the machine's own program beside the app. */
const OWN_MEMORY_MB = 512;
const DISK_MB_MAX = 30_000;

/** One job of a queue per run. */
export function batchCloud(settings: BatchSettings, client: BatchClient): Cloud {
  return {
    name: "batch",
    roleId: settings.roleId,
    availability: async () => {
      try {
        await client.send(new ListJobsCommand({ jobQueue: settings.queue, jobStatus: "RUNNING", maxResults: 1 }));
        return { isAvailable: true };
      } catch (error) {
        return { isAvailable: false, reason: `AWS Batch does not answer as it should: ${messageOf(error)}` };
      }
    },
    refusal,
    start: (job, signal) => start({ settings, client }, job, signal),
    look: (id) => look(client, id),
    terminate: async (jobId) => {
      await client.send(new TerminateJobCommand({ jobId, reason: "Ended by the portal." }));
    },
    list: () => list(client, settings),
  };
}

/** Limits that a container there cannot hold are no limits, so what needs them is not run. */
function refusal({ network, limits }: MachineJob): string | null {
  if (!network)
    return "A job of AWS Batch cannot be cut off from the network. Allow the app its network, or run it elsewhere.";
  if (!sizeFor(limits.memoryMb)) return `AWS Batch has no ${limits.memoryMb} MB for an app. Lower memoryMb.`;
  if (limits.diskMb > DISK_MB_MAX) return `A job of AWS Batch has ${DISK_MB_MAX} MB of disk. Lower diskMb.`;
  return null;
}

function sizeFor(memoryMb: number): { vcpu: number; memoryMb: number } | null {
  const neededMb = Math.ceil((memoryMb + OWN_MEMORY_MB) / 1024) * 1024;
  const size = SIZES.find(({ memoryMbMax }) => neededMb <= memoryMbMax);
  return size ? { vcpu: size.vcpu, memoryMb: Math.max(neededMb, size.memoryMbMin) } : null;
}

interface Batch {
  settings: BatchSettings;
  client: BatchClient;
}

/**
 * A request that is repeated because its answer got lost makes a second job: Batch has no token against that. The second
 * one never gets an order, so it does nothing and ends at its boot deadline; the reaper ends it if the run is over first.
 */
async function start({ settings, client }: Batch, job: MachineJob, signal: AbortSignal) {
  signal.throwIfAborted();
  const request = await requestOf(settings, job);
  try {
    const { jobId } = await client.send(new SubmitJobCommand(request));
    if (!jobId) throw new StartFailure("AWS Batch answered without a job.", { isTemporary: true });
    const units = sizeFor(job.limits.memoryMb)?.vcpu ?? 1;
    return { id: jobId, note: `a job of AWS Batch, ${units} vCPU`, isSpot: false, units };
  } catch (error) {
    if (error instanceof StartFailure) throw error;
    const name = error instanceof Error ? error.name : "unknown";
    const detail = `AWS Batch took no job (${name}): ${messageOf(error)}`;
    throw new StartFailure(detail, { isTemporary: LATER.has(name), cause: error });
  }
}

async function requestOf(settings: BatchSettings, job: MachineJob): Promise<SubmitJobCommandInput> {
  const { roleId, bucket, region, bootDeadlineS } = settings;
  const deadManS = deadManSOf(job.limits, bootDeadlineS);
  const args = await startArguments({
    ...{ roleId, bucket, region, bootDeadlineS, deadManS },
    ...{ isolation: "container", powersOff: false, root: "/run/fieldport" },
    objectsUrl: `https://s3.${region}.amazonaws.com`,
    metadataUrl: "http://169.254.170.2",
  });
  const size = sizeFor(job.limits.memoryMb);
  return {
    jobName: jobNameOf(settings, job.runId),
    jobQueue: settings.queue,
    jobDefinition: settings.definition,
    containerOverrides: {
      command: ["python3", "-I", ...args],
      resourceRequirements: [
        { type: "VCPU", value: String(size?.vcpu) },
        { type: "MEMORY", value: String(size?.memoryMb) },
      ],
    },
    // The dead man's timer of a job is the queue's, which ends it without asking anything in it.
    timeout: { attemptDurationSeconds: deadManS },
    retryStrategy: { attempts: 1 },
    propagateTags: true,
    tags: tagsOf(settings.name, job),
  };
}

const jobNameOf = ({ name }: BatchSettings, runId: string) => `${name}-app-${runId}`;

async function look(client: BatchClient, id: string): Promise<MachineState> {
  const { jobs = [] } = await client.send(new DescribeJobsCommand({ jobs: [id] }));
  const [job] = jobs;
  if (!job) return { phase: "pending", folderName: null, reason: null };
  const isOver = job.status === "SUCCEEDED" || job.status === "FAILED";
  return {
    phase: isOver ? "ended" : job.status === "RUNNING" ? "running" : "pending",
    // The task is what the role's session is named for; a job that waits has none.
    folderName: job.container?.taskArn?.split("/").at(-1) ?? null,
    reason: job.statusReason ?? job.container?.reason ?? null,
  };
}

async function list(client: BatchClient, settings: BatchSettings): Promise<MachineRef[]> {
  const prefix = jobNameOf(settings, "");
  const found: MachineRef[] = [];
  for (const jobStatus of ALIVE) {
    let nextToken: string | undefined;
    do {
      const page = await client.send(new ListJobsCommand({ jobQueue: settings.queue, jobStatus, nextToken }));
      for (const { jobId: id, jobName = "", createdAt = 0 } of page.jobSummaryList ?? []) {
        if (!id || !jobName.startsWith(prefix)) continue;
        found.push({ id, runId: jobName.slice(prefix.length), startedAt: new Date(createdAt) });
      }
      nextToken = page.nextToken === "" ? undefined : page.nextToken;
    } while (nextToken !== undefined);
  }
  return found;
}
