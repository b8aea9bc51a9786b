import Link from "next/link";
import { KeyValues } from "#components/ui/key-values";
import { stepWords } from "#lib/runs/step-words";
import { Section } from "#components/ui/section";
import { formatBytes } from "#lib/format/bytes";
import { formatDuration } from "#lib/format/durations";
import { formatUsd } from "#lib/format/numbers";
import type { AppExecution } from "#lib/runner/schema";

/** How the program of a run of an app ended, and its logs. */
export function ExecutionFacts({ execution }: { execution: AppExecution }) {
  const { exitCode, failedStep, durationS, machineS, peakMemoryBytes, machineLogId, appLog, commitSha } = execution;
  const { isLogTruncated } = execution;
  const items = [
    {
      key: "App",
      value: (
        <Link className="link" href={`/runner/${execution.appId}`}>
          {execution.appName}, revision {execution.revisionNo}
        </Link>
      ),
    },
    ...(commitSha ? [{ key: "Commit", value: <code className="font-mono">{commitSha.slice(0, 12)}</code> }] : []),
    ...(failedStep ? [{ key: "Failed while", value: stepWords(failedStep), changed: true }] : []),
    {
      key: "Exit code",
      value: exitCode === null ? "none" : String(exitCode),
      changed: exitCode !== null && exitCode !== 0,
    },
    { key: "Ran for", value: durationS === null ? "–" : formatDuration(durationS) },
    { key: "Peak memory", value: peakMemoryBytes === null ? "–" : formatBytes(peakMemoryBytes) },
    { key: "Ran in", value: execution.executor },
    { key: "Machine time", value: machineS > 0 ? formatDuration(machineS) : "–" },
    { key: "Cost", value: costWords(execution) },
    {
      key: "Logs",
      value: (
        <>
          {machineLogId ? (
            <LogLink artifactId={machineLogId}>machine log{isLogTruncated ? " (shortened)" : ""}</LogLink>
          ) : (
            "–"
          )}
          {appLog === "none" ? ", the app wrote none" : null}
          {appLog !== null && appLog !== "none" ? (
            <>
              {", "}
              <LogLink artifactId={appLog}>app log</LogLink>
            </>
          ) : null}
        </>
      ),
    },
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

function LogLink({ artifactId, children }: { artifactId: string; children: React.ReactNode }) {
  return (
    <a className="link" href={`/api/v1/artifacts/${artifactId}/content`}>
      {children}
    </a>
  );
}
