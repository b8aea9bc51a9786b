/** The value at which a part of the score is halved: 50 of 100. */
export const SCORE_PARTS = {
  overspeed: { label: "Time over the limit", unit: "% of driving", half: 10, weight: 3 },
  harsh: { label: "Rapid speed changes", unit: "per 100 km", half: 10, weight: 2 },
  fatigue: { label: "Fatigue", unit: "per 100 km", half: 50, weight: 2 },
  slide: { label: "Time in neutral", unit: "% of driving", half: 2, weight: 1 },
  throttleStop: { label: "Throttle while stopped", unit: "per 100 km", half: 5, weight: 1 },
} as const;

export type ScorePart = keyof typeof SCORE_PARTS;
export const SCORE_PART_KEYS = Object.keys(SCORE_PARTS) as ScorePart[];

export interface ScoredFigures {
  drivingS: number;
  distanceKm: number;
  overspeedS: number;
  neutralSlideS: number;
  rapidSpeedupCount: number;
  rapidSlowdownCount: number;
  fatigueCount: number;
  throttleStopCount: number;
}

/** Below this a rate per 100 km says nothing about a driver. */
export const SCORED_KM_MIN = 1;

/** What each part is judged by; null when there is too little driving to tell. */
export function scoredValues(figures: ScoredFigures): Record<ScorePart, number> | null {
  const { drivingS, distanceKm } = figures;
  if (!(distanceKm >= SCORED_KM_MIN) || drivingS <= 0) return null;
  const per100Km = (count: number) => (100 * count) / distanceKm;
  const sharePercent = (seconds: number) => (100 * seconds) / drivingS;
  return {
    overspeed: sharePercent(figures.overspeedS),
    harsh: per100Km(figures.rapidSpeedupCount + figures.rapidSlowdownCount),
    fatigue: per100Km(figures.fatigueCount),
    slide: sharePercent(figures.neutralSlideS),
    throttleStop: per100Km(figures.throttleStopCount),
  };
}

/**
 * 0 to 100, the weighted mean of parts 100 / (1 + value / half): 100 without any event, 50 at the half, and never so
 * low that a better week would not show. null without enough driving, or when every weight is 0.
 */
export function scoreOf(figures: ScoredFigures, weights: Record<ScorePart, number>): number | null {
  const values = scoredValues(figures);
  if (values === null) return null;
  let sum = 0;
  let weightSum = 0;
  for (const part of SCORE_PART_KEYS) {
    sum += (weights[part] * 100) / (1 + values[part] / SCORE_PARTS[part].half);
    weightSum += weights[part];
  }
  return weightSum > 0 ? sum / weightSum : null;
}
