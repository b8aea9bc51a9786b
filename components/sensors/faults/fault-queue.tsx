"use client";

import { useRef, useState } from "react";
import { useToast } from "#components/ui/toast";
import { apiFetch } from "#lib/http/client";
import type { FaultReviewState, FaultSummary } from "#lib/sensors/faults/schema";
import { FaultPanel } from "./fault-panel.tsx";
import { FaultRow } from "./fault-row.tsx";
import { useQueueKeys } from "./use-queue-keys.ts";

interface FaultQueueProps {
  faults: readonly FaultSummary[];
  review: FaultReviewState;
  hasMore: boolean;
  timeZone: string;
  now: string;
  mayReview: boolean;
}

const DONE_WORDS: Record<FaultReviewState, string> = {
  confirmed: "confirmed",
  disputed: "disputed",
  maintenance: "noted as maintenance",
  unreviewed: "back in the queue",
};

/** Faults on the left, the evidence of the chosen one on the right; every decision has a key, and a way back. */
export function FaultQueue({ faults, review, hasMore, timeZone, now, mayReview }: FaultQueueProps) {
  const [left, setLeft] = useState(faults);
  const [chosenId, setChosenId] = useState(faults[0]?.id);
  const [comment, setComment] = useState("");
  const [problem, setProblem] = useState<string>();
  const commentBox = useRef<HTMLTextAreaElement>(null);
  const showToast = useToast();
  const index = Math.max(
    0,
    left.findIndex(({ id }) => id === chosenId),
  );
  const chosen = left[index];

  const choose = (at: number) => {
    const next = left[Math.min(left.length - 1, Math.max(0, at))];
    if (!next) return;
    setChosenId(next.id);
    setComment("");
    setProblem(undefined);
    document.getElementById(`fault-${next.id}`)?.scrollIntoView({ block: "nearest" });
  };
  const decide = async (verdict: FaultReviewState) => {
    if (!chosen || !mayReview || verdict === review) return;
    const place = index;
    const path = `/api/v1/sensors/faults/${chosen.id}/review`;
    try {
      await apiFetch(path, { method: "POST", body: { verdict, comment } });
    } catch (error) {
      setProblem(error instanceof Error ? error.message : "The review could not be saved.");
      return;
    }
    const rest = left.filter(({ id }) => id !== chosen.id);
    setLeft(rest);
    setChosenId(rest[Math.min(place, rest.length - 1)]?.id);
    setComment("");
    setProblem(undefined);
    showToast({
      message: `Fault of ${chosen.sensorCode} ${DONE_WORDS[verdict]}`,
      state: verdict === "confirmed" ? "fault" : "info",
      undo: async () => {
        await apiFetch(path, { method: "POST", body: { verdict: review } });
        setLeft((known) => [...known.slice(0, place), chosen, ...known.slice(place)]);
        setChosenId(chosen.id);
      },
    });
  };
  useQueueKeys({
    j: () => choose(index + 1),
    k: () => choose(index - 1),
    c: () => void decide("confirmed"),
    d: () => void decide("disputed"),
    m: () => void decide("maintenance"),
    u: () => void decide("unreviewed"),
    "/": () => commentBox.current?.focus(),
  });
  if (!chosen) {
    return <p className="gutter-x py-6 text-sm text-muted">All done here. {hasMore ? "Reload for more." : ""}</p>;
  }
  return (
    <div className="grid flex-1 grid-cols-1 lg:grid-cols-[minmax(320px,400px)_minmax(0,1fr)]">
      <ol
        aria-label="Faults"
        className="divide-y divide-line overflow-y-auto border-line max-lg:max-h-[38dvh] max-lg:border-b lg:max-h-[calc(100dvh-104px)] lg:border-r"
      >
        {left.map((fault, at) => (
          <FaultRow key={fault.id} {...{ fault, timeZone, now }} isChosen={at === index} onChoose={() => choose(at)} />
        ))}
        {hasMore ? <li className="px-4 py-3 text-xs text-muted">Reload for more once these are done.</li> : null}
      </ol>
      <FaultPanel
        key={chosen.id}
        {...{ fault: chosen, review, timeZone, now, mayReview, comment, problem }}
        commentBox={commentBox}
        onComment={setComment}
        onDecide={(verdict) => void decide(verdict)}
      />
    </div>
  );
}
