/**
 * Upper tail of the standard normal distribution, P(Z > z); relative error below 1e-10 for all z, so that tails of
 * 1e-300 are still right. Series below 3, continued fraction (Abramowitz and Stegun 26.2.14) above.
 */
export function normalTail(z: number): number {
  if (Number.isNaN(z)) return Number.NaN;
  if (z < 0) return 1 - normalTail(-z);
  const density = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
  if (z < 3) return 0.5 - density * oddSeries(z);
  let fraction = z;
  for (let k = 60; k >= 1; k--) fraction = z + k / fraction;
  return density / fraction;
}

/** z + z³/3 + z⁵/15 + …: (Φ(z) − ½) / φ(z). */
function oddSeries(z: number): number {
  let term = z;
  let sum = z;
  for (let k = 3; term > sum * 1e-17; k += 2) {
    term *= (z * z) / k;
    sum += term;
  }
  return sum;
}
