import { FLAG, type FlagSpan } from "#lib/sensors/core/flag";
import { OpenSpan } from "../core/open-span.ts";
import type { PropertyRule } from "../core/property-rules.ts";
import { errorCodeReason, rangeReason } from "../core/reasons.ts";

interface RangeSettings {
  rule: Pick<PropertyRule, "range" | "errorCodes">;
  unit: string;
  /** Flagged values no further apart are one span. */
  mergeMs: number;
}

/**
 * Purpose: finds values that cannot be (fail), hardly can be (suspect), or are codes that loggers write instead of a
 * measurement. Source: QARTOD gross range test; limits and codes per quantity in `core/property-rules`.
 */
export class RangeCheck {
  readonly #rule: RangeSettings["rule"];
  readonly #error: OpenSpan;
  readonly #fail: OpenSpan;
  readonly #suspect: OpenSpan;

  constructor({ rule, unit, mergeMs }: RangeSettings, closed: FlagSpan[]) {
    const { failMin, failMax, suspectMin, suspectMax } = rule.range;
    this.#rule = rule;
    const open = (flag: 3 | 4, reason: ConstructorParameters<typeof OpenSpan>[1]) =>
      new OpenSpan({ check: "range", flag, mergeMs }, reason, closed);
    this.#error = open(FLAG.fail, (facts) => errorCodeReason(facts, unit));
    this.#fail = open(FLAG.fail, (facts) => rangeReason(facts, { min: failMin, max: failMax }, unit));
    this.#suspect = open(FLAG.suspect, (facts) => rangeReason(facts, { min: suspectMin, max: suspectMax }, unit));
  }

  /** Judges a value; true = it fails, and says nothing about the quantity to the other checks. */
  push(atMs: number, value: number): boolean {
    const { range, errorCodes } = this.#rule;
    const { failMin, suspectMin, suspectMax, failMax } = range;
    if (value >= suspectMin && value <= suspectMax && !errorCodes.includes(value)) return false;
    if (errorCodes.includes(value)) {
      this.#error.add({ atMs, value, score: 2, size: value }, true);
      return true;
    }
    if (value < failMin || value > failMax) {
      this.#fail.add({ atMs, value, score: rangeScore(value, failMin, failMax), size: value }, true);
      return true;
    }
    this.#suspect.add({ atMs, value, score: rangeScore(value, suspectMin, suspectMax), size: value }, true);
    return false;
  }

  finish(): void {
    for (const span of [this.#error, this.#fail, this.#suspect]) span.close();
  }
}

/** Distance outside [min, max] in units of the half width, plus 1. */
function rangeScore(value: number, min: number, max: number): number {
  const distance = value > max ? value - max : min - value;
  return 1 + distance / Math.max(Number.MIN_VALUE, (max - min) / 2);
}
