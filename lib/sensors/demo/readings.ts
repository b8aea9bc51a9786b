import { AppError } from "#lib/errors";
import type { Observation } from "#lib/sensors/core/observation";
import { normalAt, uniformAt } from "./counter-noise.ts";
import { applyFault, type DemoFault, demoTruth } from "./faults.ts";
import { type DemoSensor, demoSensors } from "./network.ts";
import { batteryVoltage, LocalAir } from "./weather.ts";

export const DEMO_STEP_MS = 15 * 60_000;
const BATTERY_EVERY_STEPS = 4;
const STEPS_PER_OUTAGE_BLOCK = 480;
const STEPS_PER_DAY = 96;
const ANCHOR_MARGIN_STEPS = 4;

/** The quantities of the network in the order of `DemoReading.values`, with decimals as sent. */
export const DEMO_PROPERTIES = [
  { observedProperty: "pm2_5", unit: "ug/m3", decimals: 1 },
  { observedProperty: "air_temperature", unit: "Cel", decimals: 1 },
  { observedProperty: "relative_humidity", unit: "%", decimals: 1 },
  { observedProperty: "battery_voltage", unit: "V", decimals: 2 },
] as const;
const BATTERY = 3;

export interface DemoWindow {
  /** First instant, included; UTC ms. */
  fromMs: number;
  /** End, not included; UTC ms. */
  toMs: number;
  /** The instant the demo was created; faults are placed before it. */
  anchorMs: number;
  /** Only these sensors; all unless given. */
  sensorCodes?: readonly string[];
}

/** What one sensor sent at one instant. `NaN` = not sent. Reused from one iteration to the next. */
export interface DemoReading {
  sensor: DemoSensor;
  observedAtMs: number;
  /** In the order of DEMO_PROPERTIES. */
  values: Float64Array;
}

/** An anchor from any instant: the whole quarter of an hour before it. */
export function demoAnchorMs(atMs: number): number {
  return Math.floor(atMs / DEMO_STEP_MS) * DEMO_STEP_MS;
}

/** One sensor's instrument: offset, noise, rounding, lost messages and faults over the air around it. */
class Instrument {
  readonly sensor: DemoSensor;
  readonly #air: LocalAir;
  readonly #faults: (DemoFault | undefined)[];
  readonly #silentFromMs: number;
  readonly #anchorStep: number;
  readonly #offsets: readonly number[];
  readonly #noises: readonly number[];

  constructor(seed: string, sensor: DemoSensor, truth: { faults: readonly DemoFault[]; anchorMs: number }) {
    const { faults } = truth;
    this.#anchorStep = truth.anchorMs / DEMO_STEP_MS;
    this.sensor = sensor;
    this.#air = new LocalAir(seed, sensor);
    this.#faults = DEMO_PROPERTIES.map(({ observedProperty }) =>
      faults.find((fault) => fault.observedProperty === observedProperty),
    );
    this.#silentFromMs = faults.find((fault) => fault.kind === "silent")?.startAtMs ?? Number.POSITIVE_INFINITY;
    const { stream, isReference } = sensor;
    // Ordinary scatter of cheap sensors: a factor for particles, offsets for the rest.
    this.#offsets = isReference
      ? [1, 0, 0]
      : [1 + 0.06 * normalAt(stream, 41), 0.25 * normalAt(stream, 42), 1.2 * normalAt(stream, 43)];
    this.#noises = isReference ? [0.15, 0.05, 0.3] : [0.3, 0.1, 0.5];
  }

  /** True when the message of this step got lost, or the sensor sends no more. */
  isMissing(step: number): boolean {
    if (step * DEMO_STEP_MS > this.#silentFromMs) return true;
    if (this.sensor.isReference) return false;
    const { stream } = this.sensor;
    if (uniformAt(stream + 51, step) < 0.004) return true;
    const block = Math.floor(step / STEPS_PER_OUTAGE_BLOCK);
    if (uniformAt(stream + 52, block) > 0.12) return false;
    const length = 12 + Math.floor(16 * uniformAt(stream + 53, block));
    const start = Math.floor((STEPS_PER_OUTAGE_BLOCK - length) * uniformAt(stream + 54, block));
    const first = block * STEPS_PER_OUTAGE_BLOCK + start;
    // Nobody is away by chance around the anchor: when the demo is new, exactly the gateway's sensors are silent and
    // every injected fault shows on its last day.
    const quietSteps = this.#faults.some((fault) => fault !== undefined) ? STEPS_PER_DAY : 0;
    const coversAnchor =
      first < this.#anchorStep + ANCHOR_MARGIN_STEPS && first + length > this.#anchorStep - quietSteps;
    return step >= first && step < first + length && !coversAnchor;
  }

  /** Fills `values` with what a healthy sensor would send at a step. */
  #healthy(step: number, values: Float64Array): void {
    const atMs = step * DEMO_STEP_MS;
    const air = this.#air.at(atMs);
    const { stream, isReference } = this.sensor;
    const noise = (property: number) => this.#noises[property]! * normalAt(stream + 61 + property, step);
    values[0] = Math.max(0, air.pm25UgM3 * this.#offsets[0]! + noise(0));
    values[1] = air.temperatureC + this.#offsets[1]! + noise(1);
    values[2] = Math.min(100, Math.max(4, air.humidityPercent + this.#offsets[2]! + noise(2)));
    const hasBattery = !isReference && step % BATTERY_EVERY_STEPS === 0;
    values[BATTERY] = hasBattery ? batteryVoltage(this.sensor, atMs) : Number.NaN;
  }

  /** Fills `values` with what the sensor sends at a step. */
  read(step: number, values: Float64Array): void {
    this.#healthy(step, values);
    for (let property = 0; property < values.length; property++) {
      const fault = this.#faults[property];
      const value = values[property]!;
      if (fault !== undefined && value === value) values[property] = this.#faulty(fault, { step, property, value });
      const scale = property === BATTERY ? 100 : 10;
      values[property] = Math.round(values[property]! * scale) / scale;
    }
  }

  #faulty(fault: DemoFault, reading: { step: number; property: number; value: number }): number {
    const scratch = new Float64Array(DEMO_PROPERTIES.length);
    return applyFault(fault, {
      atMs: reading.step * DEMO_STEP_MS,
      stepIndex: reading.step,
      value: reading.value,
      stream: this.sensor.stream,
      trueAt: (atMs) => {
        this.#healthy(Math.floor(atMs / DEMO_STEP_MS), scratch);
        return scratch[reading.property]!;
      },
    });
  }
}

function instruments(seed: string, window: DemoWindow): Instrument[] {
  const wanted = window.sensorCodes === undefined ? null : new Set(window.sensorCodes);
  const sensors = demoSensors(seed).filter(({ sensorCode }) => wanted === null || wanted.has(sensorCode));
  if (wanted !== null && sensors.length < wanted.size) {
    throw new AppError("not_found", "The demo network has no sensor with one of these codes.");
  }
  const truth = demoTruth(seed, window.anchorMs);
  return sensors.map((sensor) => {
    const faults = truth.filter((fault) => fault.sensorCode === sensor.sensorCode);
    return new Instrument(seed, sensor, { faults, anchorMs: window.anchorMs });
  });
}

/**
 * What the network sent in [fromMs, toMs), sensor by sensor, every 15 minutes. Every value is a function of seed,
 * anchor, sensor and instant alone: neighbouring windows join without seam, so a job can extend the network for ever.
 */
export function* demoMessages(seed: string, window: DemoWindow): Generator<DemoReading> {
  const firstStep = Math.ceil(window.fromMs / DEMO_STEP_MS);
  const endStep = Math.ceil(window.toMs / DEMO_STEP_MS);
  for (const instrument of instruments(seed, window)) {
    const reading = { sensor: instrument.sensor, observedAtMs: 0, values: new Float64Array(DEMO_PROPERTIES.length) };
    for (let step = firstStep; step < endStep; step++) {
      if (instrument.isMissing(step)) continue;
      instrument.read(step, reading.values);
      reading.observedAtMs = step * DEMO_STEP_MS;
      yield reading;
    }
  }
}

/** The same as single observations (long form). */
export function* demoReadings(seed: string, window: DemoWindow): Generator<Observation> {
  for (const { sensor, observedAtMs, values } of demoMessages(seed, window)) {
    for (let property = 0; property < values.length; property++) {
      const value = values[property]!;
      if (Number.isNaN(value)) continue;
      const { observedProperty, unit } = DEMO_PROPERTIES[property]!;
      yield { sensorCode: sensor.sensorCode, observedProperty, observedAtMs, value, unit };
    }
  }
}
