import type { Random } from "#lib/math/random";

/** Every item equally often, in an order that no round can guess. */
export function planOrder<T>(random: Random, items: readonly T[], count: number): T[] {
  const plan: T[] = [];
  while (plan.length < count) plan.push(...random.shuffle(items));
  return plan.slice(0, count);
}
