"use client";

import { formatAge } from "#lib/format/ages";
import { formatExact, toMs, type Instant } from "#lib/format/dates";
import { useNow } from "./use-now.tsx";

interface AgeProps {
  at: Instant;
  /** The instant the page was made; the age runs on from it. */
  now: Instant;
  timeZone: string;
  /** Adds “ago”. */
  ago?: boolean;
}

/** `6 min`, running, with the exact instant in the tooltip. */
export function Age({ at, now, timeZone, ago = false }: AgeProps) {
  const young = toMs(now) - toMs(at) < 120_000;
  const nowMs = useNow(now, young ? 1 : 15);
  return (
    <time dateTime={new Date(toMs(at)).toISOString()} title={formatExact(at, timeZone)} className="whitespace-nowrap">
      {formatAge(at, nowMs)}
      {ago ? " ago" : ""}
    </time>
  );
}

/** “Live, 3 s ago” with a steady dot, for headers. */
export function DataAge({ at, now, timeZone, live = false }: Omit<AgeProps, "ago"> & { live?: boolean }) {
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
