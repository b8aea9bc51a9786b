import { StateBadge } from "#components/ui/state-badge";
import type { Shape } from "#components/ui/state-shape";
import { scheduleWords } from "#lib/pipelines/core/schedule-words";
import type { ExecutionState, ExecutionSummary, PipelineSummary, StepState } from "#lib/pipelines/schema";

const EXECUTION_SHAPES: Readonly<Record<ExecutionState, Shape>> = {
  running: "running",
  succeeded: "good",
  failed: "fault",
  cancelled: "paused",
};

export function ExecutionBadge({ state, pill }: { state: ExecutionState; pill?: boolean }) {
  return (
    <StateBadge state={EXECUTION_SHAPES[state]} pill={pill}>
      {state}
    </StateBadge>
  );
}

const STEP_SHAPES: Readonly<Record<StepState, Shape>> = {
  waiting: "queued",
  running: "running",
  succeeded: "good",
  skipped: "paused",
  failed: "fault",
  cancelled: "paused",
};

export function StepBadge({ state, isRetrying }: { state: StepState; isRetrying: boolean }) {
  if (isRetrying) return <StateBadge state="suspect">waits to try again</StateBadge>;
  return <StateBadge state={STEP_SHAPES[state]}>{state}</StateBadge>;
}

/** Who or what started it. */
export function triggerWords({ trigger, startedBy }: Pick<ExecutionSummary, "trigger" | "startedBy">): string {
  if (trigger === "schedule") return "schedule";
  if (trigger === "new_data") return "new data";
  return trigger === "backfill" ? `${startedBy}, backfill` : startedBy;
}

/** When a pipeline starts by itself. */
export function startsWords({ isEnabled, cron, runsOnNewData }: PipelineSummary): string {
  if (!isEnabled) return "paused";
  const parts = [cron ? scheduleWords(cron) : "", runsOnNewData ? "on new data" : ""].filter((part) => part !== "");
  return parts.length > 0 ? parts.join(", ") : "by hand";
}
