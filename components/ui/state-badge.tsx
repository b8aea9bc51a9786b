import type { ReactNode } from "react";
import { classNames } from "#lib/format/class-names";
import { StateShape, type Shape, type State } from "./state-shape.tsx";

const TEXT: Record<State, string> = {
  good: "text-good",
  recovered: "text-good",
  suspect: "text-suspect",
  fault: "text-fault",
  silent: "text-silent",
  info: "text-info",
  reference: "text-ink",
};
const WASH: Record<State, string> = {
  good: "bg-good-wash",
  recovered: "bg-good-wash",
  suspect: "bg-suspect-wash",
  fault: "bg-fault-wash",
  silent: "bg-silent-wash",
  info: "bg-info-wash",
  reference: "bg-sunken",
};
const SHAPE_STATE: Record<Shape, State> = {
  good: "good",
  recovered: "recovered",
  suspect: "suspect",
  fault: "fault",
  silent: "silent",
  info: "info",
  running: "info",
  queued: "silent",
  paused: "silent",
  reference: "reference",
};

interface StateBadgeProps {
  /** Shape, and with it the colour. */
  state: Shape;
  /** The colour of another state, such as "timed out": a clock in the fault colour. */
  tone?: State;
  pill?: boolean;
  /** The word. Default: the name of the state. */
  children?: ReactNode;
  className?: string;
}

/** Shape + word + colour, the same in table, map, chart and badge. */
export function StateBadge({ state, tone, pill = false, children, className }: StateBadgeProps) {
  const colour = tone ?? SHAPE_STATE[state];
  return (
    <span
      className={classNames(
        "inline-flex items-center gap-1.5 text-xs font-medium whitespace-nowrap",
        TEXT[colour],
        pill && `h-[22px] rounded-full pr-2 pl-[7px] ${WASH[colour]}`,
        className,
      )}
    >
      <StateShape shape={state} tone={tone} />
      {children ?? state}
    </span>
  );
}
