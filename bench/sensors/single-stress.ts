import { join } from "node:path";
import { createRandom, type Random } from "#lib/math/random";
import { standardDeviation } from "#lib/math/stats";
import { numbersOf, readCsv, timesOf } from "./csv-table.ts";
import type { LabelledSeries } from "./labelled-series.ts";

const DAY_ROWS = 96;
const DAYS = 30;
const ROWS = DAYS * DAY_ROWS;
const STEP_MS = 900_000;

export interface StressFault {
  kind: "stuck" | "bias" | "drift" | "noise" | "spike" | "const_code";
  start: number;
  end: number;
}

export interface StressSeries extends LabelledSeries {
  faults: StressFault[];
}

const KINDS = ["stuck", "bias", "drift", "noise", "spike", "const_code"] as const;

/** Sizes in standard deviations of the series; 0 for faults that replace the value. */
const SIZES_SD: Readonly<Record<StressFault["kind"], readonly [number, number]>> = {
  stuck: [0, 0],
  bias: [0.4, 1.2],
  drift: [0.8, 2.5],
  noise: [0.3, 1],
  spike: [1.5, 5],
  const_code: [0, 0],
};

/**
 * Soil-like series of 30 days with injected faults of the documented shapes, a third each from a bucket model with
 * showers (clean by construction), from a real water level, and from a real soil series with its own unlabelled
 * glitches. The seed decides everything.
 */
export function stressSeries(dataDir: string, seed: string, count: number): StressSeries[] {
  const random = createRandom(seed);
  const real = { level: readLevel(dataDir), soil: readSoil(dataDir) };
  return Array.from({ length: count }, (_, i) => {
    const own = random.fork(String(i));
    const source = (["model", "level", "soil"] as const)[i % 3]!;
    return injectFaults(source === "model" ? soilModel(own) : windowOf(real[source], own), own, `${source}_${i}`);
  });
}

function windowOf(values: Float64Array, random: Random): Float64Array {
  const offset = random.integer(0, values.length - ROWS);
  return values.slice(offset, offset + ROWS);
}

function readLevel(dataDir: string): Float64Array {
  return numbersOf(readCsv(join(dataDir, "saqc", "hydro_level_sac_watertemp.csv.gz")), "level_raw");
}

/** Means of 15 minutes, as the labelled soil series have them; NaN where there is no value. */
function readSoil(dataDir: string): Float64Array {
  const table = readCsv(join(dataDir, "saqc", "soil_moisture_2021.csv.gz"));
  const [times, values] = [timesOf(table), numbersOf(table, "soil_moisture")];
  const slots = Float64Array.from(times, (time) => Math.floor((time - times[0]!) / STEP_MS));
  const [sums, counts] = [new Float64Array(slots.at(-1)! + 1), new Float64Array(slots.at(-1)! + 1)];
  slots.forEach((slot, i) => {
    if (Number.isNaN(values[i])) return;
    sums[slot]! += values[i]!;
    counts[slot]! += 1;
  });
  return sums.map((sum, slot) => sum / counts[slot]!);
}

/** Soil water in percent: showers fill it within hours, drainage and evaporation empty it, a logger rounds it. */
function soilModel(random: Random): Float64Array {
  const values = new Float64Array(ROWS);
  const resolution = random.uniform() < 0.5 ? 0.01 : 0.1;
  const [field, dry] = [random.uniform(22, 34), random.uniform(4, 12)];
  const [drainDays, dryDays] = [random.uniform(0.3, 1.5), random.uniform(10, 40)];
  const [swing, noise] = [random.uniform(0, 0.4), random.uniform(0.005, 0.08)];
  let water = random.uniform(dry + 4, field);
  let shower = 0;
  for (let i = 0; i < ROWS; i++) {
    if (shower === 0 && random.uniform() < 1 / (DAY_ROWS * 5)) shower = random.integer(1, 16);
    if (shower > 0) {
      water += Math.abs(random.normal(0, 1.2));
      shower -= 1;
    }
    water -= Math.max(0, water - field) / (drainDays * DAY_ROWS) + (water - dry) / (dryDays * DAY_ROWS);
    const daily = swing * Math.sin((2 * Math.PI * i) / DAY_ROWS);
    values[i] = Math.round((water + daily + random.normal(0, noise)) / resolution) * resolution;
  }
  return values;
}

function injectFaults(clean: Float64Array, random: Random, name: string): StressSeries {
  const values = clean.slice();
  const labels = new Uint8Array(ROWS);
  const faults: StressFault[] = [];
  const sd = standardDeviation(clean);
  const wanted = random.shuffle(KINDS).slice(0, random.integer(1, 3));
  for (const kind of wanted) {
    const length = lengthOf(kind, random);
    const start = random.integer(0, ROWS - length);
    const end = start + length;
    // Faults keep a day's distance, so that every one is a case of its own.
    if (labels.subarray(Math.max(0, start - DAY_ROWS), end + DAY_ROWS).includes(1)) continue;
    applyFault(values, { kind, start, end }, { sd, random });
    labels.fill(1, start, end);
    faults.push({ kind, start, end });
  }
  const times = Float64Array.from(values, (_, i) => i * STEP_MS);
  const common = { family: "fault_soil", device: name, variable: "soil_moisture", samplesPerDay: DAY_ROWS } as const;
  return { ...common, name, times, values, labels, clean, faults };
}

function lengthOf(kind: StressFault["kind"], random: Random): number {
  const hours = (from: number, to: number) => Math.round(random.uniform(from, to) * 4);
  if (kind === "stuck") return hours(6, 96);
  if (kind === "bias") return hours(24, 192);
  if (kind === "drift") return hours(96, 288);
  if (kind === "noise") return hours(4, 48);
  if (kind === "spike") return random.integer(1, 3);
  return hours(1, 40);
}

function applyFault(
  values: Float64Array,
  { kind, start, end }: StressFault,
  { sd, random }: { sd: number; random: Random },
): void {
  const sign = random.uniform() < 0.5 ? -1 : 1;
  const [from, to] = SIZES_SD[kind];
  const size = sd * random.uniform(from, to);
  const code = [-40, 0, 85][random.integer(0, 2)]!;
  const held = values[start]!;
  for (let i = start; i < end; i++) {
    if (kind === "stuck") values[i] = held;
    else if (kind === "const_code") values[i] = code;
    else if (kind === "noise") values[i]! += random.normal(0, size);
    else values[i]! += sign * size * (kind === "drift" ? (i - start + 1) / (end - start) : 1);
  }
}
