"use client";

import { formatAge } from "#lib/format/ages";
import { classNames } from "#lib/format/class-names";
import { formatExact, toMs, type Instant } from "#lib/format/dates";
import { MISSING } from "#lib/format/numbers";
import { useNow } from "./use-now.tsx";

interface AgeProps {
  at: Instant | null | undefined;
  /** The instant the page was made; the age runs on from it. Without it (in what only a browser draws) from the clock. */
  now?: Instant;
  timeZone?: string;
  /** Adds “ago”. */
  ago?: boolean;
  className?: string;
}

/** `6 min`, running, with the exact instant in the tooltip; a dash where there is none. */
export function Age({ at, now, timeZone = "UTC", ago = false, className }: AgeProps) {
  // Seconds only count while there are few of them.
  const isYoung = now === undefined || toMs(now) - toMs(at ?? now) < 120_000;
  const nowMs = useNow(now, isYoung ? 1 : 15);
  if (at === null || at === undefined || Number.isNaN(toMs(at))) return <span className="text-muted">{MISSING}</span>;
  return (
    <time
      dateTime={new Date(toMs(at)).toISOString()}
      title={formatExact(at, timeZone)}
      className={classNames("whitespace-nowrap", className)}
    >
      {formatAge(at, nowMs)}
      {ago ? " ago" : ""}
    </time>
  );
}

/** “Live, 3 s ago” with a steady dot, for headers. */
export function DataAge({ at, now, timeZone, live = false }: Omit<AgeProps, "ago" | "className"> & { live?: boolean }) {
  return (
    <span className="inline-flex items-center gap-1.5 text-xs whitespace-nowrap text-muted">
      {live ? <LiveDot /> : null}
      <span>
        {live ? "Live, " : ""}
        <Age at={at} now={now} timeZone={timeZone} ago />
      </span>
    </span>
  );
}

export function LiveDot() {
  return (
    <span
      aria-hidden
      className="relative mx-[3px] size-[7px] flex-none rounded-full bg-good-mark after:absolute after:-inset-[3px] after:rounded-full after:border after:border-good-mark after:opacity-45"
    />
  );
}
