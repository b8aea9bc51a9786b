const WEEK_MS = 7 * 86_400_000;
const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

/** How a wall-clock time met its zone: most exist once; at the autumn change some twice, at the spring change never. */
export type LocalTimeKind = "unique" | "ambiguous" | "nonexistent";

export interface LocalTimeMatch {
  kind: LocalTimeKind;
  /** The instant; the earlier one when ambiguous; shifted forward by the gap when nonexistent. */
  utcMs: number;
  /** The later instant when ambiguous, otherwise equal to `utcMs`. */
  laterUtcMs: number;
}

/** One week of UTC in which the offset changes at most once. */
interface Week {
  offsetMs: number;
  /** Infinity when the offset holds all week. */
  changesAtMs: number;
  offsetAfterMs: number;
}

/** True for IANA names, `UTC` and fixed offsets such as `+01:00`. */
export function isTimeZone(timeZone: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}

/**
 * Turns wall-clock time of one zone into instants. Intl is asked only a few times per week of data, so that millions of
 * rows cost one map lookup at most.
 */
export class ZoneClock {
  readonly #format: Intl.DateTimeFormat;
  readonly #isUtc: boolean;
  readonly #weeks = new Map<number, Week>();
  /** Wall-clock span around the last answer in which the offset is known to hold. */
  #safeFromMs = 0;
  #safeToMs = 0;
  #safeOffsetMs = 0;
  readonly #match: LocalTimeMatch = { kind: "unique", utcMs: 0, laterUtcMs: 0 };

  constructor(timeZone: string) {
    this.#isUtc = timeZone === "UTC" || timeZone === "Etc/UTC";
    this.#format = new Intl.DateTimeFormat("en-US", {
      timeZone,
      hourCycle: "h23",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
      era: "short",
    });
  }

  /** `localMs` is the wall clock read as if it were UTC. The returned object is reused by the next call. */
  toUtc(localMs: number): LocalTimeMatch {
    const match = this.#match;
    if (this.#isUtc) return setMatch(match, "unique", localMs);
    if (localMs >= this.#safeFromMs && localMs < this.#safeToMs) {
      return setMatch(match, "unique", localMs - this.#safeOffsetMs);
    }
    const offsetBeforeMs = this.offsetAt(localMs - DAY_MS);
    const offsetAfterMs = this.offsetAt(localMs + DAY_MS);
    if (offsetBeforeMs === offsetAfterMs) {
      this.#rememberSafeSpan(localMs, offsetBeforeMs);
      return setMatch(match, "unique", localMs - offsetBeforeMs);
    }
    const early = localMs - offsetBeforeMs;
    const late = localMs - offsetAfterMs;
    const isEarlyValid = this.offsetAt(early) === offsetBeforeMs;
    const isLateValid = this.offsetAt(late) === offsetAfterMs;
    if (isEarlyValid && isLateValid) {
      setMatch(match, "ambiguous", Math.min(early, late));
      match.laterUtcMs = Math.max(early, late);
      return match;
    }
    if (!isEarlyValid && !isLateValid) return setMatch(match, "nonexistent", early);
    return setMatch(match, "unique", isEarlyValid ? early : late);
  }

  /** Offset of the zone from UTC at an instant, in ms. */
  offsetAt(utcMs: number): number {
    const week = this.#weekAt(Math.floor(utcMs / WEEK_MS));
    return utcMs < week.changesAtMs ? week.offsetMs : week.offsetAfterMs;
  }

  #rememberSafeSpan(localMs: number, offsetMs: number): void {
    const index = Math.floor((localMs - offsetMs) / WEEK_MS);
    if (this.#weekAt(index).changesAtMs !== Infinity) return;
    this.#safeFromMs = index * WEEK_MS + offsetMs + DAY_MS;
    this.#safeToMs = (index + 1) * WEEK_MS + offsetMs - DAY_MS;
    this.#safeOffsetMs = offsetMs;
  }

  #weekAt(index: number): Week {
    const known = this.#weeks.get(index);
    if (known !== undefined) return known;
    const week = this.#readWeek(index * WEEK_MS);
    this.#weeks.set(index, week);
    return week;
  }

  #readWeek(startMs: number): Week {
    const offsetMs = this.#askOffset(startMs);
    const offsetAfterMs = this.#askOffset(startMs + WEEK_MS);
    if (offsetMs === offsetAfterMs) return { offsetMs, changesAtMs: Infinity, offsetAfterMs };
    let low = startMs;
    let high = startMs + WEEK_MS;
    while (high - low > MINUTE_MS) {
      const middle = low + Math.floor((high - low) / 2 / MINUTE_MS) * MINUTE_MS;
      if (this.#askOffset(middle) === offsetMs) low = middle;
      else high = middle;
    }
    return { offsetMs, changesAtMs: high, offsetAfterMs };
  }

  #askOffset(utcMs: number): number {
    const parts: Record<string, string> = {};
    for (const { type, value } of this.#format.formatToParts(utcMs)) parts[type] = value;
    const year = Number(parts["year"]) * (parts["era"] === "BC" ? -1 : 1);
    const local = new Date(0);
    local.setUTCFullYear(year, Number(parts["month"]) - 1, Number(parts["day"]));
    local.setUTCHours(Number(parts["hour"]), Number(parts["minute"]), Number(parts["second"]));
    return local.getTime() - Math.floor(utcMs / 1000) * 1000;
  }
}

function setMatch(match: LocalTimeMatch, kind: LocalTimeKind, utcMs: number): LocalTimeMatch {
  match.kind = kind;
  match.utcMs = utcMs;
  match.laterUtcMs = utcMs;
  return match;
}
