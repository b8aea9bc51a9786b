"use client";

import Link from "next/link";
import type { RefObject } from "react";
import useSWR from "swr";
import { SeriesFigure } from "#components/charts/series-figure";
import { Button } from "#components/ui/button";
import { ErrorState } from "#components/ui/error-state";
import { FieldError } from "#components/ui/field";
import { Skeleton, SkeletonGroup } from "#components/ui/skeleton";
import { TextArea } from "#components/ui/text-field";
import { Time } from "#components/ui/time";
import { faultChart } from "#lib/sensors/faults/core/fault-chart";
import { FAULT_WORDS, faultSentence, MODE_WORDS } from "#lib/sensors/faults/core/fault-words";
import { faultDetail, type FaultDetail, type FaultReviewState, type FaultSummary } from "#lib/sensors/faults/schema";
import { requestJson } from "../api.ts";
import { FaultHistory } from "./fault-history.tsx";

interface FaultPanelProps {
  fault: FaultSummary;
  review: FaultReviewState;
  timeZone: string;
  now: string;
  mayReview: boolean;
  comment: string;
  problem: string | undefined;
  commentBox: RefObject<HTMLTextAreaElement | null>;
  onComment: (comment: string) => void;
  onDecide: (verdict: FaultReviewState) => void;
}

/** What was seen, against what, how sure, and the decision. */
export function FaultPanel(props: FaultPanelProps) {
  const { fault, timeZone, now } = props;
  const { data, error } = useSWR<FaultDetail, Error>(`/api/v1/sensors/faults/${fault.id}`, (url: string) =>
    requestJson(url, faultDetail),
  );
  const durationS = (Date.parse(fault.endAt) - Date.parse(fault.beginAt)) / 1000;
  return (
    <section aria-label={`Fault of ${fault.sensorCode}`} className="gutter-x min-w-0 py-4">
      <h2 className="text-xl">
        <Link href={`/sensors/${fault.sensorId}?property=${fault.observedProperty}`} className="link">
          {fault.sensorCode}
        </Link>{" "}
        <span className="font-normal text-ink-2">{FAULT_WORDS[fault.kind]}</span>
      </h2>
      <p className="mt-1 text-sm">{faultSentence({ ...fault, durationS })}</p>
      <p className="mt-1 text-xs text-muted">
        From <Time at={fault.beginAt} timeZone={timeZone} now={now} />{" "}
        {fault.isOpen ? (
          "until now"
        ) : (
          <>
            to <Time at={fault.endAt} timeZone={timeZone} now={now} />
          </>
        )}
        {" · "}
        {fault.pointCount} values · {Math.round(fault.confidence * 100)} % sure, judged by {MODE_WORDS[fault.mode]} ·{" "}
        <Link href={`/runs/${fault.runId}`} className="link">
          found by this run
        </Link>
      </p>
      <div className="mt-4">
        {data ? (
          <SeriesFigure chart={faultChart(data, timeZone)} level={3} />
        ) : error ? (
          <ErrorState title="The evidence could not be read">{error.message}</ErrorState>
        ) : (
          <SkeletonGroup label="Reading the evidence">
            <Skeleton width="30%" />
            <Skeleton height="296px" />
          </SkeletonGroup>
        )}
      </div>
      {props.mayReview ? <Decision {...props} /> : null}
      {data ? <FaultHistory reviews={data.reviews} timeZone={timeZone} now={now} /> : null}
    </section>
  );
}

function Decision({ review, comment, problem, commentBox, onComment, onDecide }: FaultPanelProps) {
  return (
    <div className="mt-5 flex max-w-[640px] flex-col gap-3">
      <TextArea
        ref={commentBox}
        label="Comment"
        optional
        rows={2}
        maxLength={2000}
        value={comment}
        hint="Stays in the history of this fault. Key / goes here, Esc leaves."
        onChange={(event) => onComment(event.target.value)}
      />
      {problem === undefined ? null : <FieldError>{problem}</FieldError>}
      <div className="flex flex-wrap gap-2">
        {review === "confirmed" ? null : (
          <Button variant="primary" shortcut="C" onClick={() => onDecide("confirmed")}>
            Confirm
          </Button>
        )}
        {review === "disputed" ? null : (
          <Button shortcut="D" onClick={() => onDecide("disputed")}>
            Dispute
          </Button>
        )}
        {review === "maintenance" ? null : (
          <Button shortcut="M" onClick={() => onDecide("maintenance")}>
            Maintenance
          </Button>
        )}
        {review === "unreviewed" ? null : (
          <Button variant="ghost" shortcut="U" onClick={() => onDecide("unreviewed")}>
            Back to the queue
          </Button>
        )}
      </div>
      <p className="text-xs text-muted max-md:hidden">
        J and K go down and up the list. Z takes the last decision back. A disputed fault is not flagged again.
      </p>
    </div>
  );
}
