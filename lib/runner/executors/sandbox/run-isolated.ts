import { setTimeout as delay } from "node:timers/promises";
import type { MachineEnd, MachineWatch } from "../executor.ts";
import { makeControlGroup, type ControlGroup } from "./control-group.ts";
import { watchDisk } from "./disk-watch.ts";
import { launch, type Sandbox, type SandboxCommand } from "./launch.ts";
import { membersOf, residentBytes } from "./members.ts";
import type { EndedReport, SupervisorReport } from "./reports.ts";

const BOOT_MS = 15_000;
const MEMORY_LOOK_MS = 250;
/** After the supervisor's own grace, before everything is killed from outside. */
const MARGIN_MS = 3_000;

type Why = "memory" | "disk" | "time" | "stopped";

interface Passage {
  sandbox: Sandbox;
  command: SandboxCommand;
  watch: MachineWatch;
  /** What it fills: its size is limited. */
  folder: string;
  group: ControlGroup | null;
  ended: EndedReport | null;
  unstartable: string | null;
  why: Why | null;
  peakBytes: number;
  peakDiskBytes: number | null;
  startedMs: number;
}

/**
 * Runs one program in a sandbox to its end. Time, memory and disk are watched from outside; the supervisor inside has a
 * deadline of its own, and the kernel ends the sandbox with this process.
 */
export async function runIsolated(
  command: SandboxCommand,
  { id, folder, watch }: { id: string; folder: string; watch: MachineWatch },
): Promise<MachineEnd> {
  const sandbox = launch(command);
  const startedMs = performance.now();
  const passage: Passage = {
    ...{ sandbox, command, watch, folder, group: null, ended: null, unstartable: null, why: null },
    ...{ peakBytes: 0, peakDiskBytes: null, startedMs },
  };
  try {
    if (!(await isReady(sandbox))) return notBooted(passage);
    passage.group = await makeControlGroup(id, command.limits);
    await confine(passage);
    sandbox.onReport((report) => note(passage, report));
    const reading = readOutput(passage);
    sandbox.order(passage.group !== null);
    await guard(passage);
    await reading;
    return await endOf(passage);
  } finally {
    sandbox.kill();
    await sandbox.closed;
    await passage.group?.remove();
  }
}

async function isReady(sandbox: Sandbox): Promise<boolean> {
  const ready = new Promise<boolean>((resolve) => sandbox.onReport(({ kind }) => resolve(kind === "ready")));
  const timeout = new AbortController();
  try {
    const late = delay(BOOT_MS, false, { signal: timeout.signal }).catch(() => false);
    return (await Promise.race([ready, sandbox.closed.then(() => false), late])) && sandbox.initPid() !== null;
  } finally {
    timeout.abort();
  }
}

/** Puts the sandbox under its limits before the program starts; without a group the watcher alone holds them. */
async function confine(passage: Passage): Promise<void> {
  const { group, sandbox } = passage;
  const initPid = sandbox.initPid();
  if (!group || initPid === null) return;
  try {
    await group.add(await membersOf(initPid));
  } catch {
    await group.remove();
    passage.group = null;
  }
}

function note(passage: Passage, report: SupervisorReport): void {
  if (report.kind === "started") passage.watch.onStep("running");
  if (report.kind === "ended") passage.ended = report;
  if (report.kind === "unstartable") passage.unstartable = report.detail;
}

async function readOutput({ sandbox, watch }: Passage): Promise<void> {
  for await (const chunk of sandbox.output as AsyncIterable<Buffer>) await watch.onOutput(chunk);
}

/** Stands by until the sandbox has ended, and ends it when it is told to or a limit is reached. */
async function guard(passage: Passage): Promise<void> {
  const { sandbox, command, watch } = passage;
  const { limits } = command;
  const timers: NodeJS.Timeout[] = [];
  const end = (why: Why, isGentle: boolean) => {
    if (passage.why) return;
    passage.why = why;
    if (!isGentle) {
      sandbox.kill();
      return;
    }
    sandbox.stop();
    timers.push(setTimeout(() => sandbox.kill(), limits.graceS * 1000 + MARGIN_MS));
  };
  const onStop = () => end("stopped", true);
  watch.signal.addEventListener("abort", onStop);
  if (watch.signal.aborted) onStop();
  timers.push(setTimeout(() => end("time", true), limits.timeoutS * 1000));
  timers.push(setInterval(() => void lookAtMemory(passage, () => end("memory", false)), MEMORY_LOOK_MS));
  const limitBytes = limits.diskMb * 2 ** 20;
  const disk = watchDisk(passage.folder, { limitBytes, onLimit: () => end("disk", false) });
  try {
    await sandbox.closed;
  } finally {
    timers.forEach(clearTimeout);
    passage.peakDiskBytes = await disk.end();
    watch.signal.removeEventListener("abort", onStop);
  }
}

async function lookAtMemory(passage: Passage, onLimit: () => void): Promise<void> {
  const initPid = passage.sandbox.initPid();
  if (initPid === null) return;
  const bytes = await residentBytes(await membersOf(initPid));
  passage.peakBytes = Math.max(passage.peakBytes, bytes);
  passage.watch.onMemory(bytes);
  if (bytes > passage.command.limits.memoryMb * 2 ** 20) onLimit();
}

function notBooted({ sandbox, startedMs }: Passage): MachineEnd {
  const said = sandbox.lastWords() || `nothing within ${BOOT_MS / 1000} s`;
  const base = {
    durationS: (performance.now() - startedMs) / 1000,
    cpuS: null,
    peakMemoryBytes: null,
    peakDiskBytes: null,
  };
  return { ...base, how: "failed", step: "booting", detail: `The sandbox did not start: ${said}.`, isTemporary: false };
}

async function endOf(passage: Passage): Promise<MachineEnd> {
  const { ended, group, unstartable, sandbox } = passage;
  const [peak, wasShort] = await Promise.all([group?.peakMemoryBytes() ?? null, group?.wasShortOfMemory() ?? false]);
  // What one process held at most counts when it ended between two looks. The group's own peak has the pages of files
  // in it that were merely read, so it says something only where memory ran out.
  const held = Math.max(passage.peakBytes, ended?.maxRssBytes ?? 0);
  const peakMemoryBytes = wasShort ? (peak ?? held) : held;
  const durationS = ended?.durationS ?? (performance.now() - passage.startedMs) / 1000;
  const base = { durationS, cpuS: ended?.cpuS ?? null, peakMemoryBytes, peakDiskBytes: passage.peakDiskBytes };
  if (unstartable !== null) {
    const detail = `The program could not be started: ${unstartable}.`;
    return { ...base, how: "failed", step: "booting", detail, isTemporary: false };
  }
  const isKilled = ended === null || ended.exitCode !== 0;
  if (isKilled && wasShort) return { ...base, how: "killed", why: "memory" };
  if (passage.why && ended?.why !== "exited") return { ...base, how: "killed", why: passage.why };
  if (ended?.why === "deadline") return { ...base, how: "killed", why: "time" };
  if (ended?.why === "exited") {
    const signal = ended.exitCode < 0 ? `signal ${-ended.exitCode}` : null;
    return { ...base, how: "exited", exitCode: ended.exitCode, signal };
  }
  const said = sandbox.lastWords();
  const detail = `The sandbox ended without a word${said ? ` (${said})` : ""}: its supervisor was killed from outside.`;
  return { ...base, how: "lost", detail };
}
