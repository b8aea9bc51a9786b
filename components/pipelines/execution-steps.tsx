import Link from "next/link";
import { Note } from "#components/ui/note";
import { Time } from "#components/ui/time";
import { formatDuration } from "#lib/format/durations";
import type { ExecutionDetail, ExecutionStep } from "#lib/pipelines/schema";
import { StepBadge } from "./pipeline-words.tsx";

interface ExecutionStepsProps {
  execution: ExecutionDetail;
  timeZone: string;
  nowMs: number;
}

/** The steps of one run in their order: what each did, does, or waits for. */
export function ExecutionSteps({ execution, timeZone, nowMs }: ExecutionStepsProps) {
  return (
    <ol aria-label="Steps" className="border-t border-line">
      {execution.steps.map((step) => (
        <li key={step.ordinal} className="grid grid-cols-[28px_minmax(0,1fr)_auto] gap-x-2 border-b border-line py-3">
          <span aria-hidden className="font-mono text-sm text-muted">
            {step.ordinal + 1}
          </span>
          <div className="min-w-0">
            <h3 className="text-sm font-bold">{step.title}</h3>
            <StepWords step={step} timeZone={timeZone} nowMs={nowMs} />
          </div>
          <div className="text-right">
            <StepBadge state={step.state} isRetrying={step.state === "running" && step.retryAt !== null} />
            <div className="text-xs text-muted">{lengthOf(step, nowMs)}</div>
          </div>
        </li>
      ))}
    </ol>
  );
}

function StepWords({ step, timeZone, nowMs }: { step: ExecutionStep } & Omit<ExecutionStepsProps, "execution">) {
  return (
    <>
      {step.note ? <p className="text-sm text-muted">{step.note}</p> : null}
      {step.errorDetail ? (
        <Note state={step.retryAt ? "suspect" : "fault"} className="mt-1.5">
          {step.errorDetail}
          {step.retryAt ? (
            <>
              {" "}
              Try {step.attempt + 1} at <Time at={step.retryAt} timeZone={timeZone} now={new Date(nowMs)} show="time" />
              .
            </>
          ) : null}
        </Note>
      ) : null}
      {step.runs.length > 0 ? (
        <ul className="mt-1 flex flex-col gap-0.5 text-xs">
          {step.runs.map((run) => (
            <li key={`${run.attempt} ${run.id}`} className="flex flex-wrap gap-x-2">
              <Link href={`/runs/${run.id}`} className="link">
                {run.title}
              </Link>
              <span className="text-muted">{run.state.replace("_", " ")}</span>
              {run.datasetId ? (
                <Link href={`/datasets/${run.datasetId}`} className="link">
                  dataset
                </Link>
              ) : null}
            </li>
          ))}
        </ul>
      ) : null}
    </>
  );
}

function lengthOf({ state, startedAt, finishedAt }: ExecutionStep, nowMs: number): string {
  if (startedAt === null || state === "skipped") return "";
  const endMs = finishedAt === null ? nowMs : Date.parse(finishedAt);
  return formatDuration(Math.max(0, Math.round((endMs - Date.parse(startedAt)) / 1000)));
}
