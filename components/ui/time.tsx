import { formatDate, formatDateTime, formatExact, formatTime, toMs, type Instant } from "#lib/format/dates";
import { MISSING } from "#lib/format/numbers";

interface TimeProps {
  at: Instant | null | undefined;
  timeZone: string;
  /** Drops the year (and with "datetime" today's date); pass the instant the page was made. */
  now?: Instant;
  show?: "datetime" | "date" | "time";
}

/** An instant with the exact one in the tooltip. */
export function Time({ at, timeZone, now, show = "datetime" }: TimeProps) {
  if (at === null || at === undefined || Number.isNaN(toMs(at))) return <span className="text-muted">{MISSING}</span>;
  const format = { timeZone, now };
  const text =
    show === "date" ? formatDate(at, format) : show === "time" ? formatTime(at, format) : formatDateTime(at, format);
  return (
    <time dateTime={new Date(toMs(at)).toISOString()} title={formatExact(at, timeZone)} className="whitespace-nowrap">
      {text}
    </time>
  );
}
