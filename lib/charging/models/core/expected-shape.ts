import { normalTail } from "#lib/math/normal-tail";
import { SEGMENT_FACTS, type Segment } from "../../core/segments.ts";
import { aroundClock, DAY_MIN, type MixtureComponent } from "./mixture.ts";

const STEP_MIN = 15;
const STEPS = DAY_MIN / STEP_MIN;

/**
 * The day's load that a mixture leads to, as 24 hourly shares, without drawing: chance of a start in each quarter of an
 * hour, each followed by the chance that the session still draws.
 */
export function expectedShape(segment: Segment, components: readonly MixtureComponent[]): Float64Array {
  const { powerKw, energyKwhMax } = SEGMENT_FACTS[segment];
  const load = new Float64Array(STEPS);
  for (const { weight, mean, covariance } of components) {
    const starts = startChances(mean[0]!, Math.sqrt(covariance[0]![0]!));
    const drawing = drawingChances({ mean: mean[1]!, sd: Math.sqrt(covariance[1]![1]!), powerKw, energyKwhMax });
    // Starts lie anywhere in their quarter of an hour: half of what they draw falls into the next.
    for (let start = 0; start < STEPS; start++) {
      const half = (weight * starts[start]!) / 2;
      for (let i = 0; i < drawing.length; i++) {
        load[(start + i) % STEPS]! += half * drawing[i]!;
        load[(start + i + 1) % STEPS]! += half * drawing[i]!;
      }
    }
  }
  const sum = load.reduce((total, value) => total + value, 0);
  return Float64Array.from({ length: 24 }, (_, hour) => {
    let share = 0;
    for (let i = 0; i < 4; i++) share += load[hour * 4 + i]!;
    return share / sum;
  });
}

/** Share of the sessions that start in each quarter of an hour. */
export function startShares(components: readonly MixtureComponent[]): Float64Array {
  const shares = new Float64Array(STEPS);
  for (const { weight, mean, covariance } of components) {
    const chances = startChances(mean[0]!, Math.sqrt(covariance[0]![0]!));
    for (let step = 0; step < STEPS; step++) shares[step]! += weight * chances[step]!;
  }
  return shares;
}

function startChances(meanMin: number, sdMin: number): Float64Array {
  const chances = Float64Array.from({ length: STEPS }, (_, step) => {
    const way = aroundClock((step + 0.5) * STEP_MIN, meanMin);
    return Math.exp(-0.5 * (way / sdMin) ** 2);
  });
  const sum = chances.reduce((total, value) => total + value, 0);
  return chances.map((value) => value / sum);
}

/** Share of a step's full power that a session still draws so many steps after its start. */
function drawingChances(of: { mean: number; sd: number; powerKw: number; energyKwhMax: number }): number[] {
  const perStep = (of.powerKw * STEP_MIN) / 60;
  const chances: number[] = [];
  for (let from = 0; from < of.energyKwhMax; from += perStep) {
    // Energy is |normal|: three points of the step are enough for an hourly shape.
    const survival = [0.17, 0.5, 0.83].map((part) => {
      const energy = from + part * perStep;
      return normalTail((energy - of.mean) / of.sd) + normalTail((energy + of.mean) / of.sd);
    });
    const chance = survival.reduce((sum, value) => sum + value, 0) / 3;
    if (chance < 1e-4) break;
    chances.push(chance);
  }
  return chances;
}
