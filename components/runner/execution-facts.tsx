import Link from "next/link";
import { KeyValues } from "#components/ui/key-values";
import { ProgressBar } from "#components/ui/progress-bar";
import { Section } from "#components/ui/section";
import { formatDuration } from "#lib/format/durations";
import { formatNumber, formatUsd } from "#lib/format/numbers";
import { exitWords, shellExitCode } from "#lib/runner/core/exit-words";
import type { AppExecution } from "#lib/runner/schema";
import type { RunDetail } from "#lib/runs/schema";
import { stepWords } from "#lib/runs/step-words";
import { CommitLink } from "./commit-link.tsx";

interface ExecutionFactsProps {
  execution: AppExecution;
  run: Pick<RunDetail, "state" | "errorCode">;
}

/** How the program of a run of an app ended, and what it used of what it may use. */
export function ExecutionFacts({ execution, run }: ExecutionFactsProps) {
  const { exitCode, failedStep, durationS, peakMemoryBytes, peakDiskBytes, commitSha, gitUrl, appLog } = execution;
  const { timeoutS, memoryMb, diskMb } = execution;
  const { errorCode } = run;
  const isCancelled = run.state === "cancelled";
  const items = [
    {
      key: "App",
      value: (
        <Link className="link" href={`/runner/${execution.appId}`}>
          {execution.appName}, revision {execution.revisionNo}
        </Link>
      ),
    },
    ...(commitSha ? [{ key: "Commit", value: <CommitLink gitUrl={gitUrl} commitSha={commitSha} /> }] : []),
    ...(failedStep
      ? [{ key: isCancelled ? "Cancelled while" : "Failed while", value: stepWords(failedStep), changed: !isCancelled }]
      : []),
    {
      key: "Exit code",
      value: endWords(exitCode, isCancelled ? "cancelled" : errorCode),
      changed: exitCode !== null && exitCode !== 0,
    },
    {
      key: "Ran for",
      value:
        durationS === null ? (
          "–"
        ) : (
          <Used
            label="Time of its limit"
            fraction={durationS / timeoutS}
            isOver={errorCode === "timed_out"}
            words={`${formatDuration(durationS)} of ${formatDuration(timeoutS)}`}
          />
        ),
    },
    {
      key: "Memory",
      value:
        peakMemoryBytes === null ? (
          "–"
        ) : (
          <Used
            label="Peak memory of its limit"
            fraction={peakMemoryBytes / (memoryMb * 2 ** 20)}
            isOver={errorCode === "out_of_memory"}
            words={`${inMb(peakMemoryBytes)} of ${formatNumber(memoryMb)} MB`}
          />
        ),
    },
    {
      key: "Disk",
      value:
        peakDiskBytes === null ? (
          `${errorCode === "disk_full" ? "more than its" : "within its"} ${formatNumber(diskMb)} MB`
        ) : (
          <Used
            label="Peak disk use of its limit"
            fraction={peakDiskBytes / (diskMb * 2 ** 20)}
            isOver={errorCode === "disk_full"}
            words={`${inMb(peakDiskBytes)} of ${formatNumber(diskMb)} MB`}
          />
        ),
    },
    { key: "Ran in", value: execution.executor },
    { key: "Machine time", value: execution.machineS > 0 ? formatDuration(execution.machineS) : "–" },
    { key: "Cost", value: costWords(execution) },
    ...(appLog === "none" ? [{ key: "App’s own log", value: "none was written" }] : []),
  ];
  return (
    <Section title="Program">
      <KeyValues items={items} />
    </Section>
  );
}

function costWords({ costUsd, usdPerHour, machineS }: AppExecution): string {
  if (costUsd === null) return machineS > 0 ? "no price is set" : "–";
  return usdPerHour === null || usdPerHour === 0
    ? formatUsd(costUsd)
    : `${formatUsd(costUsd)} at ${formatUsd(usdPerHour)} an hour`;
}

interface UsedProps {
  label: string;
  fraction: number;
  isOver: boolean;
  words: string;
}

/** Nearly all of a limit is worth a look before the next, larger input. */
const NEAR = 0.9;

function Used({ label, fraction, isOver, words }: UsedProps) {
  return (
    <>
      {words}
      <ProgressBar
        label={label}
        fraction={isOver ? 1 : fraction}
        tone={isOver || fraction > NEAR ? "failed" : "active"}
        caption={null}
      />
    </>
  );
}

/** In the megabytes of the manifest, which are those of the machine: 2^20 bytes. */
function inMb(bytes: number): string {
  const mb = bytes / 2 ** 20;
  return mb > 0 && mb < 0.1 ? "< 0.1" : formatNumber(mb, { decimalsMax: 1 });
}

const STOPPED: Readonly<Record<string, string>> = {
  out_of_memory: "none: killed at its memory limit",
  timed_out: "none: stopped at its time limit",
  disk_full: "none: stopped at its disk limit",
  cancelled: "none: it was told to end",
  lost: "none: its machine was lost",
};

function endWords(exitCode: number | null, errorCode: string | null): string {
  if (exitCode === null) return STOPPED[errorCode ?? ""] ?? "none";
  const words = exitWords(exitCode);
  return `${shellExitCode(exitCode)}${words === null ? "" : `: ${words}`}`;
}
