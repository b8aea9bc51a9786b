import { createRandom, type Random } from "#lib/math/random";
import { standardDeviation } from "#lib/math/stats";
import type { KnownEvent } from "./known-events.ts";
import { type LabelledSeries, readLabelledSeries } from "./labelled-series.ts";

/** One logger of a stressed network. */
export interface StressLogger {
  name: string;
  temp: StressChannel;
  light: StressChannel;
}

interface StressChannel {
  values: Float64Array;
  labels: Uint8Array;
  events: KnownEvent[];
}

export interface StressNetwork {
  timestamps: Float64Array;
  loggers: StressLogger[];
}

const DAY_ROWS = 144;
const WINDOW_DAYS = 28;
const TEMP_KINDS = ["stuck", "bias", "drift", "noise", "spike", "const_code", "sun_heat", "clock_shift"] as const;
const LIGHT_KINDS = ["const_zero", "square", "scale", "stuck", "clock_shift"] as const;
type TempKind = (typeof TEMP_KINDS)[number];
type LightKind = (typeof LIGHT_KINDS)[number];

/**
 * Networks of clean loggers (28-day windows, a random choice of 22) with faults of the documented shapes injected
 * anew: more of them a logger than in the labelled files, up to most of a record. The seed decides everything.
 */
export function stressNetworks(dataDir: string, seed: string, count: number): StressNetwork[] {
  const all = [...readLabelledSeries(dataDir, ["fault_temp", "fault_light"])].filter(({ device }) =>
    device.startsWith("hobo_a_"),
  );
  const random = createRandom(seed);
  return Array.from({ length: count }, (_, k) => makeNetwork(all, random.fork(String(k))));
}

function makeNetwork(all: readonly LabelledSeries[], random: Random): StressNetwork {
  const devices = random.shuffle([...new Set(all.map(({ device }) => device))]).slice(0, 22);
  const rows = WINDOW_DAYS * DAY_ROWS;
  const offset = DAY_ROWS * random.integer(0, Math.floor((all[0]!.times.length - rows) / DAY_ROWS));
  const cleanOf = (device: string, family: string) =>
    all.find((series) => series.device === device && series.family === family)!.clean!.slice(offset, offset + rows);
  const loggers = devices.map((device) => {
    const own = random.fork(device);
    const light = cleanOf(device, "fault_light");
    return {
      name: device,
      temp: stressTemperature(cleanOf(device, "fault_temp"), light, own.fork("temp")),
      light: stressLight(light, own.fork("light")),
    };
  });
  return { timestamps: all[0]!.times.slice(offset, offset + rows), loggers };
}

function place(rows: number, taken: Uint8Array, { random, length }: { random: Random; length: number }) {
  const start = random.integer(0, Math.max(0, rows - length));
  const end = Math.min(rows, start + length);
  return taken.subarray(Math.max(0, start - DAY_ROWS / 2), end + DAY_ROWS / 2).includes(1) ? null : { start, end };
}

function stressTemperature(clean: Float64Array, lux: Float64Array, random: Random): StressChannel {
  const values = clean.slice();
  const labels = new Uint8Array(values.length);
  const events: KnownEvent[] = [];
  const sd = standardDeviation(clean);
  for (let k = random.uniform() < 0.25 ? 0 : random.integer(1, 3); k > 0; k--) {
    const kind = random.shuffle(TEMP_KINDS)[0]!;
    const span = place(values.length, labels, { random, length: tempLength(kind, random) });
    if (!span) continue;
    injectTemperature(values, { kind, ...span }, { clean, lux, sd, random });
    labels.fill(1, span.start, span.end);
    events.push({ kind, ...span });
  }
  return { values, labels, events };
}

function tempLength(kind: TempKind, random: Random): number {
  const days = (from: number, to: number) => Math.round(random.uniform(from, to) * DAY_ROWS);
  if (kind === "stuck") return days(0.25, 4);
  if (kind === "bias") return days(1, 8);
  if (kind === "drift") return days(4, 12);
  if (kind === "noise") return days(4 / 24, 2);
  if (kind === "spike") return random.integer(1, 3);
  if (kind === "const_code") return days(1 / 24, 1.5);
  if (kind === "sun_heat") return days(3, 10);
  return days(3, 10);
}

interface Source {
  clean: Float64Array;
  lux: Float64Array;
  sd: number;
  random: Random;
}

function injectTemperature(
  values: Float64Array,
  { kind, start, end }: { kind: TempKind; start: number; end: number },
  { clean, lux, sd, random }: Source,
): void {
  const sign = random.uniform() < 0.5 ? -1 : 1;
  const size = { bias: random.uniform(0.4, 1.2), drift: random.uniform(0.8, 2.5), spike: random.uniform(1.5, 5) };
  const heat = random.uniform(4, 14);
  const noise = random.uniform(0.3, 1) * sd;
  const code = random.shuffle([-40, 0, 85])[0]!;
  const shift = random.integer(4, 9) * 6 * sign;
  const held = values[start]!;
  for (let i = start; i < end; i++) {
    if (kind === "stuck") values[i] = held;
    else if (kind === "bias") values[i]! += sign * size.bias * sd;
    else if (kind === "drift") values[i]! += (sign * size.drift * sd * (i - start)) / (end - start);
    else if (kind === "noise") values[i]! += random.normal(0, noise);
    else if (kind === "spike") values[i]! += sign * size.spike * sd;
    else if (kind === "const_code") values[i] = code;
    else if (kind === "sun_heat") values[i]! += (heat * lux[i]!) / (lux[i]! + 3000);
    else values[i] = clean[Math.min(clean.length - 1, Math.max(0, i + shift))]!;
  }
}

function stressLight(clean: Float64Array, random: Random): StressChannel {
  const values = clean.slice();
  const labels = new Uint8Array(values.length);
  const events: KnownEvent[] = [];
  for (let k = random.uniform() < 0.5 ? 0 : random.integer(1, 2); k > 0; k--) {
    const kind = random.shuffle(LIGHT_KINDS)[0]!;
    const length = Math.round(random.uniform(2, kind === "scale" ? 8 : 6) * DAY_ROWS);
    const span = place(values.length, labels, { random, length });
    if (!span) continue;
    injectLight(values, { kind, ...span }, { clean, random });
    labels.fill(1, span.start, span.end);
    events.push({ kind, ...span });
  }
  return { values, labels, events };
}

function injectLight(
  values: Float64Array,
  { kind, start, end }: { kind: LightKind; start: number; end: number },
  { clean, random }: Pick<Source, "clean" | "random">,
): void {
  const factor = random.shuffle([0.15, 0.3, 2.5])[0]!;
  const shift = random.integer(4, 9) * 6 * (random.uniform() < 0.5 ? -1 : 1);
  const level = random.uniform(500, 5000);
  const held = clean.subarray(start, end).find((lux) => lux > 0) ?? level;
  const period = random.integer(12, 48);
  for (let i = start; i < end; i++) {
    if (kind === "const_zero") values[i] = 0;
    else if (kind === "square") values[i] = Math.floor((i - start) / period) % 2 === 0 ? level : 0;
    else if (kind === "scale") values[i]! *= factor;
    else if (kind === "stuck") values[i] = held;
    else values[i] = clean[Math.min(clean.length - 1, Math.max(0, i + shift))]!;
  }
}
