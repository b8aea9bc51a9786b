"use client";

import { useState } from "react";
import { Button } from "#components/ui/button";
import { StateBadge } from "#components/ui/state-badge";
import type { BoardAlert } from "#lib/driving/board/board";
import { apiFetch, ProblemError } from "#lib/http/client";

const SHOWN_MAX = 30;

interface AlertListProps {
  alerts: readonly BoardAlert[];
  mayJudge: boolean;
  onSelect: (driver: string) => void;
}

/** Who is over the limit now, then who was; each may be acknowledged. */
export function AlertList({ alerts, mayJudge, onSelect }: AlertListProps) {
  const openCount = alerts.filter(({ state }) => state === "open").length;
  return (
    <section aria-label="Alerts">
      <h2 className="m-0 pb-1 text-sm font-bold">
        {openCount === 0 ? "Nobody is over the limit" : `${openCount} over the limit`}
      </h2>
      <p className="sr-only" role="alert">
        {openCount === 0 ? "" : `${openCount} over the limit`}
      </p>
      <ul className="m-0 list-none p-0">
        {alerts.slice(0, SHOWN_MAX).map((alert) => (
          <li key={alert.episodeId} className="flex items-center gap-2 border-t border-line py-1.5 text-sm">
            <StateBadge state={alert.state === "open" ? "fault" : alert.state === "closed" ? "recovered" : "silent"}>
              {alert.state}
            </StateBadge>
            <button
              type="button"
              className="link-bare min-w-0 flex-1 truncate text-left"
              onClick={() => onSelect(alert.driver)}
            >
              {alert.driver}
            </button>
            <span className="text-xs text-muted tabular-nums">{wordsOf(alert)}</span>
            {alert.verdict !== null ? (
              <span className="text-xs text-muted">{alert.verdict}</span>
            ) : mayJudge ? (
              <Acknowledge episodeId={alert.episodeId} />
            ) : null}
          </li>
        ))}
      </ul>
      {alerts.length > SHOWN_MAX ? <p className="text-xs text-muted">{alerts.length - SHOWN_MAX} more</p> : null}
    </section>
  );
}

function wordsOf({ at, peakSpeedKmh, speedKmh, durationS }: BoardAlert): string {
  const speed = `${peakSpeedKmh ?? speedKmh ?? "–"} km/h`;
  return `${at.slice(11, 19)} · ${speed}${durationS === null || durationS === undefined ? "" : ` · ${durationS} s`}`;
}

function Acknowledge({ episodeId }: { episodeId: string }) {
  const [state, setState] = useState<"idle" | "pending" | { error: string }>("idle");
  const acknowledge = async () => {
    setState("pending");
    try {
      const body = { verdict: "acknowledged" };
      await apiFetch(`/api/v1/driving/alerts/${episodeId}/verdict`, { method: "POST", body });
      // The stream brings the verdict, here as to everybody.
    } catch (error) {
      setState({ error: error instanceof ProblemError ? error.detail : "The portal does not answer." });
    }
  };
  return (
    <>
      <Button size="sm" variant="ghost" pending={state === "pending"} onClick={() => void acknowledge()}>
        Acknowledge
      </Button>
      {typeof state === "object" ? <span className="text-xs text-fault">{state.error}</span> : null}
    </>
  );
}
