import { normalAt, uniformAt } from "./counter-noise.ts";
import { demoSensors } from "./network.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

export type DemoFaultKind =
  | "drift"
  | "bias"
  | "stuck"
  | "spike bursts"
  | "error codes"
  | "single spikes"
  | "wet sensor"
  | "night freeze"
  | "low battery"
  | "silent";

/** One injected fault. `endAtMs` null = goes on. */
export interface DemoFault {
  sensorCode: string;
  /** "*" = all of the sensor's quantities. */
  observedProperty: string;
  kind: DemoFaultKind;
  /** What a good detector should make of the sensor at and after the anchor. */
  state: "fault" | "suspect" | "silent";
  startAtMs: number;
  endAtMs: number | null;
  /** Size in the quantity's unit: per day for drift, the value itself for error codes. */
  magnitude: number;
}

type Plan = [string, string, DemoFaultKind, number, number];

// Sensor, quantity, kind, hours before the anchor, magnitude.
const FAULTS: Plan[] = [
  ["SEA-0217", "pm2_5", "drift", 9 * 24, 1.27],
  ["BEL-0034", "relative_humidity", "drift", 8 * 24, -2.4],
  ["TAC-0021", "air_temperature", "bias", 40 * 24, 4.2],
  ["SKC-0058", "air_temperature", "stuck", 3 * 24, 0],
  ["EVE-0061", "pm2_5", "stuck", 40, 0],
  ["OLY-0012", "relative_humidity", "stuck", 30, 0],
  ["SEA-0131", "pm2_5", "spike bursts", 5 * 24, 90],
  ["TAC-0046", "air_temperature", "spike bursts", 2 * 24, 14],
  ["SKC-0089", "air_temperature", "error codes", 4 * 24, 85],
  ["SEA-0182", "pm2_5", "error codes", 36, 5000],
];
const SUSPECTS: Plan[] = [
  ["SEA-0119", "air_temperature", "single spikes", 6 * 24, 9],
  ["BEL-0019", "pm2_5", "single spikes", 5 * 24, 55],
  ["EVE-0030", "air_temperature", "single spikes", 7 * 24, -8],
  ["TAC-0009", "pm2_5", "single spikes", 3 * 24, 70],
  ["SEA-0151", "relative_humidity", "wet sensor", 4 * 24, 104],
  ["SKC-0044", "relative_humidity", "wet sensor", 6 * 24, 105],
  ["OLY-0004", "relative_humidity", "wet sensor", 2 * 24, 104],
  ["SEA-0199", "pm2_5", "night freeze", 5 * 24, 0],
  ["BEL-0062", "pm2_5", "night freeze", 4 * 24, 0],
  ["EVE-0052", "pm2_5", "night freeze", 6 * 24, 0],
  ["SEA-0226", "battery_voltage", "low battery", 7 * 24, 2.38],
  ["SKC-0071", "battery_voltage", "low battery", 3 * 24, 2.42],
  ["TAC-0033", "battery_voltage", "low battery", 5 * 24, 2.35],
  ["BEL-0045", "battery_voltage", "low battery", 6 * 24, 2.4],
];
const SILENT_SENSORS = 17;
/** The last quarter hour that the Kitsap gateway passed on, before the anchor. */
export const DEMO_GATEWAY_SILENT_MS = 11 * HOUR_MS + 45 * 60_000;
const DRIFT_DAYS_MAX = 25;
const ERROR_BLOCK_MS = 2 * HOUR_MS;
const SINGLE_SPIKE_MS = 13 * HOUR_MS;
const SOLAR_OFFSET_MS = -8 * HOUR_MS;

function planned(plan: Plan, state: "fault" | "suspect", anchorMs: number): DemoFault {
  const [sensorCode, observedProperty, kind, hoursBefore, magnitude] = plan;
  const startAtMs = anchorMs - hoursBefore * HOUR_MS;
  return { sensorCode, observedProperty, kind, state, startAtMs, endAtMs: null, magnitude };
}

/**
 * Everything that is wrong in the network, and since when: 10 faults, 14 suspect sensors, 17 sensors silent behind one
 * gateway in Kitsap. `anchorMs` is the instant the demo was created (a whole quarter of an hour); all of it goes on
 * after that instant, so a network extended later keeps its faults.
 */
export function demoTruth(seed: string, anchorMs: number): DemoFault[] {
  const kitsap = demoSensors(seed).filter((sensor) => sensor.sensorCode.startsWith("KIT-"));
  return [
    ...FAULTS.map((plan) => planned(plan, "fault", anchorMs)),
    ...SUSPECTS.map((plan) => planned(plan, "suspect", anchorMs)),
    ...kitsap.slice(0, SILENT_SENSORS).map(({ sensorCode }): DemoFault => ({
      sensorCode,
      observedProperty: "*",
      kind: "silent",
      state: "silent",
      startAtMs: anchorMs - DEMO_GATEWAY_SILENT_MS,
      endAtMs: null,
      magnitude: 0,
    })),
  ];
}

/** How a fault changes one value. `trueAt` gives the value a healthy sensor would have sent at another instant. */
export interface FaultedReading {
  atMs: number;
  stepIndex: number;
  value: number;
  stream: number;
  trueAt: (atMs: number) => number;
}

function inNight(atMs: number): number | null {
  const localMs = atMs + SOLAR_OFFSET_MS;
  const sinceMidnightMs = localMs - Math.floor(localMs / DAY_MS) * DAY_MS;
  return sinceMidnightMs < 5.75 * HOUR_MS ? sinceMidnightMs : null;
}

/** The value that a faulty sensor sends instead. Before the fault's start the value is passed through. */
export function applyFault(fault: DemoFault, reading: FaultedReading): number {
  const { atMs, stepIndex, value, stream } = reading;
  if (atMs < fault.startAtMs || (fault.endAtMs !== null && atMs > fault.endAtMs)) return value;
  const sinceMs = atMs - fault.startAtMs;
  switch (fault.kind) {
    case "drift":
      return Math.max(0, value + fault.magnitude * Math.min(DRIFT_DAYS_MAX, sinceMs / DAY_MS));
    case "bias":
      return value + fault.magnitude;
    case "stuck":
      return reading.trueAt(fault.startAtMs);
    case "spike bursts": {
      const isBurst = uniformAt(stream + 31, Math.floor(sinceMs / (3 * HOUR_MS))) < 0.5 || sinceMs < 3 * HOUR_MS;
      const isSpike = isBurst && stepIndex % 2 === 0 && uniformAt(stream + 32, stepIndex) < 0.7;
      return isSpike ? value + fault.magnitude * (0.7 + 0.6 * uniformAt(stream + 33, stepIndex)) : value;
    }
    case "error codes": {
      const block = Math.floor(sinceMs / ERROR_BLOCK_MS);
      return block % 4 === 0 || uniformAt(stream + 34, block) < 0.35 ? fault.magnitude : value;
    }
    case "single spikes":
      return sinceMs % SINGLE_SPIKE_MS === 0 ? value + fault.magnitude : value;
    case "wet sensor":
      return inNight(atMs) === null ? value : fault.magnitude + 0.3 * normalAt(stream + 35, stepIndex);
    case "night freeze": {
      const sinceMidnightMs = inNight(atMs);
      return sinceMidnightMs === null ? value : reading.trueAt(Math.max(fault.startAtMs, atMs - sinceMidnightMs));
    }
    case "low battery":
      return fault.magnitude + 0.01 * normalAt(stream + 36, stepIndex);
    case "silent":
      return Number.NaN;
  }
}
