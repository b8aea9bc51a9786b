/** A detector's verdict on one labelled series; rows are equally spaced in time. */
export interface LabelledScores {
  /** Anomaly score per row, higher = more suspicious; NaN counts as the lowest. */
  scores: ArrayLike<number>;
  /** 1 = faulty row. Same length as `scores`. */
  labels: ArrayLike<number>;
}

/** A detector's flags on one labelled series. */
export interface LabelledFlags {
  /** Non-zero = flagged row. */
  flags: ArrayLike<number>;
  labels: ArrayLike<number>;
  samplesPerDay: number;
}

/** Rows of one hour: what a detection may be off by, and the gap over which flagged runs are one event. */
export function rowsPerHour(samplesPerDay: number): number {
  return Math.floor(samplesPerDay / 24);
}

/** Harmonic mean of precision and recall; 0 when both are 0. */
export function harmonicMean(precision: number, recall: number): number {
  return precision + recall > 0 ? (2 * precision * recall) / (precision + recall) : 0;
}
