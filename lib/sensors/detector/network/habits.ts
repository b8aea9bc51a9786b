import { median } from "#lib/math/quantile";
import { standardDeviation } from "#lib/math/stats";
import type { HourGrid } from "./hour-grid.ts";

/** What a sensor of a network usually shows: learned from a time in which it was mostly healthy. */
export interface SensorHabits {
  /** Usual level above the network's median, in the unit judged (°C; logarithm of light). */
  level: number;
  /** How far that level wanders from week to week. */
  levelSd: number;
  /** Usual size (standard deviation) of the deviations from what the others say, by hour of the day. */
  sigmaByHour: number[];
}

/** Levels within so many of their usual wanderings are a season's, beyond a fault's. */
const LEVEL_SDS = 4;
/** A sensor is at most this much less quiet than it used to be before that is a fault. */
const SIGMA_GROWTH = 3;
const WEEK_HOURS = 168;
const WEEK_HOURS_MIN = 48;
const HOURS_MIN = 72;

/**
 * By how much every sensor's level is beyond what it is known for; 0 within its usual wandering and for sensors without
 * habits. `levels` are against any common level: what those with habits moved together is the network's.
 */
export function unusualLevels(levels: Float64Array, habits: readonly (SensorHabits | undefined)[]): Float64Array {
  const moved = levels.map((level, j) => level - (habits[j]?.level ?? Number.NaN));
  const common = median(moved);
  return moved.map((deviation, j) => {
    const most = LEVEL_SDS * (habits[j]?.levelSd ?? Infinity);
    return Math.abs(deviation - common) > most ? deviation - common : 0;
  });
}

/** Levels above their median; NaN stays. */
export function aboveMedian(levels: Float64Array): Float64Array {
  const middle = median(levels);
  return levels.map((level) => level - middle);
}

/** The median of what may teach; 0 when nothing does. */
export function usableLevel(residual: Float64Array, isUsable: Uint8Array): number {
  const level = median(residual.map((value, t) => (isUsable[t] ? value : Number.NaN)));
  return Number.isFinite(level) ? level : 0;
}

/**
 * Keeps a long fault from being called usual: scales grow only so far beyond the known ones, times what the weather
 * made of all of them. Changes its argument.
 */
export function holdScales(
  scales: readonly Float64Array[],
  hourOfDay: Uint8Array,
  habits: readonly (SensorHabits | undefined)[],
): void {
  const growthOf = (scale: Float64Array, { sigmaByHour }: SensorHabits) =>
    median(scale.map((sigma, t) => sigma / sigmaByHour[hourOfDay[t]!]!));
  const growth = median(Float64Array.from(scales, (scale, j) => (habits[j] ? growthOf(scale, habits[j]) : Number.NaN)));
  if (!Number.isFinite(growth)) return;
  const most = SIGMA_GROWTH * Math.max(1, growth);
  scales.forEach((scale, j) => {
    const own = habits[j]?.sigmaByHour;
    if (own) scale.forEach((sigma, t) => (scale[t] = Math.min(sigma, most * own[hourOfDay[t]!]!)));
  });
}

interface Seen {
  level: number;
  /** Deviation from the expectation per hour of the record, NaN where missing or in a fault. */
  residual: Float64Array;
  sigma: Float64Array;
  grid: Pick<HourGrid, "hourOfDay">;
  /** 1 where hours can teach (light: by day); absent: all. */
  isUsed?: Uint8Array;
  /** The level is never known better than this. */
  levelSdMin: number;
}

/** What a record teaches of a sensor; null when less than half of it can be trusted. */
export function learnHabits({ level, residual, sigma, grid, isUsed, levelSdMin }: Seen): SensorHabits | null {
  const { hourOfDay } = grid;
  const known = residual.reduce((count, value) => count + (Number.isNaN(value) ? 0 : 1), 0);
  const possible = isUsed ? isUsed.reduce((sum, used) => sum + used, 0) : residual.length;
  if (known < HOURS_MIN || known < possible / 2) return null;
  const weeks: number[] = [];
  for (let from = 0; from < residual.length; from += WEEK_HOURS) {
    const week = residual.subarray(from, from + WEEK_HOURS);
    if (week.filter((value) => !Number.isNaN(value)).length >= WEEK_HOURS_MIN) weeks.push(median(week));
  }
  const spread = weeks.length > 1 ? standardDeviation(weeks) : 0;
  const groups = Array.from({ length: 24 }, (): number[] => []);
  for (let t = 0; t < sigma.length; t++) groups[hourOfDay[t]!]!.push(sigma[t]!);
  const all = median(sigma);
  return {
    level,
    levelSd: Math.max(levelSdMin, spread),
    sigmaByHour: groups.map((group) => (group.length > 0 ? median(group) : all)),
  };
}
