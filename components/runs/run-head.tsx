"use client";

import Link from "next/link";
import type { ReactNode } from "react";
import { Note } from "#components/ui/note";
import { ProgressBar } from "#components/ui/progress-bar";
import { RunStateBadge } from "#components/ui/run-state-badge";
import { StateBadge } from "#components/ui/state-badge";
import { Tag } from "#components/ui/tag";
import { Time } from "#components/ui/time";
import { useNow } from "#components/ui/use-now";
import { formatAge } from "#lib/format/ages";
import { formatDuration } from "#lib/format/durations";
import { adviceFor } from "#lib/runs/advice";
import { remainingS } from "#lib/runs/remaining";
import { isLive, type RunDetail, type RunOrigin } from "#lib/runs/schema";
import { useFeed } from "./run-feed-provider.tsx";
import { stepWords } from "#lib/runs/step-words";

interface RunHeadProps {
  origin: RunOrigin | null;
  /** Where it failed, when the last step is only what was put in order afterwards. */
  failedStep?: string | null;
  timeZone: string;
  /** The instant the page was made. */
  now: string;
}

/** Title, state, how this answer came about, and how far the run is. */
export function RunHead({ origin, failedStep = null, timeZone, now }: RunHeadProps) {
  const { run } = useFeed();
  const nowMs = useNow(now, 1);
  return (
    <div className="gutter-x border-b border-line pt-5 pb-4">
      <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1.5">
        <h1 className="[overflow-wrap:anywhere]">{run.title}</h1>
        <RunStateBadge state={run.state} pill>
          {run.queuePosition === null ? null : `, place ${run.queuePosition}`}
        </RunStateBadge>
        <Tag mono>
          {run.algorithm} v{run.version}
        </Tag>
        {origin ? <OriginBadge origin={origin} finishedAt={run.finishedAt} nowMs={nowMs} /> : null}
      </div>
      <div className="mt-3.5" aria-live="polite" aria-atomic={false}>
        {isLive(run.state) ? (
          <LiveProgress run={run} nowMs={nowMs} />
        ) : (
          <Ending run={run} failedStep={failedStep} timeZone={timeZone} now={now} />
        )}
      </div>
    </div>
  );
}

function OriginBadge({ origin, finishedAt, nowMs }: { origin: RunOrigin; finishedAt: string | null; nowMs: number }) {
  if (origin === "new") return <Tag>new</Tag>;
  if (origin === "joined") {
    return (
      <StateBadge state="info" pill>
        joined a running one
      </StateBadge>
    );
  }
  return (
    <StateBadge state="info" pill>
      stored result{finishedAt === null ? "" : `, ${formatAge(finishedAt, nowMs)} ago`}
    </StateBadge>
  );
}

function LiveProgress({ run, nowMs }: { run: RunDetail; nowMs: number }) {
  const isQueued = run.state === "queued";
  const fraction = tellsProgress(run) ? run.progressFraction : null;
  return (
    <div className="flex items-center gap-4">
      {isQueued || fraction === null ? null : (
        <span className="text-2xl font-bold tracking-[-.015em] whitespace-nowrap" aria-hidden>
          {Math.floor(fraction * 100)}
          <span className="ml-[.22em] text-[15px] font-normal text-muted">%</span>
        </span>
      )}
      <div className="min-w-0 flex-1">
        <ProgressBar large fraction={isQueued ? 0 : fraction} label="Run progress" caption={null} />
        <div className="mt-1.5 flex justify-between gap-4 text-xs text-muted">
          <span>{isQueued ? queueWords(run) : stepWords(run.step) || "Starting"}</span>
          <span className="text-right">{isQueued ? startWords(run) : paceWords(run, nowMs)}</span>
        </div>
        {run.cancelRequested ? <p className="mt-1.5 text-xs text-muted">Cancelling, within about a second.</p> : null}
      </div>
    </div>
  );
}

/** How far a foreign program is, nobody knows: its steps are no shares of its time. */
const tellsProgress = ({ algorithm }: RunDetail) => algorithm !== "run-app";

function queueWords({ queuePosition, step }: RunDetail): string {
  // While it is queued: what it waits for, besides its place.
  if (step !== "") return step;
  if (queuePosition === null || queuePosition === 1) return "Next in the queue";
  return queuePosition === 2 ? "1 run is before it" : `${queuePosition - 1} runs are before it`;
}

function startWords({ expectedStartS, step }: RunDetail): ReactNode {
  if (step !== "") return "starts by itself";
  if (expectedStartS === null) {
    return (
      <>
        start not known yet;{" "}
        <Link href="/health" className="link">
          is a worker running?
        </Link>
      </>
    );
  }
  return expectedStartS < 2 ? "starts at once" : `starts in about ${formatDuration(roundedS(expectedStartS))}`;
}

function paceWords(run: RunDetail, nowMs: number): string {
  const elapsedS = Math.max(0, (nowMs - Date.parse(run.startedAt ?? run.queuedAt)) / 1000);
  const leftS = remainingS({
    elapsedS,
    progressFraction: tellsProgress(run) ? run.progressFraction : 0,
    expectedDurationS: run.expectedDurationS,
  });
  const elapsed = `${formatDuration(Math.floor(elapsedS))} elapsed`;
  return leftS === null ? elapsed : `${elapsed}, about ${formatDuration(roundedS(leftS))} left`;
}

/** An estimate to the second would promise what it cannot keep. */
function roundedS(durationS: number): number {
  if (durationS < 20) return Math.max(1, Math.round(durationS));
  return durationS < 600 ? Math.round(durationS / 10) * 10 : Math.round(durationS / 60) * 60;
}

interface EndingProps {
  run: RunDetail;
  failedStep: string | null;
  timeZone: string;
  now: string;
}

function Ending({ run, failedStep, timeZone, now }: EndingProps) {
  const advice = adviceFor(run);
  const when: ReactNode = <Time at={run.finishedAt} timeZone={timeZone} now={now} />;
  const durationS =
    run.startedAt && run.finishedAt ? (Date.parse(run.finishedAt) - Date.parse(run.startedAt)) / 1000 : null;
  if (advice === null) {
    return (
      <p className="text-sm text-muted">
        {run.state === "cancelled" ? "Cancelled" : "Finished"} {when}
        {durationS === null ? " before it started" : `, after ${formatDuration(durationS)}`}
        {run.state === "cancelled" ? ". Nothing of it was written." : ""}
      </p>
    );
  }
  const step = failedStep ?? run.steps.at(-1)?.name;
  return (
    <Note state="fault" title={run.errorDetail ?? "The run did not succeed."}>
      <p>
        {step ? `In step “${stepWords(step)}”, ` : "Before its first step, "}
        {durationS === null ? "" : `after ${formatDuration(durationS)}, `}attempt {run.attempt}, {when}. {advice}
      </p>
    </Note>
  );
}
