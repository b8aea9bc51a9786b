import { RunFailure } from "#lib/runs/run-failure";
import { exitWords, shellExitCode } from "../core/exit-words.ts";
import type { MachineEnd, MachineLimits } from "../executors/executor.ts";

/** Why a passage is no success, as a person reads it; null for exit code 0. */
export function failureOf(end: MachineEnd, limits: MachineLimits): RunFailure | null {
  switch (end.how) {
    case "exited":
      return end.exitCode === 0 ? null : exitFailure(end);
    case "killed":
      return killFailure(end.why, limits);
    case "failed":
      return new RunFailure(end.step, end.detail, { isTemporary: end.isTemporary });
    case "lost":
      return new RunFailure("lost", end.detail);
  }
}

function exitFailure({ exitCode }: Extract<MachineEnd, { how: "exited" }>): RunFailure {
  const words = exitWords(exitCode);
  const how = `ended with exit code ${shellExitCode(exitCode)}${words === null ? "" : `: ${words}`}`;
  return new RunFailure("app_failed", `The app ${how}.`);
}

function killFailure(why: "memory" | "disk" | "time" | "stopped", limits: MachineLimits): RunFailure {
  switch (why) {
    case "memory": {
      const detail = `The app used more than its ${limits.memoryMb} MB of memory. Raise memoryMb, or run it on less.`;
      return new RunFailure("out_of_memory", detail);
    }
    case "disk":
      return new RunFailure(
        "disk_full",
        `The app wrote more than its ${limits.diskMb} MB. Raise diskMb, or let it write less.`,
      );
    case "time":
      return new RunFailure("timed_out", `The app was stopped at its limit of ${limits.timeoutS} s.`);
    case "stopped":
      return new RunFailure("stopped", "The app was stopped before it had ended.");
  }
}
