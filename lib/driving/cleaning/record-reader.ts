import { parseNumber } from "#lib/datasets/core/parse-number";
import { readerOf } from "#lib/datasets/core/timestamp-parser";
import { ZoneClock } from "#lib/datasets/core/zone-clock";
import { FLAG_COLUMNS } from "./record-columns.ts";
import { fieldOfRole } from "./record-layout.ts";
import * as limits from "./record-rules.ts";
import type { FaultLog } from "#lib/datasets/core/cleaner-rows";
import type { ColumnMapping } from "#lib/datasets/core/mapping";
import type { PatternReader } from "#lib/datasets/core/time-pattern";
import type { DrivingRecord, FlagColumn } from "./record-columns.ts";

interface ReaderOptions {
  mapping: ColumnMapping;
  nowMs: number;
  faults: FaultLog;
}

type Places = ReadonlyMap<string, number>;

/** Reads one line into a record, or says what is wrong with it. */
export class RecordReader {
  /** Whether the last record differs from what was written. */
  isRepaired = false;
  readonly #faults: FaultLog;
  readonly #decimalComma: boolean;
  readonly #nowMs: number;
  readonly #readTime: PatternReader;
  readonly #clock: ZoneClock;
  readonly #time = { localMs: NaN, offsetMs: NaN };
  /** Ids repeat in every line; one copy of each, so that none keeps its piece of the file in memory. */
  readonly #texts = new Map<string, string>();
  #fields: readonly string[] = [];
  #places: Places = new Map();

  constructor({ mapping, nowMs, faults }: ReaderOptions) {
    this.#faults = faults;
    this.#nowMs = nowMs;
    this.#decimalComma = mapping.decimalComma;
    const { format, timeZone } = mapping.timestamp ?? { format: "iso", timeZone: "UTC" };
    this.#readTime = readerOf(format);
    this.#clock = new ZoneClock(timeZone);
  }

  /** `null` when the line was rejected. */
  read(fields: readonly string[], places: Places): DrivingRecord | null {
    this.#fields = fields;
    this.#places = places;
    this.isRepaired = false;
    const driverId = this.#text("driver");
    if (driverId === "") return this.#reject("driver_missing", "driver", "The driver id is empty");
    const plateNumber = this.#text("plate");
    if (plateNumber === "") return this.#reject("plate_missing", "plate", "The plate number is empty");
    const latitude = this.#number("latitude");
    const longitude = this.#number("longitude");
    if (!(Math.abs(latitude) <= 90)) return this.#reject("position_invalid", "latitude", "Expected -90 to 90");
    if (!(Math.abs(longitude) <= 180)) return this.#reject("position_invalid", "longitude", "Expected -180 to 180");
    const speedKmh = this.#number("speed");
    if (!(speedKmh >= 0 && speedKmh <= limits.SPEED_KMH_MAX))
      return this.#reject("speed_invalid", "speed", `Expected 0 to ${limits.SPEED_KMH_MAX}`);
    const headingDeg = this.#number("heading");
    const hasHeading = this.#cell("heading") !== "";
    if (hasHeading && !(headingDeg >= 0 && headingDeg <= limits.HEADING_DEG_MAX))
      return this.#reject("heading_invalid", "heading", `Expected 0 to ${limits.HEADING_DEG_MAX}`);
    const time = this.#when();
    const flags = time === null ? null : this.#flags();
    const lasted = flags === null ? null : this.#durations(flags);
    if (time === null || flags === null || lasted === null) return null;
    const site = this.#cell("site");
    const position = { latitude, longitude, speedKmh, headingDeg };
    return { driverId, plateNumber, ...time, ...position, site: site === "" ? null : site, flags, ...lasted };
  }

  #when(): { clockS: number; recordedAtMs: number } | null {
    const time = this.#time;
    if (!this.#readTime(this.#cell("timestamp"), time))
      return this.#reject("time_unparseable", "timestamp", "Expected a time as 2017-01-31 08:00:05");
    const clockS = Math.floor(time.localMs / 1000);
    const local = this.#clock.toUtc(clockS * 1000);
    const hasOffset = !Number.isNaN(time.offsetMs);
    const recordedAtMs = hasOffset ? clockS * 1000 - time.offsetMs : local.utcMs;
    if (recordedAtMs > this.#nowMs + limits.FUTURE_TOLERANCE_MS)
      return this.#reject("time_future", "timestamp", "More than a day after the upload");
    if (clockS < limits.CLOCK_S_MIN) return this.#reject("time_too_old", "timestamp", "Before 1990");
    if (clockS * 1000 !== time.localMs) {
      this.isRepaired = true;
      this.#note("time_rounded", "timestamp", "Stored to the second");
    }
    if (!hasOffset && local.kind !== "unique") this.#note("time_at_clock_change", "timestamp", local.kind);
    return { clockS, recordedAtMs };
  }

  #flags(): Record<FlagColumn, boolean> | null {
    const flags = {} as Record<FlagColumn, boolean>;
    for (const name of FLAG_COLUMNS) {
      const cell = this.#cell(name);
      if (cell !== "" && cell !== "0" && cell !== "1")
        return this.#reject("flag_invalid", name, "Expected 1, 0 or nothing");
      flags[name] = cell === "1";
    }
    return flags;
  }

  #durations(flags: Record<FlagColumn, boolean>): { neutralSlideS: number; overspeedS: number } | null {
    const neutralSlideS = this.#duration("neutral_slide_s", flags.is_neutral_slide_end);
    const overspeedS = neutralSlideS === null ? null : this.#duration("overspeed_s", flags.is_overspeed_end);
    return neutralSlideS === null || overspeedS === null ? null : { neutralSlideS, overspeedS };
  }

  /** Absent and empty mean that nothing ended; 0 is a duration like any other. */
  #duration(role: string, hasEnded: boolean): number | null {
    if (this.#cell(role) === "") {
      if (hasEnded) this.#note("duration_missing", role, "The duration is empty");
      return NaN;
    }
    const durationS = this.#number(role);
    if (!(durationS >= 0 && durationS <= limits.EPISODE_S_MAX))
      return this.#reject("duration_invalid", role, "Expected seconds from 0 to a day");
    return hasEnded ? durationS : this.#reject("duration_without_end", role, "The flag of its end is not set");
  }

  #cell(role: string): string {
    const place = this.#places.get(role);
    return place === undefined ? "" : (this.#fields[place]?.trim() ?? "");
  }

  #number(role: string): number {
    return parseNumber(this.#cell(role), this.#decimalComma);
  }

  #text(role: string): string {
    const cell = this.#cell(role);
    const known = this.#texts.get(cell);
    if (known !== undefined) return known;
    const copy = Array.from(cell).join("");
    this.#texts.set(copy, copy);
    return copy;
  }

  #note(rule: string, role: string, detail: string): void {
    this.#faults.note({ rule, column: fieldOfRole(role)?.label ?? role, value: this.#cell(role), detail });
  }

  #reject(rule: string, role: string, detail: string): null {
    this.#faults.reject({ rule, column: fieldOfRole(role)?.label ?? role, value: this.#cell(role), detail });
    return null;
  }
}
