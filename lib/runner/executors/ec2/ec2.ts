import {
  DescribeInstancesCommand,
  type EC2Client,
  RunInstancesCommand,
  TerminateInstancesCommand,
  type Instance,
  type RunInstancesCommandInput,
} from "@aws-sdk/client-ec2";
import { messageOf } from "#lib/errors";
import { newId } from "#lib/ids";
import type { MachineJob } from "../executor.ts";
import { StartFailure, tagsOf, type Cloud, type MachineState, type StartedMachine } from "../remote/cloud.ts";
import { deadManSOf, startScript } from "../remote/start-script.ts";

export interface Ec2Settings {
  /** Value of the tag `fieldport`: installations in one account do not see each other's machines. */
  name: string;
  templateId: string;
  subnetIds: readonly string[];
  roleId: string;
  bucket: string;
  region: string;
  bootDeadlineS: number;
  memoryMbMax: number;
}

/** This kind of machine is not free there now; another kind or another zone may have one. */
const NO_CAPACITY = new Set([
  ...["InsufficientInstanceCapacity", "InsufficientHostCapacity", "InsufficientFreeAddressesInSubnet"],
  ...["SpotMaxPriceTooLow", "MaxSpotInstanceCountExceeded", "InsufficientCapacity", "Unsupported"],
]);
/** The account is at a limit of its own, or AWS is busy: later is another matter. */
const LATER = new Set([
  ...["InstanceLimitExceeded", "VcpuLimitExceeded", "RequestLimitExceeded", "Throttling", "ThrottlingException"],
  ...["InternalError", "InternalFailure", "Unavailable", "ServiceUnavailable", "TimeoutError", "ECONNRESET"],
  ...["ECONNREFUSED", "ETIMEDOUT"],
]);
const ALIVE = ["pending", "running", "stopping", "stopped"];

/** One temporary instance per run. The client decides where AWS is, so that tests can be it. */
export function ec2Cloud(settings: Ec2Settings, client: EC2Client): Cloud {
  return {
    name: "ec2",
    roleId: settings.roleId,
    availability: async () => {
      try {
        await client.send(new DescribeInstancesCommand({ MaxResults: 5, Filters: ownMachines(settings) }));
        return { isAvailable: true };
      } catch (error) {
        return { isAvailable: false, reason: `EC2 does not answer as it should: ${messageOf(error)}` };
      }
    },
    refusal: ({ limits }) => {
      if (limits.memoryMb <= settings.memoryMbMax) return null;
      return `The app asks for ${limits.memoryMb} MB; machines here have ${settings.memoryMbMax} MB for it. Lower memoryMb.`;
    },
    start: (job, signal) => start({ settings, client }, job, signal),
    look: (id) => look(client, id),
    terminate: async (id) => {
      try {
        await client.send(new TerminateInstancesCommand({ InstanceIds: [id] }));
      } catch (error) {
        if (nameOf(error) !== "InvalidInstanceID.NotFound") throw error;
      }
    },
    list: () => list(client, settings),
  };
}

interface Ec2 {
  settings: Ec2Settings;
  client: EC2Client;
}

/** Spot in each zone, then at the full price in each zone. Other errors end it: they would be the same everywhere. */
async function start({ settings, client }: Ec2, job: MachineJob, signal: AbortSignal): Promise<StartedMachine> {
  const request = await requestOf(settings, job);
  const refusals: string[] = [];
  for (const isSpot of [true, false]) {
    for (const subnetId of settings.subnetIds) {
      signal.throwIfAborted();
      try {
        const answer = await client.send(new RunInstancesCommand(placed(request, { isSpot, subnetId })));
        const [instance] = answer.Instances ?? [];
        if (!instance?.InstanceId) throw new StartFailure("EC2 answered without a machine.", { isTemporary: true });
        const { InstanceId, InstanceType = "unknown type", Placement } = instance;
        const zone = Placement?.AvailabilityZone ?? subnetId;
        const note = `${InstanceType}, ${isSpot ? "spot" : "on demand"}, ${zone}`;
        return { id: InstanceId, note, isSpot, units: 1 };
      } catch (error) {
        const name = nameOf(error);
        if (error instanceof StartFailure) throw error;
        if (!NO_CAPACITY.has(name)) {
          const detail = `EC2 gave no machine (${name}): ${messageOf(error)}`;
          throw new StartFailure(detail, { isTemporary: LATER.has(name), cause: error });
        }
        refusals.push(`${isSpot ? "spot" : "on demand"} in ${subnetId}: ${name}`);
      }
    }
  }
  throw new StartFailure(`No machine is free now (${refusals.join("; ")}).`, { isTemporary: true });
}

async function requestOf(settings: Ec2Settings, job: MachineJob): Promise<RunInstancesCommandInput> {
  const { roleId, bucket, region, bootDeadlineS } = settings;
  const script = await startScript({
    ...{ roleId, bucket, region, bootDeadlineS, isolation: "systemd", powersOff: true, root: "/run/fieldport" },
    objectsUrl: `https://s3.${region}.amazonaws.com`,
    metadataUrl: "http://169.254.169.254",
    deadManS: deadManSOf(job.limits, bootDeadlineS),
  });
  return {
    LaunchTemplate: { LaunchTemplateId: settings.templateId, Version: "$Latest" },
    ...{ MinCount: 1, MaxCount: 1, UserData: Buffer.from(script).toString("base64") },
    // Both stand in the template as well. A template that somebody has changed must not weaken a machine.
    InstanceInitiatedShutdownBehavior: "terminate",
    MetadataOptions: { HttpTokens: "required", HttpPutResponseHopLimit: 1, HttpEndpoint: "enabled" },
    TagSpecifications: (["instance", "volume"] as const).map((ResourceType) => ({
      ResourceType,
      Tags: Object.entries(tagsOf(settings.name, job)).map(([Key, Value]) => ({ Key, Value })),
    })),
  };
}

function placed(request: RunInstancesCommandInput, { isSpot, subnetId }: { isSpot: boolean; subnetId: string }) {
  return {
    ...request,
    SubnetId: subnetId,
    // The same for repetitions of this request: one that timed out on its way back starts no second machine.
    ClientToken: newId(),
    ...(isSpot
      ? {
          InstanceMarketOptions: {
            MarketType: "spot" as const,
            SpotOptions: { SpotInstanceType: "one-time" as const, InstanceInterruptionBehavior: "terminate" as const },
          },
        }
      : {}),
  };
}

async function look(client: EC2Client, id: string): Promise<MachineState> {
  try {
    const { Reservations } = await client.send(new DescribeInstancesCommand({ InstanceIds: [id] }));
    const instance = Reservations?.[0]?.Instances?.[0];
    // Right after its start a machine may not be in the list yet; the boot deadline covers one that never is.
    if (!instance) return { phase: "pending", folderName: id, reason: null };
    const state = instance.State?.Name ?? "pending";
    const phase = state === "pending" ? "pending" : state === "running" ? "running" : "ended";
    return { phase, folderName: id, reason: instance.StateReason?.Message ?? null };
  } catch (error) {
    if (nameOf(error) === "InvalidInstanceID.NotFound") return { phase: "pending", folderName: id, reason: null };
    throw error;
  }
}

const ownMachines = ({ name }: Ec2Settings) => [{ Name: "tag:fieldport", Values: [name] }];

async function list(client: EC2Client, settings: Ec2Settings) {
  const found: Instance[] = [];
  let NextToken: string | undefined;
  const Filters = [
    ...ownMachines(settings),
    { Name: "tag-key", Values: ["fieldport:run"] },
    { Name: "instance-state-name", Values: ALIVE },
  ];
  do {
    const page = await client.send(new DescribeInstancesCommand({ Filters, MaxResults: 200, NextToken }));
    found.push(...(page.Reservations ?? []).flatMap(({ Instances }) => Instances ?? []));
    NextToken = page.NextToken === "" ? undefined : page.NextToken;
  } while (NextToken !== undefined);
  return found.flatMap(({ InstanceId: id, Tags = [], LaunchTime: startedAt = new Date(0) }) => {
    const runId = Tags.find(({ Key }) => Key === "fieldport:run")?.Value;
    return id && runId ? [{ id, runId, startedAt }] : [];
  });
}

const nameOf = (error: unknown) => (error instanceof Error ? error.name : "unknown");
