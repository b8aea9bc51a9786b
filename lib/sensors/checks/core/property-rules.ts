import { findUnit } from "#lib/units/convert";
import { findObservedProperty, nameKey, propertyOfName } from "#lib/units/observed-properties";

/** Limits in the property's canonical unit. Outside fail: cannot be real here. Outside suspect: possible, but rare. */
export interface RangeLimits {
  failMin: number;
  suspectMin: number;
  suspectMax: number;
  failMax: number;
}

/** A value at which a healthy sensor may rest for long (no rain, darkness, saturated air), and for how long. */
export interface RestingValue {
  value: number;
  maxS: number;
}

export interface PropertyRule {
  range: RangeLimits;
  /** Values that loggers write instead of a measurement; matched exactly, always a fail. */
  errorCodes: readonly number[];
  resting: readonly RestingValue[];
  /** Runs of equal values shorter than this are never called stuck, whatever the series' own habit. */
  stuckS: number;
  /** Data-sheet accuracy of ordinary field sensors. Changes within twice this are never called spike or step. */
  accuracy: number;
  /** False for quantities that jump by nature (rain, wind, clouds, a new battery): their changes are not judged. */
  isContinuous: boolean;
  /** False for quantities that may lie still for days (soil between rains); their calm is not judged. */
  movesDaily: boolean;
}

const HOUR_S = 3600;
const DAY_S = 24 * HOUR_S;

function range(failMin: number, suspectMin: number, suspectMax: number, failMax: number): RangeLimits {
  return { failMin, suspectMin, suspectMax, failMax };
}

function restsAt(value: number, maxS: number): readonly RestingValue[] {
  return [{ value, maxS }];
}

const unknown: PropertyRule = {
  range: range(-Infinity, -Infinity, Infinity, Infinity),
  errorCodes: [],
  resting: [],
  stuckS: 12 * HOUR_S,
  accuracy: 0,
  isContinuous: true,
  movesDaily: true,
};
/** Written by many loggers for "no value"; what the cleaning kept of them is still none. */
const COMMON_ERROR_CODES = [-9999, -999, 9999, 32767, -32768, 65535] as const;
/** What a DS18B20 reports after power-on and when it is disconnected. */
const THERMOMETER_CODES = [85, -127] as const;

const darkness = { resting: restsAt(0, 36 * HOUR_S), isContinuous: false, stuckS: 4 * HOUR_S };
const particles = { resting: restsAt(0, DAY_S), stuckS: 4 * HOUR_S };

/**
 * What differs from the catalogue's plausible (suspect) and physical (fail) ranges: closer limits near the ground in
 * inhabited places (WMO records, sensor spans, QARTOD manuals for water), and how each quantity rests and jumps.
 */
const RULES: Readonly<Record<string, Partial<PropertyRule>>> = {
  air_temperature: {
    range: range(-60, -35, 50, 60),
    errorCodes: THERMOMETER_CODES,
    accuracy: 0.5,
    stuckS: 4 * HOUR_S,
  },
  water_temperature: { range: range(-5, -2, 40, 60), errorCodes: THERMOMETER_CODES, accuracy: 0.3 },
  soil_temperature: { range: range(-40, -25, 50, 65), errorCodes: THERMOMETER_CODES, accuracy: 0.5 },
  relative_humidity: {
    range: range(-2, 3, 102, 110),
    resting: restsAt(100, 5 * DAY_S),
    accuracy: 3,
    stuckS: 4 * HOUR_S,
  },
  air_pressure: { range: range(500, 850, 1060, 1100), accuracy: 0.5, stuckS: 8 * HOUR_S },
  pm1: { ...particles, range: range(-10, -5, 500, 1000), accuracy: 5 },
  pm2_5: { ...particles, range: range(-10, -5, 500, 1000), accuracy: 5 },
  pm10: { ...particles, range: range(-10, -5, 1000, 5000), accuracy: 10 },
  co2: { accuracy: 50 },
  soil_moisture: { range: range(0, 1, 65, 100), accuracy: 1.5, stuckS: 2 * DAY_S, movesDaily: false },
  specific_conductance: { range: range(0, 5, 5000, 60_000), stuckS: DAY_S },
  ph: { range: range(0, 4, 11, 14), accuracy: 0.1, stuckS: 2 * DAY_S },
  dissolved_oxygen: { range: range(0, 1, 18, 25), accuracy: 0.2 },
  battery_voltage: { range: range(0, 2.5, 30, 60), stuckS: 14 * DAY_S, isContinuous: false },
  battery_level: { range: range(0, 3, 100, 105), stuckS: 60 * DAY_S, isContinuous: false },
  water_tank_level: { stuckS: 14 * DAY_S, isContinuous: false },
  rainfall: { resting: restsAt(0, Infinity), isContinuous: false },
  rainfall_rate: { resting: restsAt(0, Infinity), isContinuous: false },
  wind_speed: { resting: restsAt(0, 2 * DAY_S), isContinuous: false },
  wind_gust: { resting: restsAt(0, 2 * DAY_S), isContinuous: false },
  wind_direction: { stuckS: 2 * DAY_S, isContinuous: false },
  illuminance: darkness,
  solar_irradiance: darkness,
  photon_flux_density: darkness,
  daily_light_integral: { ...darkness, stuckS: 30 * HOUR_S },
  discharge: { isContinuous: false },
  turbidity: { resting: restsAt(0, 7 * DAY_S), isContinuous: false },
  sound_level: { isContinuous: false },
  signal_strength: { isContinuous: false, stuckS: 7 * DAY_S },
};

/** The catalogue id that a property's id or name means; a foreign name in its normalised form. */
export function propertyId(observedProperty: string): string {
  const property = findObservedProperty(observedProperty) ?? propertyOfName(observedProperty);
  return property?.id ?? nameKey(observedProperty);
}

/**
 * Rule of an observed property in the given unit. For a property the catalogue does not know, or in another unit than
 * its canonical one, values have no range, and only what the series says about itself remains.
 */
export function propertyRule(observedProperty: string, unit: string): PropertyRule {
  const id = propertyId(observedProperty);
  const property = findObservedProperty(id);
  if (property === null || findUnit(unit)?.code !== property.canonicalUnit) return unknown;
  const [suspectMin, suspectMax] = property.plausible;
  const [failMin, failMax] = property.physical;
  const own = Object.hasOwn(RULES, id) ? RULES[id] : undefined;
  const errorCodes = [...COMMON_ERROR_CODES, ...(own?.errorCodes ?? [])];
  const rule = { ...unknown, range: range(failMin, suspectMin, suspectMax, failMax), ...own };
  // A code that is also an ordinary value (9,999 lx) is no code.
  const isOutside = (code: number) => code < rule.range.suspectMin || code > rule.range.suspectMax;
  return { ...rule, errorCodes: errorCodes.filter(isOutside) };
}
