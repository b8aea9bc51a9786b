import type { ChildProcess } from "node:child_process";
import { messageOf } from "#lib/errors";
import { log } from "#lib/log";
import { subscribe } from "#lib/live/subscribe";
import { childReport, type ChildOrder, type ChildStop } from "./protocol.ts";
import { residentMemoryBytes } from "./resident-memory.ts";
import type { RunReporter } from "./run-reporter.ts";
import { HEARTBEAT_MS, LEASE_S, type ClaimedRun, type Lease } from "./store.ts";

export type ChildEnd =
  | { how: "succeeded" }
  | { how: "failed"; code: string; detail: string; isTemporary: boolean }
  | { how: "cancelled" }
  | { how: "timed-out" }
  | { how: "out-of-memory" }
  | { how: "shutdown" }
  | { how: "lease-lost" }
  | { how: "crashed"; exitCode: number | null; signal: string | null; lastOutput: string };

type KillReason = Extract<ChildEnd["how"], "cancelled" | "timed-out" | "out-of-memory" | "shutdown" | "lease-lost">;

type Outcome = Extract<ChildEnd, { how: "succeeded" }> | Extract<ChildEnd, { how: "failed" }>;

export interface Supervision {
  child: ChildProcess;
  run: ClaimedRun;
  lease: Lease;
  reporter: RunReporter;
  /** Time to end in order after a cancel or at the time limit; 0: killed at once. */
  stopGraceS: number;
  shutdown: AbortSignal;
  onAccepted: () => Promise<void>;
}

const MEMORY_CHECK_MS = 250;
const BOOT_S = 60;

/** Watches one child until it has ended: its reports, its memory, its time, and everyone who may want it to stop. */
export async function superviseChild(supervision: Supervision): Promise<ChildEnd> {
  const { child, run, lease, reporter, shutdown } = supervision;
  const state: { killReason: KillReason | null; outcome: Outcome | null } = { killReason: null, outcome: null };
  let lastOutput = "";
  const timers: NodeJS.Timeout[] = [];

  const stop = (reason: KillReason) => {
    const isGentle = supervision.stopGraceS > 0 && (reason === "cancelled" || reason === "timed-out");
    if (isGentle && state.killReason !== null) return;
    state.killReason ??= reason;
    if (!isGentle) {
      child.kill("SIGKILL");
      return;
    }
    child.send({ kind: "stop" } satisfies ChildStop, (error) => {
      if (error) child.kill("SIGKILL");
    });
    timers.push(setTimeout(() => child.kill("SIGKILL"), supervision.stopGraceS * 1000));
  };
  const onShutdown = () => stop("shutdown");
  const endAfter = (seconds: number) => setTimeout(() => stop("timed-out"), seconds * 1000);
  // What a busy machine takes to boot a process is not the run's time.
  let limit = endAfter(run.timeoutS + BOOT_S);

  child.on("message", (message: unknown) => {
    const report = childReport.safeParse(message);
    if (!report.success) return;
    const { data } = report;
    if (data.kind === "accepted") {
      clearTimeout(limit);
      limit = endAfter(run.timeoutS);
      void supervision.onAccepted().catch(noteFailure);
    } else if (data.kind === "progress") reporter.progress(data.fraction, data.step);
    else if (data.kind === "log") reporter.log(data.level, data.text, new Date(data.at));
    else if (data.kind === "memory") checkMemory(data.rssBytes);
    else if (data.kind === "succeeded") state.outcome = { how: "succeeded" };
    else if (data.kind === "failed") {
      const { code, detail, isTemporary } = data;
      state.outcome = { how: "failed", code, detail, isTemporary };
    }
  });
  const keepOutput = (chunk: Buffer) => {
    lastOutput = (lastOutput + chunk.toString()).slice(-500);
  };
  child.stdout?.on("data", keepOutput);
  child.stderr?.on("data", keepOutput);

  const checkMemory = (rssBytes: number) => {
    reporter.memory(rssBytes);
    if (rssBytes > run.memoryMb * 1024 * 1024) stop("out-of-memory");
  };
  const exited = new Promise<{ exitCode: number | null; signal: string | null }>((resolve) => {
    child.once("exit", (exitCode, signal) => resolve({ exitCode, signal }));
    child.once("error", (error) => {
      lastOutput = messageOf(error);
      resolve({ exitCode: null, signal: null });
    });
  });

  timers.push(setInterval(() => void watchMemory(child, checkMemory), MEMORY_CHECK_MS));
  timers.push(setInterval(() => void beat(), HEARTBEAT_MS));
  let lastBeatAt = performance.now();
  const beat = async () => {
    try {
      const { isOurs, isCancelRequested } = await reporter.heartbeat();
      lastBeatAt = performance.now();
      if (!isOurs && state.outcome === null) stop("lease-lost");
      if (isCancelRequested) stop("cancelled");
    } catch (error) {
      noteFailure(error);
      // Without a database the lease runs out and another worker may take over: stop before that happens.
      if (performance.now() - lastBeatAt > LEASE_S * 800) stop("lease-lost");
    }
  };
  const unsubscribe = await subscribe((message) => {
    if (message !== "reconnected" && message.topic === "run-cancel" && message.id === run.id) void beat();
  }).catch(() => () => undefined);
  shutdown.addEventListener("abort", onShutdown);
  if (shutdown.aborted) onShutdown();

  const order: ChildOrder = {
    kind: "execute",
    runId: run.id,
    workspaceId: run.workspaceId,
    attempt: lease.attempt,
    startedAt: new Date(),
  };
  child.send(order, (error) => {
    if (error) child.kill("SIGKILL");
  });

  try {
    const { exitCode, signal } = await exited;
    // What the child finished counts, even if the order to stop came at the same moment.
    if (state.outcome?.how === "succeeded") return state.outcome;
    // One that was told to stop and ended in order says that it failed; why it did is known better here.
    if (state.killReason) return { how: state.killReason };
    if (state.outcome) return state.outcome;
    return { how: "crashed", exitCode, signal, lastOutput: lastOutput.trim() };
  } finally {
    clearTimeout(limit);
    timers.forEach(clearInterval);
    shutdown.removeEventListener("abort", onShutdown);
    unsubscribe();
  }
}

async function watchMemory(child: ChildProcess, check: (rssBytes: number) => void): Promise<void> {
  const rssBytes = child.pid === undefined ? null : await residentMemoryBytes(child.pid);
  if (rssBytes !== null) check(rssBytes);
}

function noteFailure(error: unknown): void {
  log.warn("run.supervision_hiccup", { error: messageOf(error) });
}
