import { findObservedProperty } from "#lib/units/observed-properties";
import { propertyId } from "../core/property-rules.ts";

/** How a quantity lies over a landscape; quantities without a rule differ from garden to garden. */
export interface FieldRule {
  /** Usual change with height, unit per metre. */
  gradientPerM: number;
  /** Difference of two healthy sensors side by side, one standard deviation. */
  errorMin: number;
}

/** Standard atmosphere for temperature and pressure near the ground; errors as ordinary field sensors have them. */
const RULES: Readonly<Record<string, FieldRule>> = {
  air_temperature: { gradientPerM: -0.0065, errorMin: 1.5 },
  relative_humidity: { gradientPerM: 0, errorMin: 8 },
  pm2_5: { gradientPerM: 0, errorMin: 8 },
  pm10: { gradientPerM: 0, errorMin: 15 },
  air_pressure: { gradientPerM: -0.115, errorMin: 1.5 },
};

/** Quantities whose long faults the fault detector finds against the network, where there is one. */
const DETECTED_IN_NETWORKS = ["air_temperature", "illuminance"];

/** Whether level, slope, clock and sun are looked for against the reference, with so many sensors that measure it. */
export function isJudgedByReference(observedProperty: string, sensorCount: number, neighboursMin: number): boolean {
  return sensorCount < neighboursMin || !DETECTED_IN_NETWORKS.includes(propertyId(observedProperty));
}

/** The rule of a quantity in its canonical unit; null when it has none or comes in another unit. */
export function fieldRule(observedProperty: string, unit: string): FieldRule | null {
  const id = propertyId(observedProperty);
  if (!Object.hasOwn(RULES, id) || findObservedProperty(id)?.canonicalUnit !== unit) return null;
  return RULES[id]!;
}
