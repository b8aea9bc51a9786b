import { formatDuration } from "#lib/format/durations";
import { FLAG, type FlagSpan } from "#lib/sensors/core/flag";
import { countText } from "#lib/sensors/core/quantity-text";
import type { ArrivalHabits } from "./learn-arrival.ts";

interface ArrivalProfile extends ArrivalHabits {
  stepMs: number;
}

interface ArrivalSettings {
  /** From so many missed steps on it is a gap and not a delay. */
  gapSteps: number;
  /** Until when other series report, UTC ms; without it the end of a record says nothing. */
  untilMs?: number | undefined;
}

/** What stopped longer ago than this was taken away: an archive, not a silence. */
const ARCHIVE_MS = 90 * 86_400_000;

const ms = (durationMs: number) => formatDuration(durationMs / 1000);

function lateReason({ count, longestMs }: { count: number; longestMs: number }, lateMs: number): string {
  const seen = count === 1 ? "Late" : `${countText(count, "observation")} in a row late, the latest`;
  return `${seen}: ${ms(longestMs)} after the one before; up to ${ms(lateMs)} is usual here.`;
}

/**
 * Purpose: observations that come late, and series that stopped while others go on.
 * Method: the time since the observation before against the series' own usual delays (`learn-arrival`). Whether an
 * instant brought a value is no question here: that is the gap check. Flags are 9 (missing): they say nothing about the
 * values that came.
 * Source: QARTOD timing test, with learned limits. Cost: constant per value.
 * Not for: silence now, which only the clock shows: `lib/sensors/core/health`.
 */
export class ArrivalCheck {
  readonly #profile: ArrivalProfile;
  readonly #settings: ArrivalSettings;
  readonly #closed: FlagSpan[];
  #lastMs = Number.NaN;
  #late: { startAtMs: number; endAtMs: number; pointCount: number; count: number; longestMs: number } | null = null;

  constructor(profile: ArrivalProfile, settings: ArrivalSettings, closed: FlagSpan[]) {
    this.#profile = profile;
    this.#settings = settings;
    this.#closed = closed;
  }

  /** Takes the next instant in time, whether or not it brought a value. */
  push(atMs: number): void {
    const { stepMs, lateMs } = this.#profile;
    const delayMs = atMs - this.#lastMs;
    if (delayMs > lateMs && delayMs <= this.#settings.gapSteps * stepMs) this.#add(atMs, delayMs);
    else this.#close();
    this.#lastMs = atMs;
  }

  #add(atMs: number, delayMs: number): void {
    this.#late ??= { startAtMs: this.#lastMs, endAtMs: atMs, pointCount: 0, count: 0, longestMs: 0 };
    this.#late.endAtMs = atMs;
    this.#late.count += 1;
    this.#late.pointCount += this.#missed(delayMs);
    this.#late.longestMs = Math.max(this.#late.longestMs, delayMs);
  }

  #missed(delayMs: number): number {
    return Math.max(1, Math.round(delayMs / this.#profile.stepMs) - 1);
  }

  #close(): void {
    if (this.#late === null) return;
    const { startAtMs, endAtMs, pointCount } = this.#late;
    const reason = lateReason(this.#late, this.#profile.lateMs);
    this.#closed.push({ check: "late", flag: FLAG.missing, reason, startAtMs, endAtMs, pointCount });
    this.#late = null;
  }

  finish(): void {
    this.#close();
    const untilMs = this.#settings.untilMs ?? Number.NaN;
    const { silentMs } = this.#profile;
    const quietMs = untilMs - this.#lastMs;
    if (!(quietMs > silentMs && quietMs <= ARCHIVE_MS)) return;
    const reason = `Nothing for ${ms(quietMs)} at the end, while others report; up to ${ms(silentMs)} is usual here.`;
    const span = { startAtMs: this.#lastMs, endAtMs: untilMs, pointCount: this.#missed(quietMs) };
    this.#closed.push({ check: "silent", flag: FLAG.missing, reason, ...span });
  }
}
