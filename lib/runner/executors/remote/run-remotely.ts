import { execFile } from "node:child_process";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { promisify } from "node:util";
import { messageOf } from "#lib/errors";
import type { MachineEnd, MachineJob, MachineWatch } from "../executor.ts";
import { StartFailure, type Cloud } from "./cloud.ts";
import { Mailbox, type Beat, type ToldEnd } from "./mailbox.ts";

const run = promisify(execFile);
const LOG_FILE_BYTES_MAX = 60_000_000;

export interface Pace {
  /** A machine that has not spoken by then is given up. */
  bootDeadlineS: number;
  /** A machine that spoke and is silent this long is lost. */
  silenceS: number;
  pollS: number;
  /** How long a machine may take after the app's limit for its log and output. */
  marginS: number;
}

export const PACE: Pace = { bootDeadlineS: 300, silenceS: 60, pollS: 2, marginS: 120 };

interface Course {
  cloud: Cloud;
  job: MachineJob;
  watch: MachineWatch;
  pace: Pace;
  machineId: string;
  mailbox: Mailbox | null;
  isDelivered: boolean;
  logParts: number;
  beat: Beat | null;
  /** On the clock of `performance.now()`, in seconds. */
  startedS: number;
  heardS: number | null;
  stopToldS: number | null;
}

const nowS = () => performance.now() / 1000;

/** One run on one machine of a cloud. Whatever happens, the machine has been told to end before this answers. */
export async function runRemotely(
  cloud: Cloud,
  { job, watch, pace = PACE }: { job: MachineJob; watch: MachineWatch; pace?: Pace },
): Promise<MachineEnd> {
  watch.onStep("provisioning");
  const refusal = cloud.refusal(job);
  if (refusal) return failed("provisioning", refusal, { isTemporary: false });
  let machine;
  try {
    await pack(job);
    await endEarlierMachines(cloud, job, watch);
    machine = await cloud.start(job, watch.signal);
  } catch (error) {
    if (watch.signal.aborted) return { ...NOTHING, how: "killed", why: "stopped" };
    if (!(error instanceof StartFailure)) throw error;
    return failed("provisioning", error.message, error);
  }
  const course: Course = {
    ...{ cloud, job, watch, pace, machineId: machine.id, mailbox: null, isDelivered: false, logParts: 0, beat: null },
    ...{ startedS: nowS(), heardS: null, stopToldS: null },
  };
  try {
    await watch.onMachine(machine);
    watch.onNote(`machine ${machine.id}: ${machine.note}`);
    watch.onStep("booting");
    return await follow(course);
  } finally {
    await endMachine(course);
  }
}

const NOTHING = { durationS: 0, cpuS: null, peakMemoryBytes: null, peakDiskBytes: null };

function failed(
  step: "provisioning" | "booting" | "installing",
  detail: string,
  { isTemporary }: { isTemporary: boolean },
): MachineEnd {
  return { ...NOTHING, how: "failed", step, detail, isTemporary };
}

/** A controller that died may have left one at work on this very run; two must not. */
async function endEarlierMachines(cloud: Cloud, { runId }: MachineJob, watch: MachineWatch): Promise<void> {
  try {
    for (const machine of (await cloud.list()).filter((one) => one.runId === runId)) {
      watch.onNote(`machine ${machine.id} of an earlier attempt is ended`);
      await cloud.terminate(machine.id);
    }
  } catch (error) {
    watch.onNote(`machines of earlier attempts could not be looked for: ${messageOf(error)}`);
  }
}

const packedPath = ({ folder }: MachineJob) => join(folder, "job.tar.gz");

async function pack(job: MachineJob): Promise<void> {
  await run("tar", ["-czf", packedPath(job), "-C", join(job.folder, "app"), "."]);
}

async function follow(course: Course): Promise<MachineEnd> {
  for (;;) {
    const { isOver, reason } = await lookAtMachine(course);
    const told = await readNews(course);
    if (told) return finish(course, told);
    if (isOver) return lost(course, `The machine has ended without a result${reason ? `: ${reason}` : "."}`);
    const end = judge(course);
    if (end) return end;
    await stopIfAsked(course);
    // A stop shall be told at once, but not turn this into a loop without a pause.
    await delay(
      course.pace.pollS * 1000,
      undefined,
      course.stopToldS === null ? { signal: course.watch.signal } : {},
    ).catch(() => undefined);
  }
}

/** Finds the machine's folder when it has one, and whether the cloud still knows the machine. */
async function lookAtMachine(course: Course): Promise<{ isOver: boolean; reason: string | null }> {
  try {
    const { phase, folderName, reason } = await course.cloud.look(course.machineId);
    if (folderName !== null) course.mailbox ??= new Mailbox(course.cloud.roleId, folderName);
    if (course.mailbox && !course.isDelivered) {
      await course.mailbox.deliver(packedPath(course.job), orderOf(course.job));
      course.isDelivered = true;
    }
    return { isOver: phase === "ended", reason };
  } catch (error) {
    // The deadlines below do not depend on an answer, so a cloud that does not answer costs nothing but patience.
    course.watch.onNote(
      `the machine could not be looked at or given its order, which is tried again: ${messageOf(error)}`,
    );
    return { isOver: false, reason: null };
  }
}

function orderOf(job: MachineJob) {
  const { entryPoint, outputPath, logPath, requirements, pythonVersion, environment, parametersJson } = job;
  const { network, limits } = job;
  return {
    ...{ entryPoint, outputPath, logPath, requirements, pythonVersion, environment, parametersJson },
    ...{ network, limits },
  };
}

async function readNews(course: Course): Promise<ToldEnd | null> {
  const { mailbox, watch } = course;
  if (!mailbox) return null;
  const end = await mailbox.readEnd();
  await readLog(course, mailbox);
  if (end) return end;
  const beat = await mailbox.readBeat();
  if (beat && beat.beat !== course.beat?.beat) {
    if (beat.step !== course.beat?.step && beat.step !== "booting") watch.onStep(beat.step);
    course.beat = beat;
    course.heardS = nowS();
  }
  return null;
}

async function readLog(course: Course, mailbox: Mailbox): Promise<void> {
  for (;;) {
    const part = await mailbox.readLogPart(course.logParts + 1);
    if (!part) return;
    course.logParts += 1;
    await course.watch.onOutput(part);
  }
}

/** What the clock says: never booted, silent for too long, or past every limit. */
function judge(course: Course): MachineEnd | null {
  const { pace, job, startedS, heardS, stopToldS } = course;
  const now = nowS();
  if (stopToldS !== null && now - stopToldS > job.limits.graceS + pace.marginS) return killed(course, "stopped");
  if (heardS === null) {
    if (course.watch.signal.aborted) return killed(course, "stopped");
    if (now - startedS <= pace.bootDeadlineS) return null;
    const detail = `The machine did not answer within its boot deadline of ${pace.bootDeadlineS} s.`;
    return failed("booting", detail, { isTemporary: true });
  }
  if (now - heardS > pace.silenceS) return lost(course, `The machine has not spoken for ${pace.silenceS} s.`);
  const limitS = pace.bootDeadlineS + job.limits.timeoutS + job.limits.graceS + pace.marginS;
  return now - startedS > limitS ? killed(course, "time") : null;
}

async function stopIfAsked(course: Course): Promise<void> {
  if (!course.watch.signal.aborted || course.stopToldS !== null || !course.mailbox) return;
  course.watch.onStep("terminating");
  course.stopToldS = nowS();
  await course.mailbox.tellToStop();
}

const baseOf = ({ startedS }: Course) => ({ ...NOTHING, durationS: nowS() - startedS });

function killed(course: Course, why: "time" | "stopped"): MachineEnd {
  return { ...baseOf(course), how: "killed", why };
}

function lost(course: Course, detail: string): MachineEnd {
  return { ...baseOf(course), how: "lost", detail };
}

async function finish({ mailbox, job }: Course, told: ToldEnd): Promise<MachineEnd> {
  const { logParts: _, ...end } = told;
  const app = join(job.folder, "app");
  // What lies there was sent to the machine; only what came back from it counts.
  await rm(join(app, job.outputPath), { recursive: true, force: true });
  await mailbox?.fetchFile("output", join(app, job.outputPath), job.limits.diskMb * 2 ** 20);
  if (job.logPath) await mailbox?.fetchFile("app-log", join(app, job.logPath), LOG_FILE_BYTES_MAX);
  const base = { cpuS: null, peakMemoryBytes: null };
  return end.how === "failed" ? { ...base, ...end, isTemporary: false } : { ...base, ...end };
}

/** Ends the machine and clears its folder. Failing is noted: the reaper and the machine's own timer come after this. */
async function endMachine(course: Course): Promise<void> {
  const { cloud, machineId, mailbox, watch } = course;
  await cloud.terminate(machineId).catch((error: unknown) => {
    watch.onNote(`machine ${machineId} could not be told to end, the reaper will: ${messageOf(error)}`);
  });
  await mailbox?.empty(course.logParts).catch(() => undefined);
  await rm(packedPath(course.job), { force: true });
}
