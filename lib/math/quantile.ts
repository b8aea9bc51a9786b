/** The finite values, copied. */
export function finiteOf(values: ArrayLike<number>): Float64Array {
  const kept = new Float64Array(values.length);
  let count = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (Number.isFinite(value)) kept[count++] = value;
  }
  return kept.subarray(0, count);
}

/** Index around which the range is split; the middle of three guards against sorted input. */
function pivotOf(a: Float64Array, low: number, high: number): number {
  const x = a[low]!;
  const y = a[(low + high) >> 1]!;
  const z = a[high]!;
  return Math.max(Math.min(x, y), Math.min(Math.max(x, y), z));
}

/**
 * Reorders `a` so that `a[k]` is what a full sort would put there, smaller values before and larger after it.
 * Hoare's selection, O(n) on average. No NaN allowed.
 */
export function selectInPlace(a: Float64Array, k: number): number {
  let low = 0;
  let high = a.length - 1;
  while (low < high) {
    const pivot = pivotOf(a, low, high);
    let i = low;
    let j = high;
    while (i <= j) {
      while (a[i]! < pivot) i++;
      while (a[j]! > pivot) j--;
      if (i > j) break;
      const swap = a[i]!;
      a[i++] = a[j]!;
      a[j--] = swap;
    }
    if (k <= j) high = j;
    else if (k >= i) low = i;
    else break;
  }
  return a[k]!;
}

/** Quantile of finite values, linear between order statistics (R type 7). Reorders its argument. */
function quantileInPlace(finite: Float64Array, fraction: number): number {
  if (finite.length === 0) return NaN;
  const position = Math.min(1, Math.max(0, fraction)) * (finite.length - 1);
  const below = Math.floor(position);
  const low = selectInPlace(finite, below);
  if (position === below) return low;
  let next = Infinity;
  for (let i = below + 1; i < finite.length; i++) next = Math.min(next, finite[i]!);
  return low + (position - below) * (next - low);
}

/** Quantile (0–1, clamped) of the finite values, linear between order statistics; NaN when there is none. */
export function quantile(values: ArrayLike<number>, fraction: number): number {
  return quantileInPlace(finiteOf(values), fraction);
}

/** Median of the finite values; NaN when there is none. */
export function median(values: ArrayLike<number>): number {
  return quantile(values, 0.5);
}
