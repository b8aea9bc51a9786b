import { formatDuration } from "#lib/format/durations";
import { quantile } from "#lib/math/quantile";
import { FLAG, type FlagSpan } from "#lib/sensors/core/flag";
import { quantityText } from "#lib/sensors/core/quantity-text";

const DAY_MS = 86_400_000;
/** A fortnight shows calm days and lively ones. */
const DAYS_MIN = 14;
/** A day with fewer of its readings may have missed its extremes. */
const FULL_DAY_SHARE = 0.75;
/** The calmest days of healthy sensors; quantile so that attenuated days of the past do not set it. */
const CALM_QUANTILE = 0.2;
/** Of the range of a calm day: of 1,974 days of healthy outdoor temperature none is below, of a river's 0.7 %. */
const CALM_SHARE = 0.2;
/** Ranges of so few resolution steps say nothing. */
const RESOLUTIONS_MIN = 4;

interface Series {
  times: Float64Array;
  values: Float64Array;
  stepMs: number;
}

/** Range (largest minus smallest value that is usable) of every full UTC day, in order. */
export function dailyRanges({ times, values, stepMs }: Series, isUsable: (value: number) => boolean): number[] {
  const ranges: number[] = [];
  const days = new DayRanges(stepMs, (range) => ranges.push(range));
  for (let i = 0; i < times.length; i++) if (isUsable(values[i]!)) days.push(times[i]!, values[i]!);
  days.finish();
  return ranges;
}

/** Below this range a day is attenuated, in the series' unit; NaN when the series is too short or too coarse. */
export function learnAttenuation(ranges: readonly number[], resolution: number): number {
  const all = Float64Array.from(ranges);
  if (all.length < DAYS_MIN) return Number.NaN;
  const limit = CALM_SHARE * quantile(all, CALM_QUANTILE);
  return limit >= RESOLUTIONS_MIN * resolution && limit > 0 ? limit : Number.NaN;
}

/**
 * Purpose: finds days on which a quantity hardly moves though it is not stuck: a sensor under a leaf, in a blocked
 * pipe, buried, or with a clogged filter.
 * Method: the day's range against a share of that of the series' own calm days. Source: QARTOD attenuated signal test
 * with a learned limit. Decided at the end of each UTC day. Not for: quantities that rest by nature (rain, light).
 */
export class AttenuatedCheck {
  readonly #limit: number;
  readonly #unit: string;
  readonly #closed: FlagSpan[];
  readonly #days: DayRanges;
  #span: { startAtMs: number; endAtMs: number; pointCount: number; largest: number } | null = null;

  constructor(
    { calmRange, stepMs }: { calmRange: number; stepMs: number },
    settings: { unit: string },
    closed: FlagSpan[],
  ) {
    this.#limit = calmRange;
    this.#unit = settings.unit;
    this.#closed = closed;
    this.#days = new DayRanges(stepMs, (range, facts) => this.#judge(range, facts));
  }

  push(atMs: number, value: number): void {
    this.#days.push(atMs, value);
  }

  #judge(range: number, { firstMs, lastMs, count }: DayFacts): void {
    // A day of one single value is stuck; that check says so.
    if (!(range > 0 && range < this.#limit)) {
      this.#close();
      return;
    }
    this.#span ??= { startAtMs: firstMs, endAtMs: lastMs, pointCount: 0, largest: range };
    this.#span.endAtMs = lastMs;
    this.#span.pointCount += count;
    this.#span.largest = Math.max(this.#span.largest, range);
  }

  #close(): void {
    if (this.#span === null) return;
    const { largest, ...span } = this.#span;
    this.#span = null;
    const lasted = formatDuration((span.endAtMs - span.startAtMs) / 1000);
    const [seen, limit] = [quantityText(largest, this.#unit), quantityText(this.#limit, this.#unit)];
    const reason = `Moves by no more than ${seen} a day for ${lasted}; calm days here move by ${limit} and more.`;
    const score = Math.round((this.#limit / largest) * 100) / 100;
    this.#closed.push({ check: "attenuated", flag: FLAG.suspect, reason, ...span, score });
  }

  finish(): void {
    this.#days.finish();
    this.#close();
  }
}

interface DayFacts {
  firstMs: number;
  lastMs: number;
  count: number;
}

/** Follows a series and tells of every full day's range when the day is over. */
class DayRanges {
  readonly #countMin: number;
  readonly #onDay: (range: number, facts: DayFacts) => void;
  #day = Number.NaN;
  #low = Infinity;
  #high = -Infinity;
  #facts: DayFacts = { firstMs: 0, lastMs: 0, count: 0 };

  constructor(stepMs: number, onDay: (range: number, facts: DayFacts) => void) {
    this.#countMin = Math.max(8, (FULL_DAY_SHARE * DAY_MS) / stepMs);
    this.#onDay = onDay;
  }

  push(atMs: number, value: number): void {
    const day = Math.floor(atMs / DAY_MS);
    if (day !== this.#day) {
      this.finish();
      this.#day = day;
      this.#facts = { firstMs: atMs, lastMs: atMs, count: 0 };
    }
    this.#low = Math.min(this.#low, value);
    this.#high = Math.max(this.#high, value);
    this.#facts.lastMs = atMs;
    this.#facts.count += 1;
  }

  finish(): void {
    if (this.#facts.count >= this.#countMin) this.#onDay(this.#high - this.#low, this.#facts);
    this.#facts = { firstMs: 0, lastMs: 0, count: 0 };
    this.#low = Infinity;
    this.#high = -Infinity;
  }
}
