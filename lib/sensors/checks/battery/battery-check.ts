import { FLAG, type FlagSpan } from "#lib/sensors/core/flag";
import { quantityText } from "#lib/sensors/core/quantity-text";
import { type BatteryLimit, isBatteryLow } from "./battery-limit.ts";

/**
 * Purpose: finds times in which a battery was low, before the readings that hang on it go wrong.
 * Method: level or voltage under the limit of its kind (`battery-limit`), until it is clearly above again. Suspect only:
 * the values of the battery are right, what the sensor measures meanwhile may not be.
 */
export class BatteryCheck {
  readonly #limit: BatteryLimit;
  readonly #unit: string;
  readonly #closed: FlagSpan[];
  #span: { startAtMs: number; endAtMs: number; pointCount: number; lowest: number } | null = null;

  constructor(limit: BatteryLimit, settings: { unit: string }, closed: FlagSpan[]) {
    this.#limit = limit;
    this.#unit = settings.unit;
    this.#closed = closed;
  }

  push(atMs: number, level: number): void {
    if (!isBatteryLow(level, this.#limit, this.#span !== null)) {
      this.finish();
      return;
    }
    this.#span ??= { startAtMs: atMs, endAtMs: atMs, pointCount: 0, lowest: level };
    this.#span.endAtMs = atMs;
    this.#span.pointCount += 1;
    this.#span.lowest = Math.min(this.#span.lowest, level);
  }

  finish(): void {
    if (this.#span === null) return;
    const { lowest, ...span } = this.#span;
    this.#span = null;
    const [seen, limit] = [quantityText(lowest, this.#unit), quantityText(this.#limit.low, this.#unit)];
    const reason = `Battery low: down to ${seen}, ${limit} is the limit.`;
    // Never more than 2, however small the limit: how empty says little about how wrong.
    const score = Math.round(Math.min(2, 1 + (this.#limit.low - lowest) / this.#limit.low) * 100) / 100;
    this.#closed.push({ check: "battery", flag: FLAG.suspect, reason, ...span, score: Math.max(1, score) });
  }
}
