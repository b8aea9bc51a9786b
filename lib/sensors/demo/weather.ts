import { normalAt, smoothNoise, streamOf, uniformAt } from "./counter-noise.ts";
import type { DemoSensor } from "./network.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const YEAR_DAYS = 365.25;
const LAPSE_C_PER_M = 0.0065;
/** Fronts come in from the south-west at about 40 km/h. */
const FRONT_HOURS_PER_DEGREE_NORTH = 1.6;
const FRONT_HOURS_PER_DEGREE_EAST = 1.4;
const CENTRE = { latitude: 47.55, longitude: -122.3 };
const SOLAR_HOURS = CENTRE.longitude / 15;
const TAU = 2 * Math.PI;

/** What the air does at a place and instant, before any instrument sees it. */
export interface Air {
  temperatureC: number;
  humidityPercent: number;
  pm25UgM3: number;
}

/** Saturation vapour pressure, hPa (Magnus, WMO coefficients). */
function saturationHpa(temperatureC: number): number {
  return 6.112 * Math.exp((17.62 * temperatureC) / (243.12 + temperatureC));
}

/** Weekday rush hours on top of a night that traps smoke in the cold season; a factor in logarithms. */
function dailyParticles(hour: number, weekday: number, winter: number): number {
  const isWorkday = weekday >= 1 && weekday <= 5;
  const morning = Math.exp(-0.5 * ((hour - 7.5) / 1.3) ** 2);
  const evening = Math.exp(-0.5 * ((hour - 17.5) / 1.8) ** 2);
  const night = 0.5 + 0.5 * Math.cos((TAU * (hour - 23)) / 24);
  return (isWorkday ? 0.28 : 0.1) * (morning + evening) + (0.15 + 0.3 * winter) * night;
}

/**
 * The weather of one sensor's place as a function of time: smooth in space and time, with season, day and night,
 * moving fronts, clouds, elevation and a little local life. Reads no history, so any instant can be computed alone.
 */
export class LocalAir {
  readonly #region: Readonly<Record<"slow" | "front" | "gust" | "cloud" | "moist" | "stagnant" | "plume", number>>;
  readonly #local: number;
  readonly #lagMs: number;
  readonly #coolingC: number;
  readonly #swing: number;
  readonly #logParticles: number;
  readonly #air: Air = { temperatureC: 0, humidityPercent: 0, pm25UgM3: 0 };

  constructor(seed: string, sensor: DemoSensor) {
    const stream = (name: string) => streamOf(`${seed}/air/${name}`);
    this.#region = {
      slow: stream("slow"),
      front: stream("front"),
      gust: stream("gust"),
      cloud: stream("cloud"),
      moist: stream("moist"),
      stagnant: stream("stagnant"),
      plume: stream("plume"),
    };
    this.#local = sensor.stream;
    const north = sensor.latitude - CENTRE.latitude;
    const east = sensor.longitude - CENTRE.longitude;
    this.#lagMs = (FRONT_HOURS_PER_DEGREE_NORTH * north + FRONT_HOURS_PER_DEGREE_EAST * east) * HOUR_MS;
    this.#coolingC = LAPSE_C_PER_M * sensor.elevationM + 0.6 * north;
    // Away from the water the day swings more; every garden is a little different.
    this.#swing = 1 + 0.45 * Math.max(0, Math.abs(east + 0.08) - 0.1) + 0.08 * normalAt(sensor.stream, 11);
    this.#logParticles = Math.log(6.5 * sensor.particles) + 0.08 * normalAt(sensor.stream, 12);
  }

  /** The air at an instant (UTC ms). The returned object is reused by the next call. */
  at(atMs: number): Air {
    const region = this.#region;
    const days = atMs / DAY_MS;
    const front = (atMs - this.#lagMs) / DAY_MS;
    const winter = 0.5 + 0.5 * Math.cos((TAU * (days - 15)) / YEAR_DAYS);
    const hour = (((atMs / HOUR_MS + SOLAR_HOURS) % 24) + 24) % 24;
    const cloud = 1 / (1 + Math.exp(-1.6 * smoothNoise(region.cloud, front / 1.3) - 0.6 * winter));
    const synoptic = 2.6 * smoothNoise(region.slow, front / 4.1) + 1.1 * smoothNoise(region.front, front / 1.2);
    const gusts = 0.35 * smoothNoise(region.gust, front * 3.1) + 0.2 * smoothNoise(this.#local, days * 5);
    const meanC = 18.2 - 13 * winter + synoptic + gusts - this.#coolingC;
    const swingC = (5.2 - 2.6 * winter) * (1 - 0.65 * cloud) * this.#swing;
    const phase = (TAU * (hour - 15.2)) / 24;
    const temperatureC = meanC + swingC * (Math.cos(phase) + 0.18 * Math.cos(2 * phase));

    const dryness = 1.6 + 4.4 * (1 - winter) + 1.7 * (1 - cloud) - 1.5 * smoothNoise(region.moist, front / 1.7);
    const dewPointC = meanC - Math.max(0.2, dryness);
    const humidity = (100 * saturationHpa(dewPointC)) / saturationHpa(temperatureC);

    const weekday = Math.floor(days + SOLAR_HOURS / 24 + 4) % 7;
    const plumes = 0.5 * smoothNoise(region.stagnant, front / 2.6) + 0.22 * smoothNoise(region.plume, front * 2.2);
    const own = 0.07 * smoothNoise(this.#local + 1, days * 6);
    const logPm = this.#logParticles + dailyParticles(hour, weekday, winter) + plumes + own - 0.03 * synoptic;

    const air = this.#air;
    air.temperatureC = temperatureC;
    air.humidityPercent = Math.min(100, humidity);
    air.pm25UgM3 = Math.exp(logPm);
    return air;
  }
}

/** Voltage of a lithium cell that is changed every two to three months; falls slowly, then faster. */
export function batteryVoltage(sensor: DemoSensor, atMs: number): number {
  const cycleDays = 65 + 45 * uniformAt(sensor.stream, 21);
  const used = (((atMs / DAY_MS + cycleDays * uniformAt(sensor.stream, 22)) % cycleDays) + cycleDays) % cycleDays;
  const share = used / cycleDays;
  const hour = (atMs / HOUR_MS + SOLAR_HOURS) % 24;
  const daily = 0.012 * Math.cos((TAU * (hour - 14)) / 24);
  return (
    4.14 - 0.42 * share - 0.14 * share ** 5 + daily + 0.004 * normalAt(sensor.stream + 2, Math.floor(atMs / HOUR_MS))
  );
}
