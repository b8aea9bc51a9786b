import type { ReactNode } from "react";
import { StateBadge } from "./state-badge.tsx";
import type { Shape, State } from "./state-shape.tsx";

export type RunState = "queued" | "starting" | "running" | "succeeded" | "failed" | "timed_out" | "cancelled" | "lost";

interface Look {
  shape: Shape;
  tone?: State;
  word: string;
}

export const RUN_STATE_LOOKS: Record<RunState, Look> = {
  queued: { shape: "queued", word: "queued" },
  starting: { shape: "running", word: "starting" },
  running: { shape: "running", word: "running" },
  succeeded: { shape: "good", word: "succeeded" },
  failed: { shape: "fault", word: "failed" },
  timed_out: { shape: "queued", tone: "fault", word: "timed out" },
  cancelled: { shape: "paused", word: "cancelled" },
  lost: { shape: "silent", tone: "fault", word: "lost" },
};

interface RunStateBadgeProps {
  state: RunState;
  pill?: boolean;
  /** Added to the word, such as ", place 3". */
  children?: ReactNode;
}

export function RunStateBadge({ state, pill, children }: RunStateBadgeProps) {
  const look = RUN_STATE_LOOKS[state];
  return (
    <StateBadge state={look.shape} tone={look.tone} pill={pill}>
      <span>
        {look.word}
        {children}
      </span>
    </StateBadge>
  );
}
