import type { DetectorMode } from "../../detector/types.ts";

/** Score and the share of spans with about that score that were true, on series with known faults. */
type Calibration = readonly (readonly [score: number, share: number])[];

/**
 * Measured on networks with faults injected anew and on the labelled streams and motes (`npm run bench --
 * fault-confidence`); between the points on a straight line.
 */
const CALIBRATION: Record<DetectorMode, Calibration> = {
  network_temperature: [
    [1, 0.3],
    [1.2, 0.6],
    [1.5, 0.88],
    [2, 0.96],
    [3, 0.99],
  ],
  network_light: [
    [1, 0.85],
    [2, 0.93],
    [5, 0.97],
  ],
  single: [
    [1, 0.5],
    [1.5, 0.7],
    [2.5, 0.9],
    [5, 0.97],
  ],
};

/** Share (0 to 1) of spans with such a score that are true faults. */
export function confidenceOf(mode: DetectorMode, score: number): number {
  const points = CALIBRATION[mode];
  const [first, last] = [points[0]!, points.at(-1)!];
  if (score <= first[0]) return first[1];
  if (score >= last[0]) return last[1];
  const next = points.findIndex(([at]) => at >= score);
  const [a, b] = [points[next - 1]!, points[next]!];
  return a[1] + ((score - a[0]) / (b[0] - a[0])) * (b[1] - a[1]);
}
