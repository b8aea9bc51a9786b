import { RUN_STATE_LOOKS, type RunState } from "#components/ui/run-state-badge";
import { StateShape } from "#components/ui/state-shape";
import { classNames } from "#lib/format/class-names";
import { formatDuration } from "#lib/format/durations";

export interface TimelineStep {
  label: string;
  state: RunState;
  /** Seconds since the run was asked for; null while it has not begun. */
  startS: number | null;
  /** null while it has not ended. */
  endS: number | null;
  /** How long it took in earlier runs, seconds; null when unknown. */
  expectedS: number | null;
}

interface TimelineProps {
  steps: readonly TimelineStep[];
  /** Seconds since the run was asked for; null once it has ended. */
  nowS: number | null;
}

interface PlacedStep extends TimelineStep {
  /** Where the solid part lies. */
  from: number;
  to: number;
  /** End of the dashed expectation, `to` when there is none. */
  expectedEnd: number;
}

/** Lays steps out one after another: what has not begun is expected after all before it. */
function place(steps: readonly TimelineStep[], nowS: number | null): PlacedStep[] {
  let expectedStart = 0;
  return steps.map((step) => {
    const from = step.startS ?? Math.max(expectedStart, nowS ?? expectedStart);
    const to = step.endS ?? (step.startS === null ? from : Math.max(from, nowS ?? from));
    const isOpen = step.endS === null && nowS !== null;
    const expectedEnd = isOpen ? Math.max(to, from + (step.expectedS ?? 0)) : to;
    expectedStart = expectedEnd;
    return { ...step, from, to, expectedEnd };
  });
}

function durationWords(step: PlacedStep): string {
  if (step.startS !== null) return formatDuration(step.to - step.from);
  return step.expectedS === null ? "" : `about ${formatDuration(step.expectedS)}`;
}

/** The steps of a run as bars under each other, a line at now, dashed what earlier runs let expect. */
export function Timeline({ steps, nowS }: TimelineProps) {
  const placed = place(steps, nowS);
  const endS = Math.max(nowS ?? 0, ...placed.map(({ expectedEnd }) => expectedEnd)) || 1;
  const percent = (seconds: number) => `${(seconds / endS) * 100}%`;
  return (
    <ol className="text-sm">
      {placed.map((step) => {
        const look = RUN_STATE_LOOKS[step.state];
        const isWaiting = step.startS === null;
        return (
          <li
            key={step.label}
            className="grid h-[25px] grid-cols-[128px_minmax(0,1fr)_74px] items-center sm:grid-cols-[150px_minmax(0,1fr)_84px]"
          >
            <span className={classNames("flex items-center gap-1.5 truncate", isWaiting ? "text-muted" : "text-ink")}>
              <StateShape shape={look.shape} tone={look.tone} />
              {step.label}
              <span className="sr-only">, {look.word}</span>
            </span>
            <svg aria-hidden="true" width="100%" height="25" className="block overflow-visible border-l border-line">
              {step.expectedEnd > step.to && (
                <rect
                  x={percent(step.to)}
                  width={percent(step.expectedEnd - step.to)}
                  y="8"
                  height="9"
                  rx="2"
                  fill="none"
                  stroke="var(--color-line-strong)"
                  strokeDasharray="3 2"
                />
              )}
              {!isWaiting && <StepBar step={step} x={percent(step.from)} width={percent(step.to - step.from)} />}
              {nowS !== null && (
                <line x1={percent(nowS)} x2={percent(nowS)} y1="0" y2="25" stroke="var(--color-ink)" opacity="0.5" />
              )}
            </svg>
            <span className="text-right text-xs whitespace-nowrap text-muted">{durationWords(step)}</span>
          </li>
        );
      })}
    </ol>
  );
}

const BAR_FILLS: Partial<Record<RunState, string>> = {
  starting: "var(--color-accent)",
  running: "var(--color-accent)",
  failed: "var(--color-fault-mark)",
  timed_out: "var(--color-fault-mark)",
  lost: "var(--color-fault-mark)",
  cancelled: "var(--color-silent-mark)",
};

function StepBar({ step, x, width }: { step: PlacedStep; x: string; width: string }) {
  const fill = BAR_FILLS[step.state] ?? "var(--color-accent-line)";
  return (
    <>
      <rect x={x} width={width} y="7.5" height="10" rx="2" fill={fill} />
      {/* A step of no length is still there. */}
      <rect x={x} width="3" y="7.5" height="10" rx="1.5" fill={fill} />
    </>
  );
}
