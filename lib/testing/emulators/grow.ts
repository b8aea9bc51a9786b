import { createRandom } from "#lib/math/random";
import {
  startEmulator,
  type EmulatedAnswer,
  type EmulatedCall,
  type Emulator,
  type EmulatorOptions,
} from "./emulator.ts";

const PREFIX = "Thingful.Connectors.GROWSensors.";
const STEP_MS = 900_000;
const DAY_MS = 86_400_000;
const NO_DATA = -9999;

export interface GrowSensor {
  code: string;
  name: string;
  latitude: number;
  longitude: number;
  ownerId: string;
  startMs: number;
  endMs: number;
  /** Since when its temperature does not move. */
  stuckFromMs?: number;
  /** A recorded air temperature instead of a made-up one; the sensor then has no other variable. */
  recorded?: { times: Float64Array; values: Float64Array };
}

export const GROW_KEY = "a-key-of-the-node";
export const GROW_VARIABLES = ["air_temperature", "light", "calibrated_soil_moisture", "battery_level"] as const;
type Variable = (typeof GROW_VARIABLES)[number];

/** Sensors around a made-up garden town, a few minutes apart in their sampling. */
export function makeGrowSensors(count: number, { startMs, endMs }: { startMs: number; endMs: number }): GrowSensor[] {
  const random = createRandom(`grow ${count}`);
  return Array.from({ length: count }, (_, i) => ({
    code: `g${String(i).padStart(7, "0")}`,
    name: `Garden ${i + 1}`,
    latitude: 56.4 + random.uniform() * 0.2,
    longitude: -3.1 + random.uniform() * 0.4,
    ownerId: `owner-${i % 5}`,
    startMs: startMs + (i % 7) * 60_000,
    endMs,
  }));
}

/** The value a sensor has at an instant of its own grid; the same whenever it is asked for. */
export function growValue(sensor: GrowSensor, variable: Variable, atMs: number): number {
  const held = variable === "air_temperature" ? Math.min(atMs, sensor.stuckFromMs ?? Infinity) : atMs;
  const random = createRandom(`${sensor.code} ${variable} ${held}`);
  const day = Math.sin((2 * Math.PI * (held % DAY_MS)) / DAY_MS - Math.PI / 2);
  const noise = random.normal(0, 1);
  const value = {
    air_temperature: 11 + 5 * day + 2 * Math.sin(held / (5 * DAY_MS)) + 0.15 * noise,
    light: Math.max(0, 18 * day + 0.5 * noise),
    calibrated_soil_moisture: 24 + 3 * Math.sin(held / (9 * DAY_MS)) + 0.05 * noise,
    battery_level: 80 - (held - sensor.startMs) / (30 * DAY_MS),
  }[variable];
  return Math.round(value * 1000) / 1000;
}

export function growTimes(sensor: GrowSensor, fromMs: number, untilMs: number): number[] {
  const first = sensor.startMs + Math.max(0, Math.ceil((fromMs - sensor.startMs) / STEP_MS)) * STEP_MS;
  const times: number[] = [];
  for (let atMs = first; atMs <= Math.min(untilMs, sensor.endMs); atMs += STEP_MS) times.push(atMs);
  return times;
}

/** A Thingful node with these sensors: its limits, its key, its rate of four requests a second. */
export function startGrowEmulator(sensors: readonly GrowSensor[], options: EmulatorOptions = {}): Promise<Emulator> {
  return startEmulator((call) => answer(sensors, call), { requestsPerSecond: 4, ...options });
}

function answer(sensors: readonly GrowSensor[], call: EmulatedCall): EmulatedAnswer {
  if (call.headers.authorization !== `Bearer ${GROW_KEY}`) return { status: 401, json: { error: "unauthorized" } };
  if (call.method !== "POST") return { status: 405, json: { error: "method not allowed" } };
  const path = call.url.pathname;
  if (path.endsWith("/entity/locations/get")) return { status: 200, json: { Locations: locationsOf(sensors) } };
  if (path.endsWith("/entity/timeSeriesInformations/get")) {
    return { status: 200, json: { TimeSeriesInformations: informationsOf(sensors) } };
  }
  if (path.endsWith("/timeSeries/get")) return timeSeries(sensors, call);
  return { status: 404, json: { error: "not found" } };
}

const nodeTime = (atMs: number) => new Date(atMs).toISOString().replaceAll(/\D/g, "").slice(0, 14);

function readTime(text: string): number {
  const digits = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(text);
  if (!digits) return Number.NaN;
  const [year, month, day, hour, minute, second] = digits.slice(1).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

function locationsOf(sensors: readonly GrowSensor[]) {
  return Object.fromEntries(
    sensors.map(({ code, name, latitude, longitude, ownerId }) => [
      `Grow.Thingful#${code}`,
      {
        Identifier: `Grow.Thingful#${code}`,
        Name: name,
        Code: code,
        X: longitude,
        Y: latitude,
        Z: 0,
        ProjectionId: 3,
        UserUid: ownerId,
        SerialNumber: `PI040${code}`,
      },
    ]),
  );
}

function informationsOf(sensors: readonly GrowSensor[]) {
  return Object.fromEntries(
    sensors.flatMap(({ code, startMs, endMs }) =>
      GROW_VARIABLES.map((variable) => [
        `${code}.${variable}`,
        {
          LocationIdentifier: `Grow.Thingful#${code}`,
          DataSourceVariableId: PREFIX + variable,
          StartDate: nodeTime(startMs),
          EndDate: nodeTime(endMs),
        },
      ]),
    ),
  );
}

interface Settings {
  LocationCodes?: string[];
  VariableCodes?: string[];
  StartDate?: string;
  EndDate?: string;
  Order?: string;
}

function timeSeries(sensors: readonly GrowSensor[], { body, misdeed }: EmulatedCall): EmulatedAnswer {
  const { Readers = [] } = JSON.parse(body) as { Readers?: { Settings: Settings }[] };
  if (Readers.length !== 1) return { status: 422, json: { error: "exactly one Reader is allowed" } };
  const { LocationCodes = [], VariableCodes = [], StartDate = "", EndDate = "", Order } = Readers[0]!.Settings;
  const [fromMs, untilMs] = [readTime(StartDate), readTime(EndDate)];
  if (LocationCodes.length > 10) return { status: 422, json: { error: "at most 10 locations are allowed" } };
  if (!(untilMs - fromMs <= 10 * DAY_MS)) return { status: 422, json: { error: "at most 10 days are allowed" } };
  const random = createRandom(body);
  const data = LocationCodes.flatMap((code) => {
    const sensor = sensors.find((one) => one.code === code);
    return sensor ? VariableCodes.map((variable) => seriesOf(sensor, variable, { fromMs, untilMs, misdeed })) : [];
  });
  // Newest first unless asked otherwise; the order of the series is nobody's promise.
  if (Order !== "asc") for (const series of data) series.Data.reverse();
  if (misdeed === "reordered") for (const series of data) series.Data = random.shuffle(series.Data);
  return { status: 200, json: { Data: random.shuffle(data), Meta: { Projections: {}, Locations: {}, Units: {} } } };
}

function pointsOf(sensor: GrowSensor, variable: Variable, { fromMs, untilMs }: { fromMs: number; untilMs: number }) {
  const { recorded } = sensor;
  if (!recorded) {
    return growTimes(sensor, fromMs, untilMs).map((atMs) => ({ atMs, value: growValue(sensor, variable, atMs) }));
  }
  if (variable !== "air_temperature") return [];
  const all = Array.from(recorded.times, (atMs, i) => ({ atMs, value: recorded.values[i] ?? Number.NaN }));
  return all.filter(({ atMs }) => atMs >= fromMs && atMs <= untilMs);
}

function seriesOf(
  sensor: GrowSensor,
  variableCode: string,
  { fromMs, untilMs, misdeed }: { fromMs: number; untilMs: number; misdeed: string | null },
) {
  const variable = variableCode.replace(PREFIX, "") as Variable;
  const rows = pointsOf(sensor, variable, { fromMs, untilMs }).map(({ atMs, value }) => ({
    DateTime: nodeTime(atMs),
    Value: Number.isNaN(value) ? NO_DATA : value,
    Availability: 1,
    Quality: 0,
  }));
  const odd =
    misdeed === "nulls"
      ? [
          { DateTime: nodeTime(fromMs + 60_000), Value: null, Availability: 0, Quality: 0 },
          { DateTime: nodeTime(fromMs + 120_000), Value: NO_DATA, Availability: 1, Quality: 0 },
        ]
      : [];
  return {
    LocationCode: sensor.code,
    SerialNumber: `PI040${sensor.code}`,
    SensorName: sensor.name,
    VariableCode: variableCode,
    NoDataValue: NO_DATA,
    Data: [...odd, ...rows, ...(misdeed === "duplicated" ? rows.slice(0, 20) : [])],
  };
}
