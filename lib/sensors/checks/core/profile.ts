import { learnStepMs } from "#lib/math/gaps";
import { quantile, selectInPlace } from "#lib/math/quantile";
import { type ArrivalHabits, learnArrival } from "../arrival/learn-arrival.ts";
import { dailyRanges, learnAttenuation } from "../attenuated/attenuated-check.ts";
import { type BatteryLimit, batteryLimit } from "../battery/battery-limit.ts";
import type { PropertyRule } from "./property-rules.ts";
import { tailLimit } from "./tail-limit.ts";

/** Blocks of up to this many displaced values count as a spike; anything longer is a step and back. */
export const SPIKE_POINTS_MAX = 3;

/** What one series says about itself; learned once, then used to judge each further value. */
export interface SeriesProfile extends ArrivalHabits {
  /** Usual sampling step, milliseconds. */
  stepMs: number;
  /** Smallest common difference between unequal neighbours, in the series' unit. */
  resolution: number;
  /** Largest usual change within one step; `NaN` with too short a history or when the quantity jumps by nature. */
  stepLimit: number;
  /** Index w: how far a block of w values may usually stand out from both its neighbours (index 0 unused). */
  spikeLimits: Float64Array;
  /** Observations in a row that may be equal. */
  stuckPoints: number;
  /** A full day with a smaller range is attenuated; `NaN` when not judged. */
  calmRange: number;
  /** From where a battery is low; null for what is none, or of unknown kind. */
  battery: BatteryLimit | null;
}

export interface LearnOptions {
  rule: PropertyRule;
  /** Catalogue id of the quantity, and its unit. */
  property: string;
  unit: string;
  /** False alarms per month and check that a healthy series of this kind is expected to raise. */
  falseAlarmsPerMonth: number;
  /** Values closer than this are equal, in the series' unit. */
  stuckTolerance: number;
}

/** Enough for a 98 % quantile; keeps learning at a fixed cost for long series. */
const SAMPLES_MAX = 20_000;
const CHANGES_MIN = 100;
const RUNS_MIN = 50;
const MONTH_MS = 30 * 86_400_000;
const STUCK_POINTS_MIN = 6;
/** A run limit learned from the series never exceeds this (or the rule's own minimum), or a dead series hides itself. */
const STUCK_S_MAX = 2 * 86_400;
/** Without enough runs to learn from. */
const STUCK_S_UNKNOWN = 12 * 3_600;
/** Limits never fall below this many resolution steps: the last digit's own flicker is no event. */
const RESOLUTIONS_MIN = 4;
const BATTERY_PROPERTIES = ["battery_level", "battery_voltage"];
/** A battery counts as full where it is one reading in twenty. */
const FULL_QUANTILE = 0.95;

/** Finite values inside the fail range, in order. */
function usableValues(values: Float64Array, rule: PropertyRule): Float64Array {
  const { failMin, failMax } = rule.range;
  const kept = new Float64Array(values.length);
  let count = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (value >= failMin && value <= failMax) kept[count++] = value;
  }
  return kept.subarray(0, count);
}

interface Sampled {
  positives: Float64Array;
  /** Share of all positions at which the statistic is positive. */
  share: number;
}

/** The statistic at evenly spread positions, positive values only. */
function samplePositive(positions: number, statistic: (position: number) => number): Sampled {
  const samples = Math.min(positions, SAMPLES_MAX);
  const kept = new Float64Array(Math.max(0, samples));
  let count = 0;
  for (let k = 0; k < samples; k++) {
    const value = statistic(Math.floor((k * positions) / samples));
    if (value > 0) kept[count++] = value;
  }
  return { positives: kept.subarray(0, count), share: samples > 0 ? count / samples : 0 };
}

/**
 * How far the block of `width` values from `from` on stands out from `before` and from the value after it: the smaller
 * distance, for the block value nearest to them. Zero when it does not stand out to one side, or when the level has not
 * returned: before and after may differ by no more than the block stands out.
 */
export function blockProminence(x: Float64Array, before: number, block: { from: number; width: number }): number {
  const { from, width } = block;
  const after = x[from + width]!;
  let low = Infinity;
  let high = -Infinity;
  for (let i = from; i < from + width; i++) {
    const value = x[i]!;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  const prominence = Math.max(low - Math.max(before, after), Math.min(before, after) - high);
  return prominence > 0 && Math.abs(after - before) <= prominence ? prominence : 0;
}

function learnChangeLimits(
  x: Float64Array,
  exceedance: number,
  accuracy: number,
): Pick<SeriesProfile, "resolution" | "stepLimit" | "spikeLimits"> {
  const spikeLimits = new Float64Array(SPIKE_POINTS_MAX + 1).fill(Number.NaN);
  const changes = samplePositive(x.length - 1, (i) => Math.abs(x[i + 1]! - x[i]!));
  const n = changes.positives.length;
  if (n === 0) return { resolution: 0, stepLimit: Number.NaN, spikeLimits };
  const resolution = selectInPlace(changes.positives, Math.floor(0.05 * (n - 1)));
  if (n < CHANGES_MIN) return { resolution, stepLimit: Number.NaN, spikeLimits };
  const floor = Math.max(RESOLUTIONS_MIN * resolution, 2 * accuracy);
  const stepLimit = Math.max(floor, tailLimit(changes.positives, exceedance / changes.share, resolution));
  for (let width = 1; width <= SPIKE_POINTS_MAX; width++) {
    const { positives, share } = samplePositive(x.length - width - 1, (i) =>
      blockProminence(x, x[i]!, { from: i + 1, width }),
    );
    // A wider block stands out at least as rarely; too few examples fall back to what one step may change.
    const learned = positives.length < CHANGES_MIN ? stepLimit : tailLimit(positives, exceedance / share, resolution);
    spikeLimits[width] = Math.max(floor, learned);
  }
  return { resolution, stepLimit, spikeLimits };
}

/** Lengths of runs of equal values, without runs at a resting value. */
function runLengths(x: Float64Array, options: LearnOptions): Float64Array {
  const lengths = new Float64Array(x.length);
  const { resting } = options.rule;
  let count = 0;
  let start = 0;
  for (let i = 1; i <= x.length; i++) {
    if (i < x.length && Math.abs(x[i]! - x[start]!) <= options.stuckTolerance) continue;
    const value = x[start]!;
    if (!resting.some((rest) => rest.value === value)) lengths[count++] = i - start;
    start = i;
  }
  return lengths.subarray(0, count);
}

function learnStuckPoints(x: Float64Array, stepMs: number, options: LearnOptions): number {
  const perPointS = stepMs / 1000;
  const floor = Math.max(STUCK_POINTS_MIN, options.rule.stuckS / perPointS);
  const lengths = runLengths(x, options);
  if (lengths.length < RUNS_MIN) return Math.ceil(Math.max(floor, STUCK_S_UNKNOWN / perPointS));
  const runsPerMonth = (lengths.length / x.length) * (MONTH_MS / stepMs);
  const learned = tailLimit(lengths, options.falseAlarmsPerMonth / runsPerMonth, 1);
  return Math.ceil(Math.max(floor, Math.min(learned, STUCK_S_MAX / perPointS)));
}

/**
 * Learns the limits of one series (times UTC ms ascending, values with `NaN` for missing) from itself.
 *
 * Quantiles well inside the body of the data carry the limits, so a few faults in the history do not widen them.
 * Cost: two passes over the values, everything else on at most 20,000 samples. The input is not changed.
 */
export function learnProfile(times: Float64Array, values: Float64Array, options: LearnOptions): SeriesProfile {
  const stepMs = learnStepMs(times);
  const x = usableValues(values, options.rule);
  const exceedance = options.falseAlarmsPerMonth / (MONTH_MS / (stepMs > 0 ? stepMs : MONTH_MS));
  const limits = learnChangeLimits(x, exceedance, options.rule.accuracy);
  if (!options.rule.isContinuous) {
    limits.stepLimit = Number.NaN;
    limits.spikeLimits.fill(Number.NaN);
  }
  const stuckPoints = stepMs > 0 ? learnStuckPoints(x, stepMs, options) : Number.POSITIVE_INFINITY;
  const isCalmJudged = stepMs > 0 && options.rule.isContinuous && options.rule.movesDaily;
  const inRange = (value: number) => value >= options.rule.range.failMin && value <= options.rule.range.failMax;
  const calmRange = isCalmJudged
    ? learnAttenuation(dailyRanges({ times, values, stepMs }, inRange), limits.resolution)
    : Number.NaN;
  const isBattery = BATTERY_PROPERTIES.includes(options.property);
  const battery = isBattery && x.length > 0 ? batteryLimit(options.unit, quantile(x, FULL_QUANTILE)) : null;
  return { stepMs, ...limits, ...learnArrival(times, stepMs, exceedance), stuckPoints, calmRange, battery };
}
