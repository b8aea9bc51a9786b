import type { TimelineStep } from "#components/charts/timeline";
import { isLive, type RunDetail } from "#lib/runs/schema";
import { stepWords } from "#lib/runs/step-words";

type TimedRun = Pick<
  RunDetail,
  "state" | "queuedAt" | "startedAt" | "finishedAt" | "steps" | "expectedSteps" | "expectedStartS"
>;

/**
 * The steps of a run on a clock that begins when it was asked for: waiting, what was done, what earlier runs let expect.
 * The last step is the one that failed, unless another is named: then the last only put things in order.
 */
export function timelineSteps(run: TimedRun, failedStep: string | null = null): TimelineStep[] {
  const askedMs = Date.parse(run.queuedAt);
  const since = (at: string | null) => (at === null ? null : Math.max(0, (Date.parse(at) - askedMs) / 1000));
  const isQueued = run.state === "queued";
  const endS = since(run.finishedAt);
  const queue: TimelineStep = {
    label: "Queue",
    state: isQueued ? "queued" : run.startedAt === null ? run.state : "succeeded",
    startS: 0,
    endS: isQueued ? null : (since(run.startedAt) ?? endS),
    expectedS: run.expectedStartS,
  };
  const usual = new Map(run.expectedSteps.map((step) => [step.name, step.durationS]));
  const done = run.steps.map((step, index): TimelineStep => {
    const isEnd = failedStep === null ? index === run.steps.length - 1 : step.name === failedStep;
    const isOpen = step.finishedAt === null;
    return {
      label: stepWords(step.name),
      state: isLive(run.state) ? (isOpen ? "running" : "succeeded") : isEnd ? run.state : "succeeded",
      startS: since(step.startedAt),
      endS: isOpen && !isLive(run.state) ? endS : since(step.finishedAt),
      expectedS: usual.get(step.name) ?? null,
    };
  });
  return uniqueLabels([queue, ...starting(run, since), ...done, ...(isLive(run.state) ? stillToCome(run) : [])]);
}

/** Between being taken and its first step a run boots its process; shown when it takes long enough to be asked about. */
const START_SHOWN_S = 0.3;

function starting(run: TimedRun, since: (at: string | null) => number | null): TimelineStep[] {
  const startS = since(run.startedAt);
  const endS = since(run.steps[0]?.startedAt ?? null);
  if (startS === null || endS === null || endS - startS < START_SHOWN_S) return [];
  return [{ label: "Start", state: "succeeded", startS, endS, expectedS: null }];
}

function stillToCome(run: TimedRun): TimelineStep[] {
  const begun = new Set(run.steps.map((step) => step.name));
  return run.expectedSteps
    .filter((step) => !begun.has(step.name))
    .map((step) => ({
      label: stepWords(step.name),
      state: "queued",
      startS: null,
      endS: null,
      expectedS: step.durationS,
    }));
}

/** A step may come twice; its second time is named so. */
function uniqueLabels(steps: TimelineStep[]): TimelineStep[] {
  const seen = new Map<string, number>();
  return steps.map((step) => {
    const times = (seen.get(step.label) ?? 0) + 1;
    seen.set(step.label, times);
    return times === 1 ? step : { ...step, label: `${step.label} ${times}` };
  });
}
