/**
 * Whole numbers as near as can be to `amounts` whose sum is the rounded sum of these (largest remainder): rounding loses
 * no session. Of equal remainders the first gets more.
 */
export function roundToSum(amounts: readonly number[]): number[] {
  const floors = amounts.map(Math.floor);
  // A sum that is whole but for rounding must not lose one.
  const total = Math.round(amounts.reduce((sum, amount) => sum + amount, 0));
  let left = total - floors.reduce((sum, floor) => sum + floor, 0);
  const order = amounts
    .map((amount, i) => ({ i, rest: amount - floors[i]! }))
    .sort((a, b) => b.rest - a.rest || a.i - b.i);
  for (const { i } of order) {
    if (left <= 0) break;
    floors[i]!++;
    left--;
  }
  return floors;
}
