import { cpus } from "node:os";
import { createRandom, type Random } from "#lib/math/random";
import { runCheckNetwork } from "#lib/sensors/checks/network/run";
import { checkNetworkParams, type Neighbourhood } from "#lib/sensors/checks/network/schema";

const SENSORS = 10_000;
const TOWN = 150;
const DAYS = 30;
const STEP_MS = 900_000;
const ROWS = DAYS * 96;

/** The neighbour and reference check on 10,000 air temperature sensors in 67 towns, 30 days of 96 values, one thread. */
export async function run() {
  const random = createRandom("towns");
  const towns = Math.ceil(SENSORS / TOWN);
  let makingMs = 0;
  const neighbourhoods = function* () {
    for (let town = 0; town < towns; town++) {
      const startedMs = performance.now();
      const made = makeTown(random.fork(String(town)));
      makingMs += performance.now() - startedMs;
      yield made;
    }
  };
  const tools = { signal: new AbortController().signal, onProgress: () => undefined, log: () => undefined };
  const startedMs = performance.now();
  const result = await runCheckNetwork(
    checkNetworkParams.parse({}),
    { neighbourhoods: neighbourhoods(), count: towns },
    tools,
  );
  const tookS = (performance.now() - startedMs - makingMs) / 1000;
  return {
    cpu: cpus()[0]?.model,
    sensors: result.seriesCount,
    tookS,
    usPerValue: (tookS * 1e6) / (result.seriesCount * ROWS),
    peakMb: process.resourceUsage().maxRSS / 1024,
    falseFlags: result.flags.length,
  };
}

function makeTown(random: Random): Neighbourhood {
  const weather = new Float64Array(ROWS);
  for (let i = 1; i < ROWS; i++) weather[i] = 0.999 * weather[i - 1]! + random.normal(0, 0.1);
  const codes = Array.from({ length: TOWN }, (_, i) => `S${i}`);
  const [lat, lon] = [random.uniform(46, 52), random.uniform(6, 14)];
  const times = Float64Array.from({ length: ROWS }, (_, i) => i * STEP_MS);
  return {
    references: new Map(),
    places: codes.map((sensorId) => ({
      ...{ sensorId, elevationM: random.uniform(200, 500), referenceCode: null },
      ...{ lat: lat + random.uniform(0, 0.1), lon: lon + random.uniform(0, 0.1) },
    })),
    series: codes.map((code) => {
      const level = random.normal(12, 0.8);
      const values = weather.map(
        (value, i) => level + value + 5 * Math.sin((i / 96) * 2 * Math.PI) + random.normal(0, 0.3),
      );
      const series = { sensorId: code, sensorCode: code, observedProperty: "air_temperature", unit: "Cel" };
      return { ...series, datastreamId: code, times, values };
    }),
  };
}
