import type { SensorHabits } from "./network/habits.ts";

/**
 * What a fault detector says about the cause of a span. `misfit` and `burst` are deviations of no known shape;
 * `jump`, `season` and the like of the single-sensor mode map onto the nearest of these.
 */
export const FAULT_KINDS = [
  "range",
  "code",
  "stuck",
  "spike",
  "noise",
  "burst",
  "bias",
  "drift",
  "sun_heating",
  "clock_shift",
  "scale",
  "zero",
  "step",
  "misfit",
] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

/** A flagged row has a score above this, in every mode. */
export const FLAG_SCORE = 1;

/** One sensor's record. Missing is NaN; values are never changed by a detector. */
export interface DetectorSeries {
  /** Instants, epoch ms, ascending. Sensors of one network share the same array (a common grid). */
  timestamps: Float64Array;
  values: Float64Array;
}

/** Rows [startIndex, endIndex) that share one cause. */
export interface FaultSpan {
  kind: FaultKind;
  startIndex: number;
  endIndex: number;
  /**
   * Size of the fault in the unit of its kind: bias, stuck, spike, noise in the unit of the values; drift = deviation
   * at the end of the span; sun_heating = deviation in full light; clock_shift in hours (positive = the sensor shows
   * what happens later); scale = factor. NaN when the kind has no size.
   */
  magnitude: number;
  /** Largest row score in the span. */
  score: number;
}

/** What a verdict rests on, per row; NaN where nothing could be said. */
export interface DetectorEvidence {
  /** What the sensor should have shown, in the unit of the values. */
  expectation: Float64Array;
  /** Value minus expectation after the sensor's own habits are taken out. */
  residual: Float64Array;
  /** Usual size of the residual (one standard deviation) at that row. */
  sigma: Float64Array;
}

export const DETECTOR_MODES = ["network_temperature", "network_light", "single"] as const;
export type DetectorMode = (typeof DETECTOR_MODES)[number];

/** Why a record could not be judged as usual; absent when it could. */
export type DetectorLimit = "no_reference" | "too_short" | "no_values";

/** Verdict on one sensor. */
export interface DetectorResult {
  mode: DetectorMode;
  limit?: DetectorLimit;
  /** Per row, finite and >= 0; above `FLAG_SCORE` = faulty. */
  score: Float64Array;
  /** Ascending, not overlapping: maximal runs of flagged rows, gaps up to an hour closed. */
  spans: FaultSpan[];
  evidence?: DetectorEvidence;
  /** What this record teaches of the sensor; null or absent when it teaches nothing. */
  habits?: SensorHabits | null;
}
