"use client";

import { useEffect, useRef, useState } from "react";
import { isSettled, type LogLine, type RunDetail } from "#lib/runs/schema";
import { followRunFeed, type FeedStatus } from "./run-feed.ts";

export interface RunFeed {
  run: RunDetail;
  lines: readonly LogLine[];
  status: FeedStatus;
}

interface FeedStart {
  run: RunDetail;
  lines: readonly LogLine[];
  /** The server had more lines than it sent along. */
  hasMoreLines: boolean;
  /** Called once when a run that was followed has ended and its log is complete. */
  onEnd: () => void;
}

/** The run and its log, kept current until both are final. */
export function useRunFeed(start: FeedStart): RunFeed {
  const { run: first, lines: firstLines, hasMoreLines } = start;
  const [run, setRun] = useState(first);
  const [lines, setLines] = useState(firstLines);
  const [status, setStatus] = useState<FeedStatus>("ended");
  const onEnd = useRef(start.onEnd);
  useEffect(() => {
    onEnd.current = start.onEnd;
  });
  const runId = first.id;
  const isFinal = isSettled(first, Date.parse(first.finishedAt ?? first.queuedAt)) && !hasMoreLines;
  const afterSeq = firstLines.at(-1)?.seq ?? 0;
  useEffect(() => {
    if (isFinal) return;
    return followRunFeed(runId, afterSeq, {
      onLines: (fresh) => setLines((known) => merge(known, fresh)),
      onRun: setRun,
      onStatus: (next) => {
        setStatus(next);
        if (next === "ended") onEnd.current();
      },
    });
    // The feed itself goes on from where the first rendering ended.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [runId, isFinal]);
  return { run: isFinal ? first : run, lines: isFinal ? firstLines : lines, status };
}

/** Adds what is newer; a feed that was started twice says nothing twice. */
function merge(known: readonly LogLine[], fresh: readonly LogLine[]): readonly LogLine[] {
  const lastSeq = known.at(-1)?.seq ?? 0;
  const newer = fresh.filter((line) => line.seq > lastSeq);
  return newer.length > 0 ? [...known, ...newer] : known;
}
