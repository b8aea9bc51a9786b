import { isErrorCode } from "#lib/sensors/cleaning/missing-values";
import { quantityRule, toPropertyId, type QuantityRule } from "#lib/sensors/cleaning/quantity";
import { FUTURE_TOLERANCE_MS, OBSERVED_AT_MS_MIN } from "#lib/sensors/cleaning/reading-rules";
import { applyConversion } from "#lib/units/convert";

/** A reading as a device or another system says it, before any rule. */
export interface RawReading {
  sensorCode: string;
  /** Catalogue id, an alias such as "temp", or a name of the sender's own. */
  observedProperty: string;
  /** As written; empty when not said, which means the quantity's usual unit. */
  unit: string;
  observedAtMs: number;
  value: number;
}

/** A reading that may be stored, in the quantity's usual unit. */
export interface Reading extends Omit<RawReading, "unit"> {
  unit: string | null;
  /** As it came, when a unit was converted; NaN and null otherwise. */
  originalValue: number;
  originalUnit: string | null;
}

export interface Refusal {
  rule:
    | "sensor_missing"
    | "timestamp_future"
    | "timestamp_too_old"
    | "value_not_number"
    | "error_code"
    | "out_of_physical_range";
  /** The member at fault. */
  member: "sensor" | "observedAt" | "value";
  detail: string;
}

export type Admission = { reading: Reading; refusal: null } | { reading: null; refusal: Refusal };

const refuse = (rule: Refusal["rule"], member: Refusal["member"], detail: string): Admission => ({
  reading: null,
  refusal: { rule, member, detail },
});

/** The rules a file's values pass (`READING_RULES`), for readings that come one by one. Remembers units, nothing else. */
export function createAdmission(nowMs: number): (raw: RawReading) => Admission {
  const rules = new Map<string, QuantityRule>();
  const ruleOf = (raw: RawReading): QuantityRule => {
    const key = `${raw.observedProperty}\0${raw.unit}`;
    const known = rules.get(key) ?? quantityRule(toPropertyId(raw.observedProperty), raw.unit);
    rules.set(key, known);
    return known;
  };
  return (raw) => {
    const sensorCode = raw.sensorCode.trim();
    if (sensorCode === "") return refuse("sensor_missing", "sensor", "The sensor id is empty");
    const { observedAtMs } = raw;
    if (!(observedAtMs <= nowMs + FUTURE_TOLERANCE_MS)) {
      return refuse("timestamp_future", "observedAt", "More than one day in the future: check the device's clock");
    }
    if (observedAtMs < OBSERVED_AT_MS_MIN) {
      return refuse("timestamp_too_old", "observedAt", "Before 1950: the device's clock was probably not set");
    }
    const rule = ruleOf(raw);
    const problem = problemOfValue(raw.value, rule);
    if (problem) return problem;
    const value = toStoredUnit(raw.value, rule);
    const originalValue = rule.conversion === null ? NaN : raw.value;
    const { observedProperty, unit, originalUnit } = rule;
    return {
      reading: { sensorCode, observedProperty, observedAtMs, value, unit, originalValue, originalUnit },
      refusal: null,
    };
  };
}

function toStoredUnit(value: number, { conversion }: QuantityRule): number {
  return conversion === null ? value : applyConversion(value, conversion);
}

function problemOfValue(value: number, rule: QuantityRule): Admission | null {
  if (!Number.isFinite(value)) return refuse("value_not_number", "value", "A number was expected");
  if (isErrorCode(value, rule.plausible)) {
    return refuse("error_code", "value", `${value} stands for a failed measurement`);
  }
  const { physical, unit } = rule;
  const stored = toStoredUnit(value, rule);
  if (physical === null || (stored >= physical[0] && stored <= physical[1])) return null;
  const detail = `${stored} ${unit ?? ""} is not between ${physical[0]} and ${physical[1]}`;
  return refuse("out_of_physical_range", "value", detail);
}
