import { formatDate, formatDateTime, formatExact, formatTime, toMs, type Instant } from "#lib/format/dates";
import { MISSING } from "#lib/format/numbers";
import { AgeText } from "./age-text.tsx";
import { clockMs } from "./now-ms.ts";

interface TimeTextProps {
  at: Instant | null | undefined;
  /** `6 min` (kept current), `14:05`, `18 Nov 2026`, `18 Nov, 14:05`; the year goes inside the current year. */
  kind?: "age" | "clock" | "date" | "date-time";
  /** IANA zone; named once per view by the page. */
  zone?: string;
  /** “Now” for the words; default: the clock. */
  now?: Instant;
  /** Written after an age, such as “ago” or “old”. */
  suffix?: string;
  className?: string;
}

/** An instant in words, the exact one in the tooltip. */
export function TimeText({ at, kind = "age", zone = "UTC", now, suffix, className }: TimeTextProps) {
  const atMs = at === null || at === undefined ? Number.NaN : toMs(at);
  if (Number.isNaN(atMs)) return <span className={className}>{MISSING}</span>;
  const nowMs = now === undefined ? clockMs() : toMs(now);
  return (
    <time
      dateTime={new Date(atMs).toISOString()}
      title={formatExact(atMs, zone)}
      className={className}
      // In a client component the server's clock is some milliseconds behind the browser's.
      suppressHydrationWarning
    >
      {kind === "age" ? (
        <>
          <AgeText atMs={atMs} renderedAtMs={nowMs} />
          {suffix ? ` ${suffix}` : null}
        </>
      ) : (
        wordsOf(kind, { atMs, nowMs, timeZone: zone })
      )}
    </time>
  );
}

function wordsOf(kind: "clock" | "date" | "date-time", at: { atMs: number; nowMs: number; timeZone: string }): string {
  const format = { timeZone: at.timeZone, now: at.nowMs };
  if (kind === "clock") return formatTime(at.atMs, format);
  return kind === "date" ? formatDate(at.atMs, format) : formatDateTime(at.atMs, format);
}
