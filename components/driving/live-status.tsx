"use client";

import { StateBadge } from "#components/ui/state-badge";
import { useNow } from "#components/ui/use-now";
import type { BoardView } from "#lib/driving/board/board";
import { formatAge } from "#lib/format/ages";
import type { Connection } from "./use-live.ts";

interface LiveStatusProps {
  connection: Connection;
  view: BoardView;
}

/** Connection, age of the data and the way to the next frame: always in sight, so that old data never pass for new. */
export function LiveStatus({ connection, view }: LiveStatusProps) {
  const nowMs = useNow(undefined, 1);
  const { receivedAtMs, nextFrameAtMs, clockOffsetMs, frameNo } = view;
  const leftS = nextFrameAtMs === null ? null : Math.ceil((nextFrameAtMs - nowMs - clockOffsetMs) / 1000);
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-1 text-xs text-muted" role="status" aria-live="off">
      {connection === "live" ? (
        <StateBadge state="good">Live</StateBadge>
      ) : connection === "connecting" ? (
        <StateBadge state="running">Connecting</StateBadge>
      ) : (
        <StateBadge state="silent">Disconnected, trying again</StateBadge>
      )}
      <span>Data {receivedAtMs === null ? "–" : `${formatAge(receivedAtMs, Math.max(nowMs, receivedAtMs))} ago`}</span>
      <span className="tabular-nums">
        Next frame {leftS === null || leftS < 0 || connection !== "live" ? "–" : `in ${leftS} s`}
      </span>
      <span className="tabular-nums" data-testid="frame-no">
        Frame {frameNo ?? "–"}
      </span>
    </div>
  );
}
