/** Below this share done, extrapolation says more about the first step than about the run. */
const TRUSTED_FRACTION = 0.1;

export interface RunPace {
  elapsedS: number;
  progressFraction: number;
  /** Median of earlier runs, seconds. */
  expectedDurationS: number | null;
}

/** Seconds a running run is likely to need still; null when neither its progress nor earlier runs tell. */
export function remainingS({ elapsedS, progressFraction, expectedDurationS }: RunPace): number | null {
  if (progressFraction >= TRUSTED_FRACTION) return (elapsedS * (1 - progressFraction)) / progressFraction;
  if (expectedDurationS === null || elapsedS > expectedDurationS) return null;
  return expectedDurationS - elapsedS;
}
