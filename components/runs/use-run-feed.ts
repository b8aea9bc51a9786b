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

const FRAME_MS = 16;

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
    const batch = perFrame((fresh) => setLines((known) => merge(known, fresh)));
    const stop = followRunFeed(runId, afterSeq, {
      onLines: batch.add,
      onRun: setRun,
      onStatus: (next) => {
        setStatus(next);
        if (next === "ended") onEnd.current();
      },
    });
    return () => {
      stop();
      batch.stop();
    };
    // The feed itself goes on from where the first rendering ended.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [runId, isFinal]);
  return { run: isFinal ? first : run, lines: isFinal ? firstLines : lines, status };
}

/** Lines come one by one, a thousand a second at times: the page takes them in once per picture it draws. */
function perFrame(take: (lines: LogLine[]) => void): { add: (lines: LogLine[]) => void; stop: () => void } {
  let waiting: LogLine[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  const flush = () => {
    timer = undefined;
    const lines = waiting;
    waiting = [];
    take(lines);
  };
  return {
    add: (lines) => {
      waiting.push(...lines);
      // A timer, not an animation frame: those rest while the page is not in sight.
      timer ??= setTimeout(flush, FRAME_MS);
    },
    stop: () => clearTimeout(timer),
  };
}

/** Adds what is newer; a feed that was started twice says nothing twice. */
function merge(known: readonly LogLine[], fresh: readonly LogLine[]): readonly LogLine[] {
  const lastSeq = known.at(-1)?.seq ?? 0;
  const newer = fresh.filter((line) => line.seq > lastSeq);
  return newer.length > 0 ? [...known, ...newer] : known;
}
