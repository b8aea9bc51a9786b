import type { ReactNode } from "react";
import { StateBadge } from "./state-badge.tsx";
import type { Shape, State } from "./state-shape.tsx";

/** The stored states of an upload and those only its browser knows (waiting, hashing, paused, offline, failed, linked). */
export type UploadLookState =
  | "waiting"
  | "hashing"
  | "signing"
  | "uploading"
  | "paused"
  | "offline"
  | "failed"
  | "stored"
  | "checked"
  | "linked"
  | "rejected"
  | "cancelled";

const LOOKS: Record<UploadLookState, { shape: Shape; tone?: State; word: string }> = {
  waiting: { shape: "queued", word: "waiting" },
  hashing: { shape: "running", word: "reading" },
  signing: { shape: "queued", tone: "info", word: "signing" },
  uploading: { shape: "running", word: "uploading" },
  paused: { shape: "paused", word: "paused" },
  offline: { shape: "paused", word: "paused: offline" },
  failed: { shape: "fault", word: "failed" },
  stored: { shape: "good", word: "stored" },
  checked: { shape: "good", word: "checked" },
  linked: { shape: "info", word: "same content" },
  rejected: { shape: "fault", word: "rejected" },
  cancelled: { shape: "paused", word: "cancelled" },
};

interface UploadStateBadgeProps {
  state: UploadLookState;
  /** A checked file with rejected rows is shown as suspect. */
  suspect?: boolean;
  pill?: boolean;
  /** Replaces the word, such as "checked, 1,204 rejected". */
  children?: ReactNode;
}

export function UploadStateBadge({ state, suspect = false, pill, children }: UploadStateBadgeProps) {
  const look = LOOKS[state];
  return (
    <StateBadge state={suspect ? "suspect" : look.shape} tone={suspect ? undefined : look.tone} pill={pill}>
      {children ?? look.word}
    </StateBadge>
  );
}
