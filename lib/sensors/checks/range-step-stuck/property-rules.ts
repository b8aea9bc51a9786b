/** Limits in the rule's own unit. Outside fail: the value cannot be real here. Outside suspect: possible, but rare. */
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
  /** Accepted spellings of the unit the limits are in; the first is the canonical one. */
  units: readonly string[];
  range: RangeLimits;
  /** Values that loggers write instead of a measurement; matched exactly, always a fail. */
  errorCodes: readonly number[];
  resting: readonly RestingValue[];
  /** Runs of equal values shorter than this are never called stuck, whatever the series' own habit. */
  stuckS: number;
  /** Data-sheet accuracy of ordinary field sensors. Changes within twice this are never called spike or step. */
  accuracy: number;
  /** False for quantities that jump by nature (rain in an interval), where rate of change means nothing. */
  isContinuous: boolean;
}

const HOUR_S = 3600;
const DAY_S = 24 * HOUR_S;
const UNBOUNDED_S = Number.POSITIVE_INFINITY;

/** Written by many loggers for "no value", whatever the quantity. */
export const COMMON_ERROR_CODES: readonly number[] = [-9999, -999, -99.9, 9999, 32767, -32768, 65535];

const base = { errorCodes: [], resting: [], stuckS: 4 * HOUR_S, accuracy: 0, isContinuous: true } as const;

function range(failMin: number, suspectMin: number, suspectMax: number, failMax: number): RangeLimits {
  return { failMin, suspectMin, suspectMax, failMax };
}

/**
 * What is physically possible near the ground, outdoors. Sources: WMO world records (−89.2 and 56.7 °C; narrowed to
 * inhabited places), data sheets (sensor span for PM2.5, humidity), QARTOD manuals for the water quantities.
 * 85 and −127 °C are what a DS18B20 reports after power-on and when disconnected.
 */
const RULES: Readonly<Record<string, PropertyRule>> = {
  airtemperature: {
    ...base,
    accuracy: 0.5,
    units: ["°C", "degC", "Cel", "C", "℃"],
    range: range(-60, -35, 50, 60),
    errorCodes: [85, -127],
  },
  watertemperature: {
    ...base,
    accuracy: 0.3,
    units: ["°C", "degC", "Cel", "C", "℃"],
    range: range(-5, -2, 40, 60),
    errorCodes: [85, -127],
    stuckS: 12 * HOUR_S,
  },
  relativehumidity: {
    ...base,
    accuracy: 3,
    units: ["%", "percent"],
    range: range(0, 3, 102, 110),
    resting: [{ value: 100, maxS: 5 * DAY_S }],
  },
  pm25: {
    ...base,
    accuracy: 5,
    units: ["µg/m³", "μg/m³", "ug/m3", "µg/m3"],
    range: range(-10, -5, 500, 1000),
    resting: [{ value: 0, maxS: DAY_S }],
  },
  pm10: {
    ...base,
    accuracy: 10,
    units: ["µg/m³", "μg/m³", "ug/m3", "µg/m3"],
    range: range(-10, -5, 1000, 5000),
    resting: [{ value: 0, maxS: DAY_S }],
  },
  batteryvoltage: {
    ...base,
    isContinuous: false,
    accuracy: 0.05,
    units: ["V"],
    range: range(0, 2.5, 30, 60),
    stuckS: 14 * DAY_S,
  },
  batterylevel: {
    ...base,
    isContinuous: false,
    accuracy: 2,
    units: ["%", "percent"],
    range: range(0, 3, 100, 105),
    stuckS: 60 * DAY_S,
  },
  pressure: { ...base, accuracy: 0.5, units: ["hPa", "mbar"], range: range(500, 850, 1060, 1100), stuckS: 8 * HOUR_S },
  illuminance: {
    ...base,
    units: ["lx", "lux"],
    range: range(0, 0, 150_000, 200_000),
    resting: [{ value: 0, maxS: 36 * HOUR_S }],
    isContinuous: false,
  },
  soilmoisture: {
    ...base,
    accuracy: 1.5,
    units: ["%", "percent"],
    range: range(0, 1, 65, 100),
    stuckS: 2 * DAY_S,
  },
  rainfall: {
    ...base,
    units: ["mm"],
    range: range(0, 0, 60, 200),
    resting: [{ value: 0, maxS: UNBOUNDED_S }],
    stuckS: 6 * HOUR_S,
    isContinuous: false,
  },
  windspeed: {
    ...base,
    units: ["m/s"],
    range: range(0, 0, 50, 113),
    resting: [{ value: 0, maxS: 2 * DAY_S }],
    isContinuous: false,
  },
  specificconductance: { ...base, units: ["µS/cm", "uS/cm"], range: range(0, 5, 5000, 60_000), stuckS: DAY_S },
  ph: { ...base, accuracy: 0.1, units: ["", "pH"], range: range(0, 4, 11, 14), stuckS: 2 * DAY_S },
  dissolvedoxygen: { ...base, accuracy: 0.2, units: ["mg/L", "mg/l"], range: range(0, 1, 18, 25), stuckS: 12 * HOUR_S },
};

const ALIASES: Readonly<Record<string, string>> = {
  temperature: "airtemperature",
  temp: "airtemperature",
  drybulbtemperature: "airtemperature",
  humidity: "relativehumidity",
  battery: "batteryvoltage",
  airpressure: "pressure",
  atmosphericpressure: "pressure",
  light: "illuminance",
  calibratedsoilmoisture: "soilmoisture",
  rainfallamount: "rainfall",
  precipitation: "rainfall",
  conductivity: "specificconductance",
};

/** "PM2.5", "pm2_5" and "pm25" are one quantity: lower case, letters and digits only. */
export function propertyKey(observedProperty: string): string {
  const key = observedProperty.toLowerCase().replace(/[^a-z0-9]/g, "");
  return ALIASES[key] ?? key;
}

const UNKNOWN: PropertyRule = {
  ...base,
  units: [],
  range: range(-Infinity, -Infinity, Infinity, Infinity),
  stuckS: 12 * HOUR_S,
};

/**
 * Rule of an observed property in the given unit. Without a known rule, or in another unit than the rule's, values
 * have no range, and only what the series says about itself remains.
 */
export function propertyRule(observedProperty: string, unit: string): PropertyRule {
  const key = propertyKey(observedProperty);
  const rule = Object.hasOwn(RULES, key) ? RULES[key] : undefined;
  return rule?.units.includes(unit) ? rule : UNKNOWN;
}
