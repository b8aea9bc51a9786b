"use client";

import { Check } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import type { z } from "zod";
import { Button } from "#components/ui/button";
import { FieldError } from "#components/ui/field";
import { StateShape, type Shape } from "#components/ui/state-shape";
import { drivingAlert } from "#lib/driving/alerts/schema";
import type { BoardAlert } from "#lib/driving/board/core/board-alerts";
import { wallTimeText } from "#lib/driving/board/core/wall-clock";
import { formatAge } from "#lib/format/ages";
import { formatClock, formatDuration } from "#lib/format/durations";
import { formatNumber } from "#lib/format/numbers";
import { apiFetch } from "#lib/http/client";
import { ExcuseForm } from "./excuse-form.tsx";

export interface AlertActions {
  mayJudge: boolean;
  onJudged: (alert: z.output<typeof drivingAlert>) => void;
  onShow: (driver: string, at: { lat: number; lon: number }) => void;
}

interface AlertItemProps extends AlertActions {
  alert: BoardAlert;
  nowMs: number;
}

const SHAPES: Record<BoardAlert["state"], Shape> = {
  open: "fault",
  closed: "good",
  unclosed: "silent",
  withdrawn: "silent",
};
const WORDS: Record<BoardAlert["state"], string> = {
  open: "over limit",
  closed: "ended",
  unclosed: "data stopped",
  withdrawn: "withdrawn",
};

/** One alert: who, how fast, for how long, and what somebody said about it. */
export function AlertItem({ alert, nowMs, ...actions }: AlertItemProps) {
  const { driver, plate, state, raisedAtMs } = alert;
  const isOpen = state === "open";
  return (
    <li
      aria-label={`${driver}, ${WORDS[state]}`}
      className={`grid grid-cols-[16px_minmax(0,1fr)_auto] gap-x-2.5 gap-y-0.5 border-b border-line px-[18px] py-3 text-sm leading-[19px] ${isOpen && alert.verdict === null ? "bg-fault-wash" : ""}`}
    >
      <StateShape shape={SHAPES[state]} className="mt-1" />
      <span className="min-w-0 truncate">
        <Link href={`/driving/episodes/${alert.id}`} className={`text-ink ${isOpen ? "font-bold" : "font-medium"}`}>
          {driver}
        </Link>{" "}
        <span className="text-muted">
          {plate} {WORDS[state]}
        </span>
      </span>
      <span className="text-xs text-muted">{formatAge(raisedAtMs, nowMs)} ago</span>
      {alert.rule === null ? null : (
        <p className="col-[2/4] text-xs text-ink-2">
          <b className="font-medium">{alert.rule}</b>
          {alert.severity === null ? "" : `, ${alert.severity}`}
        </p>
      )}
      <Facts alert={alert} nowMs={nowMs} />
      {alert.verdict === null ? null : (
        <p className="col-[2/4] text-xs text-muted">
          {alert.verdict === "excused" ? "Excused" : "Acknowledged"} by {alert.verdictByLabel}
          {alert.verdictComment === "" ? "" : `: ${alert.verdictComment}`}
        </p>
      )}
      <Judge alert={alert} {...actions} />
    </li>
  );
}

function Facts({ alert, nowMs }: { alert: BoardAlert; nowMs: number }) {
  const { state, speedKmh, peakSpeedKmh, startAt, durationS, raisedAtMs } = alert;
  if (state === "open") {
    return (
      <span className="col-[2/4] mt-0.5 flex items-baseline gap-3 text-xs leading-[17px] text-ink-2">
        <span className="text-2xl leading-[30px] font-[640] text-fault">{formatNumber(speedKmh, { decimals: 0 })}</span>
        <span>
          km/h when told, for <b>{formatClock((nowMs - raisedAtMs) / 1000)}</b>
          <br />
          since {wallTimeText(startAt)} by the vehicle’s clock
        </span>
      </span>
    );
  }
  const lasted =
    durationS === null ? "left unclosed" : `lasted ${durationS === 0 ? "under 1 s" : formatDuration(durationS)}`;
  return (
    <span className="col-[2/4] text-xs leading-[17px] text-ink-2">
      peak {formatNumber(peakSpeedKmh, { decimals: 0 })} km/h, {lasted}, from {wallTimeText(startAt)}
    </span>
  );
}

function Judge({ alert, mayJudge, onJudged, onShow }: AlertActions & { alert: BoardAlert }) {
  const [isExcusing, setExcusing] = useState(false);
  const [isPending, setPending] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const judge = async (verdict: "acknowledged" | "excused", comment: string) => {
    setPending(true);
    setError(null);
    try {
      const path = `/api/v1/driving/alerts/${alert.id}/verdict`;
      onJudged(await apiFetch(path, { method: "POST", body: { verdict, comment }, response: drivingAlert }));
      setExcusing(false);
    } catch (cause) {
      setError(cause instanceof Error ? cause.message : String(cause));
    } finally {
      setPending(false);
    }
  };
  const isUnseen = alert.verdict === null;
  if (isExcusing) {
    return (
      <div className="col-[2/4] mt-2">
        <ExcuseForm
          isPending={isPending}
          error={error}
          onCancel={() => setExcusing(false)}
          onExcuse={(comment) => void judge("excused", comment)}
        />
      </div>
    );
  }
  return (
    <span className="col-[2/4] mt-1.5 flex flex-wrap items-center gap-1.5">
      {mayJudge && isUnseen ? (
        <>
          <Button size="sm" icon={Check} pending={isPending} onClick={() => void judge("acknowledged", "")}>
            Acknowledge
          </Button>
          <Button size="sm" variant="ghost" onClick={() => setExcusing(true)}>
            Excuse
          </Button>
        </>
      ) : null}
      <Button
        size="sm"
        variant="ghost"
        onClick={() => onShow(alert.driver, { lat: alert.latitude, lon: alert.longitude })}
      >
        Show
      </Button>
      {error === null ? null : <FieldError>{error}</FieldError>}
    </span>
  );
}
