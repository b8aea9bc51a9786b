import { cpus } from "node:os";
import { createRandom } from "#lib/math/random";
import { BUDDY_TEMPERATURE, type BuddyStation, checkBuddies } from "#lib/sensors/checks/buddy/buddy-check";

const TIMES = 5;

/** The buddy check on stations of one instant: evenly over one area, as titanlib was timed, and clustered in towns. */
export function run() {
  const counts = [1_000, 10_000, 100_000];
  return {
    cpu: cpus()[0]?.model,
    even: counts.map((count) => measure(evenly(count))),
    towns: counts.map((count) => measure(inTowns(count))),
    titanlibS: { 1_000: 0.0069, 10_000: 0.427, 100_000: 45.4 },
  };
}

function measure(stations: BuddyStation[]) {
  const random = createRandom("values");
  const values = stations.map(({ elevationM }) => {
    const error = random.uniform() < 0.02 ? random.normal(0, 10) : random.normal(0, 0.7);
    return 15 - 0.0065 * elevationM + error;
  });
  const durationsMs = Array.from({ length: TIMES }, () => {
    const startedMs = performance.now();
    checkBuddies(stations, values, BUDDY_TEMPERATURE);
    return performance.now() - startedMs;
  }).sort((a, b) => a - b);
  const { flags } = checkBuddies(stations, values, BUDDY_TEMPERATURE);
  const flagged = flags.reduce((sum, flag) => sum + (flag === 4 ? 1 : 0), 0);
  return {
    stations: stations.length,
    medianS: Math.round(durationsMs[Math.floor(TIMES / 2)]!) / 1000,
    worstS: Math.round(durationsMs.at(-1)!) / 1000,
    flagged,
  };
}

/** One degree square; a circle of 10 km then holds 4 % of them: 4,000 buddies each of 100,000. */
function evenly(count: number): BuddyStation[] {
  const random = createRandom(`even ${count}`);
  return Array.from({ length: count }, () => ({
    lat: 59.5 + random.uniform(),
    lon: 10 + random.uniform(),
    elevationM: random.uniform() * 300,
  }));
}

/** Towns of very different size over a country, hills between them. */
function inTowns(count: number): BuddyStation[] {
  const random = createRandom(`towns ${count}`);
  const towns = Array.from({ length: 400 }, () => ({ lat: 47 + random.uniform() * 8, lon: 6 + random.uniform() * 9 }));
  return Array.from({ length: count }, () => {
    const town = towns[Math.floor(towns.length * random.uniform() ** 2)]!;
    return {
      lat: town.lat + random.normal(0, 0.08),
      lon: town.lon + random.normal(0, 0.12),
      elevationM: Math.abs(random.normal(250, 180)),
    };
  });
}
