import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { SEGMENTS, type Segment } from "#lib/charging/core/segments";
import { expectedShape } from "#lib/charging/models/core/expected-shape";
import { DAY_MIN, type MixtureComponent } from "#lib/charging/models/core/mixture";
import { DEFAULT_ENERGY_KWH } from "#lib/charging/models/default-mixtures";
import { DAY_TYPES, type DayType } from "#lib/charging/models/schema";
import { createRandom, type Random } from "#lib/math/random";
import { parseTable } from "./verify/charging/text-table.ts";

const NAMES: Record<Segment, string> = {
  residential_l1: "Residential L1",
  residential_l2: "Residential L2",
  residential_mud: "Residential MUD",
  work: "Work",
  public_l2: "Public L2",
  fast: "Fast",
};
const COMPONENTS: Record<Segment, number> = {
  residential_l1: 4,
  residential_l2: 5,
  residential_mud: 4,
  work: 4,
  public_l2: 4,
  fast: 3,
};
const TRIES = 8_000;

/**
 * Finds the components of the model that comes with the portal: starts whose expected load has the hourly
 * shape of the published county profiles, summed over counties. Prints them with the largest difference of an hour's
 * share. `npm run bench -- calibrate-session-model --data DIR`, DIR with counties/county_week_profiles_2025.csv.gz.
 */
export async function run({ dataDir }: { dataDir: string | undefined }): Promise<Record<string, unknown>> {
  if (!dataDir) throw new Error("Name the folder of the county profiles with --data.");
  const shapes = readShapes(join(dataDir, "counties", "county_week_profiles_2025.csv.gz"));
  const found = SEGMENTS.flatMap((segment) =>
    DAY_TYPES.map((dayType) => {
      const rng = createRandom(`${segment}/${dayType}`);
      return { segment, dayType, ...calibrate(segment, shapes.get(`${segment}/${dayType}`)!, rng) };
    }),
  );
  return { mixtures: found };
}

/** Hourly shares of each segment's weekday and weekend. Monday comes first. */
function readShapes(path: string): Map<string, Float64Array> {
  const { columns, rows } = parseTable(gunzipSync(readFileSync(path)).toString("utf8"));
  const hourAt = columns.indexOf("h0");
  const shapes = new Map<string, Float64Array>();
  for (const segment of SEGMENTS) {
    const own = rows.filter((row) => row[1] === NAMES[segment] && row[2] === "uncontrolled");
    const days: [DayType, number, number][] = [
      ["weekday", 0, 120],
      ["weekend", 120, 168],
    ];
    for (const [dayType, from, to] of days) {
      const shape = new Float64Array(24);
      for (const row of own) for (let h = from; h < to; h++) shape[h % 24]! += Number(row[hourAt + h]);
      const sum = shape.reduce((total, value) => total + value, 0);
      shapes.set(
        `${segment}/${dayType}`,
        shape.map((value) => value / sum),
      );
    }
  }
  return shapes;
}

/** Numbers of a trial: energy, then weight, start and spread per component. */
type Trial = number[];

function calibrate(segment: Segment, wanted: Float64Array, rng: Random) {
  const size = COMPONENTS[segment];
  let best: Trial = [];
  let least = Infinity;
  for (let start = 0; start < 4; start++) {
    let trial: Trial = [DEFAULT_ENERGY_KWH[segment]];
    for (let k = 0; k < size; k++) trial.push(1, (rng.uniform(0, 1) + k) * (DAY_MIN / size), 120);
    let miss = missOf(segment, trial, wanted);
    for (let i = 0; i < TRIES; i++) {
      const scale = 0.3 * (1 - i / TRIES) ** 2 + 0.002;
      const next = moved(trial, rng, scale);
      const nextMiss = missOf(segment, next, wanted);
      if (nextMiss < miss) [trial, miss] = [next, nextMiss];
    }
    if (miss < least) [best, least] = [trial, miss];
  }
  const shape = expectedShape(segment, toComponents(best));
  const largest = Math.max(...shape.map((share, hour) => Math.abs(share - wanted[hour]!)));
  const round = (value: number, digits: number) => Number(value.toFixed(digits));
  const components = toComponents(best)
    .map(({ weight, mean, covariance }) => [
      round(weight, 4),
      round(mean[0]!, 1),
      round(Math.sqrt(covariance[0]![0]!), 1),
    ])
    .filter(([weight]) => weight! >= 0.001)
    .sort((a, b) => b[0]! - a[0]!);
  return { largestHourDifference: round(largest, 5), components };
}

function moved(trial: Trial, rng: Random, scale: number): Trial {
  const next = [...trial];
  const at = rng.integer(1, trial.length - 1);
  const kind = (["weight", "start", "spread"] as const)[(at - 1) % 3]!;
  const step = rng.normal(0, scale);
  if (kind === "weight") next[at] = Math.max(1e-4, trial[at]! * Math.exp(step * 2));
  else if (kind === "start") next[at] = (trial[at]! + step * 600 + DAY_MIN) % DAY_MIN;
  else next[at] = Math.min(240, Math.max(10, trial[at]! * Math.exp(step * 1.5)));
  return next;
}

function toComponents([energy = 10, ...rest]: Trial): MixtureComponent[] {
  const size = rest.length / 3;
  const sum = Array.from({ length: size }, (_, k) => rest[k * 3]!).reduce((total, weight) => total + weight, 0);
  return Array.from({ length: size }, (_, k) => ({
    weight: rest[k * 3]! / sum,
    mean: [rest[k * 3 + 1]!, energy],
    covariance: [
      [rest[k * 3 + 2]! ** 2, 0],
      [0, (energy * 0.5) ** 2],
    ],
  }));
}

function missOf(segment: Segment, trial: Trial, wanted: Float64Array): number {
  const shape = expectedShape(segment, toComponents(trial));
  let miss = 0;
  for (let hour = 0; hour < 24; hour++) miss += (shape[hour]! - wanted[hour]!) ** 2;
  return miss;
}
