import { readerOf } from "#lib/datasets/core/timestamp-parser";
import { ZoneClock } from "#lib/datasets/core/zone-clock";
import type { MappingTimestamp } from "#lib/datasets/core/mapping";
import type { ReadTime } from "#lib/datasets/core/read-iso";

const DAY_MS = 86_400_000;
/** Labels of daylight saving time; at the autumn change they tell the first of two equal hours from the second. */
const DAYLIGHT_LABEL = /^.DT$|^(CE|EE|WE|B)ST$/;

export interface StationTime {
  /** Wall clock of the station read as if UTC; NaN when the text is no time. */
  localMs: number;
  utcMs: number;
}

/** Reads times of stations both ways: as the clock on the wall, which the rules use, and as instants. */
export class LocalClock {
  readonly #read: ReturnType<typeof readerOf>;
  readonly #zone: ZoneClock;
  readonly #into: ReadTime = { localMs: NaN, offsetMs: NaN };
  readonly #time: StationTime = { localMs: NaN, utcMs: NaN };

  constructor({ format, timeZone }: MappingTimestamp) {
    this.#read = readerOf(format);
    this.#zone = new ZoneClock(timeZone);
  }

  /** The returned object is reused by the next call. */
  read(text: string, zoneLabel = ""): StationTime {
    const time = this.#time;
    const into = this.#into;
    if (text === "" || (!this.#read(text, into) && !this.#read(text.trim(), into))) {
      time.localMs = NaN;
      time.utcMs = NaN;
      return time;
    }
    if (into.offsetMs === into.offsetMs) {
      time.utcMs = into.localMs - into.offsetMs;
      time.localMs = time.utcMs + this.#zone.offsetAt(time.utcMs);
      return time;
    }
    const match = this.#zone.toUtc(into.localMs);
    time.localMs = into.localMs;
    const isSecond = match.kind === "ambiguous" && zoneLabel !== "" && !DAYLIGHT_LABEL.test(zoneLabel);
    time.utcMs = isSecond ? match.laterUtcMs : match.utcMs;
    return time;
  }
}

export interface CalendarFields {
  secondsOfDay: number;
  year: number;
  month: number;
  /** 1 to 366. */
  dayOfYear: number;
  /** Monday is 0. */
  weekday: number;
}

/** Calendar of a wall clock that is read as if UTC. */
export function calendarOf(localMs: number): CalendarFields {
  const day = Math.floor(localMs / DAY_MS);
  const date = new Date(localMs);
  const year = date.getUTCFullYear();
  return {
    secondsOfDay: Math.floor((localMs - day * DAY_MS) / 1000),
    year,
    month: date.getUTCMonth() + 1,
    dayOfYear: day - Date.UTC(year, 0, 1) / DAY_MS + 1,
    // 1970-01-01 was a Thursday.
    weekday: (((day + 3) % 7) + 7) % 7,
  };
}
