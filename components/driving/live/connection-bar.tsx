"use client";

import type { ReactNode } from "react";
import { LiveDot } from "#components/ui/age";
import { Button } from "#components/ui/button";
import { StateBadge } from "#components/ui/state-badge";
import { StateShape } from "#components/ui/state-shape";
import type { StateTally } from "#lib/driving/board/core/fleet-items";
import { formatAge } from "#lib/format/ages";
import { formatExact } from "#lib/format/dates";
import { countOf } from "#lib/format/lists";
import { formatNumber } from "#lib/format/numbers";
import type { LiveState } from "./board-store.ts";
import { connectionWords } from "./connection-words.ts";

const FRAME_S = 30;

interface ConnectionBarProps {
  state: LiveState;
  tally: StateTally;
  /** The portal's clock. */
  nowMs: number;
  timeZone: string;
  onRetry: () => void;
}

/** What stands over everything else: whether this is live, how old it is, and the frame that all viewers share. */
export function ConnectionBar({ state, tally, nowMs, timeZone, onRetry }: ConnectionBarProps) {
  const words = connectionWords(state, nowMs);
  const { connection, lastReceivedAtMs, vehicles } = state;
  const isLost = words.state === "reconnecting" || words.state === "disconnected";
  return (
    <div
      role="group"
      aria-label="Live state"
      data-connection={words.state}
      className="flex min-h-12 flex-none flex-wrap items-center gap-y-1 border-b border-line px-6 py-2 text-sm max-[860px]:px-4"
    >
      <Part first>
        {words.state === "live" ? <LiveDot /> : <StateShape shape={words.shape} />}
        <span role="status" className="font-[640]">
          {words.word}
          <span className="sr-only">: {words.sentence}</span>
        </span>
        <span className="text-muted" title={formatExact(lastReceivedAtMs, timeZone)}>
          {lastReceivedAtMs === null ? "no record yet" : `last record ${formatAge(lastReceivedAtMs, nowMs)} ago`}
        </span>
      </Part>
      {isLost && "retryAtMs" in connection ? (
        <Part>
          <span className="text-muted">
            {connection.reason} Next try in {retryInS(connection.retryAtMs)} s
          </span>
          <Button size="sm" onClick={onRetry}>
            Try now
          </Button>
        </Part>
      ) : null}
      <Part hideOnPhone>
        <span className="text-muted">Vehicles</span>
        <b>{formatNumber(vehicles.size - tally.silent)}</b>
        <span className="text-muted">of {formatNumber(vehicles.size)} reporting</span>
      </Part>
      <FrameRate state={state} />
      <FrameCount state={state} nowMs={nowMs} />
    </div>
  );
}

function Part({ children, first, hideOnPhone }: { children: ReactNode; first?: boolean; hideOnPhone?: boolean }) {
  return (
    <div
      className={`flex min-h-[26px] items-center gap-2 border-r border-line px-[18px] whitespace-nowrap last:border-0 max-[860px]:flex-wrap max-[860px]:border-0 max-[860px]:px-3 ${first ? "pl-0!" : ""} ${hideOnPhone ? "max-[860px]:hidden" : ""}`}
    >
      {children}
    </div>
  );
}

/** Counted over whole frames, so that it is the same for everybody. */
function FrameRate({ state: { frames } }: { state: LiveState }) {
  const [frame] = frames;
  if (!frame) return null;
  return (
    <Part hideOnPhone>
      <span className="text-muted">Records</span>
      <span>
        <b>{formatNumber(frame.count / FRAME_S, { decimals: frame.count < 300 ? 1 : 0 })}</b>{" "}
        <span className="text-xs text-muted">/s in the last frame</span>
      </span>
      {frame.lateCount > 0 ? <StateBadge state="silent">{countOf(frame.lateCount, "late record")}</StateBadge> : null}
    </Part>
  );
}

function FrameCount({ state: { frames, nextFrameAtMs, connection }, nowMs }: { state: LiveState; nowMs: number }) {
  const leftS = nextFrameAtMs === null ? null : Math.max(0, Math.ceil((nextFrameAtMs - nowMs) / 1000));
  const isRunning = connection.state === "live" && leftS !== null;
  return (
    <div role="group" aria-label="Frame" className="ml-auto flex items-center gap-2 pl-3 whitespace-nowrap">
      <CountdownRing share={isRunning ? 1 - leftS / FRAME_S : 0} />
      <span className="text-muted">Frame</span>
      <b data-frame={frames[0]?.frameNo}>{frames[0] ? formatNumber(frames[0].frameNo) : "–"}</b>
      <span className="text-muted">
        <span className="max-[860px]:hidden">next </span>in
      </span>
      <span className="min-w-9">
        <b>{isRunning ? leftS : "–"}</b> <span className="text-xs text-muted">s</span>
      </span>
    </div>
  );
}

const RING_LENGTH = 2 * Math.PI * 8;

function CountdownRing({ share }: { share: number }) {
  return (
    <svg viewBox="0 0 20 20" width="20" height="20" fill="none" strokeWidth="2.5" aria-hidden>
      <circle cx="10" cy="10" r="8" stroke="var(--color-line)" />
      <circle
        cx="10"
        cy="10"
        r="8"
        stroke="var(--color-accent)"
        strokeLinecap="round"
        strokeDasharray={`${RING_LENGTH * Math.min(1, share)} ${RING_LENGTH}`}
        strokeOpacity={share > 0 ? 1 : 0}
        transform="rotate(-90 10 10)"
      />
    </svg>
  );
}

function retryInS(retryAtMs: number): number {
  return Math.max(0, Math.ceil((retryAtMs - Date.now()) / 1000));
}
