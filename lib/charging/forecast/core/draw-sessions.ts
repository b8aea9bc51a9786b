import type { Random } from "#lib/math/random";
import { choleskyOf, type MixtureComponent } from "../../models/core/mixture.ts";

export interface DrawnSessions {
  /** Minutes after midnight; below 0 or above 1440 for the day before or after. */
  startsMin: Float64Array;
  energiesKwh: Float64Array;
}

/**
 * Draws sessions from a mixture. An energy below 0 counts as its amount, one above the limit is cut: both are rare and
 * were so in the published method. Sessions come component by component, which nothing downstream depends on.
 */
export function drawSessions(
  components: readonly MixtureComponent[],
  count: number,
  { rng, energyKwhMax }: { rng: Random; energyKwhMax: number },
): DrawnSessions {
  const startsMin = new Float64Array(count);
  const energiesKwh = new Float64Array(count);
  let at = 0;
  for (const [k, number] of drawCounts(components, count, rng).entries()) {
    const { mean, covariance } = components[k]!;
    const lower = choleskyOf(covariance);
    const [startMin, energyKwh] = [mean[0]!, mean[1]!];
    const [a, b, c] = [lower[0]![0]!, lower[1]![0]!, lower[1]![1]!];
    for (const end = at + number; at < end; at++) {
      const first = rng.normal();
      startsMin[at] = startMin + a * first;
      energiesKwh[at] = Math.min(Math.abs(energyKwh + b * first + c * rng.normal()), energyKwhMax);
    }
  }
  return { startsMin, energiesKwh };
}

/** How many of `count` sessions come from each component: one draw each, like any other chance. */
function drawCounts(components: readonly MixtureComponent[], count: number, rng: Random): Uint32Array {
  const counts = new Uint32Array(components.length);
  const limits = new Float64Array(components.length);
  let sum = 0;
  for (const [k, { weight }] of components.entries()) limits[k] = sum += weight;
  for (let n = 0; n < count; n++) {
    const at = rng.uniform(0, sum);
    let k = 0;
    while (at >= limits[k]!) k++;
    counts[k]!++;
  }
  return counts;
}
