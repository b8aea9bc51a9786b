import type { Availability, MachineJob, MachineRef, PaidMachine } from "../executor.ts";

export interface StartedMachine extends PaidMachine {
  id: string;
  /** What a person wants to know of it: its type, whether it is spot, its zone. */
  note: string;
}

export interface MachineState {
  phase: "pending" | "running" | "ended";
  /** The machine's name in its folder in object storage, once it has one. */
  folderName: string | null;
  /** Why it has ended, in the cloud's words. */
  reason: string | null;
}

/** What differs between clouds' ways of giving a machine: to get one, to look at it, to end it, to list all of ours. */
export interface Cloud {
  name: "ec2" | "batch";
  /** The part of a machine's identity that is its role's. */
  roleId: string;
  availability: () => Promise<Availability>;
  /** Why this cloud cannot hold what the job asks for; null when it can. */
  refusal: (job: MachineJob) => string | null;
  /** @throws StartFailure */
  start: (job: MachineJob, signal: AbortSignal) => Promise<StartedMachine>;
  look: (id: string) => Promise<MachineState>;
  /** Of a machine that is gone already: does nothing. */
  terminate: (id: string) => Promise<void>;
  list: () => Promise<MachineRef[]>;
}

/** No machine was to be had. Temporary: the same request may succeed later. */
export class StartFailure extends Error {
  readonly isTemporary: boolean;

  constructor(detail: string, { isTemporary, cause }: { isTemporary: boolean; cause?: unknown }) {
    super(detail, { cause });
    this.isTemporary = isTemporary;
  }
}

/** What both clouds mark their machines with, so that they are found again and counted. */
export function tagsOf(name: string, job: Pick<MachineJob, "runId" | "workspaceId">): Record<string, string> {
  return {
    Name: `${name}-app`,
    fieldport: name,
    "fieldport:run": job.runId,
    "fieldport:workspace": job.workspaceId,
  };
}
