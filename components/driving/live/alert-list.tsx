"use client";

import { EmptyState } from "#components/ui/empty-state";
import type { BoardAlert } from "#lib/driving/board/core/board-alerts";
import { AlertItem, type AlertActions } from "./alert-item.tsx";

/** More than this nobody reads beside a map. */
const SHOWN_MAX = 60;

interface AlertListProps extends AlertActions {
  alerts: readonly BoardAlert[];
  nowMs: number;
  /** Why older alerts are missing. */
  error: string | null;
}

/** Alerts, open ones first. */
export function AlertList({ alerts, nowMs, error, ...actions }: AlertListProps) {
  const [newest] = alerts;
  const isNew = newest?.state === "open" && newest.verdict === null;
  return (
    <>
      <p aria-live="assertive" className="sr-only">
        {isNew ? `${newest.driver} is over the limit.` : ""}
      </p>
      {error === null ? null : (
        <p role="status" className="border-b border-line px-[18px] py-2.5 text-xs text-muted">
          Alerts from before this page was opened could not be read: {error}
        </p>
      )}
      {alerts.length === 0 ? (
        <EmptyState title="No alert" illustration={null}>
          A vehicle that goes over its limit appears here at once.
        </EmptyState>
      ) : (
        <ul aria-label="Alerts" className="m-0 list-none p-0">
          {alerts.slice(0, SHOWN_MAX).map((alert) => (
            <AlertItem key={alert.id} alert={alert} nowMs={nowMs} {...actions} />
          ))}
        </ul>
      )}
    </>
  );
}
