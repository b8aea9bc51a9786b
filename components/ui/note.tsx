import type { ReactNode } from "react";
import { classNames } from "#lib/format/class-names";
import { StateShape, type State } from "./state-shape.tsx";

type NoteState = Exclude<State, "reference">;

const WASH: Record<NoteState, string> = {
  good: "bg-good-wash",
  recovered: "bg-good-wash",
  suspect: "bg-suspect-wash",
  fault: "bg-fault-wash",
  silent: "bg-silent-wash",
  info: "bg-info-wash",
};

interface NoteProps {
  state: NoteState;
  title?: ReactNode;
  children?: ReactNode;
  /** Buttons below the text. */
  actions?: ReactNode;
  /** Read out when it appears. */
  live?: boolean;
  className?: string;
}

/** Something to know here, in the colour of its state. */
export function Note({ state, title, children, actions, live = false, className }: NoteProps) {
  return (
    <div
      role={live ? "status" : undefined}
      className={classNames("flex items-start gap-2.5 rounded-md px-3 py-2.5 text-sm", WASH[state], className)}
    >
      <StateShape shape={state} className="mt-1" />
      <div className="min-w-0 flex-1">
        <span className="sr-only">{state}: </span>
        {title === undefined ? null : <p className="font-bold">{title}</p>}
        {children === undefined ? null : <div className={title === undefined ? "" : "text-ink-2"}>{children}</div>}
        {actions === undefined ? null : <div className="mt-2 flex flex-wrap gap-2">{actions}</div>}
      </div>
    </div>
  );
}
