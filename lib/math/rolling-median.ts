/**
 * Median of a centred window of `width` values around every value (the window ends where the series does).
 * The window is kept sorted, so a step costs a binary search and a short move: fast up to some thousand values.
 * Values must be finite.
 */
export function rollingMedian(values: Float64Array, width: number): Float64Array {
  const count = values.length;
  const medians = new Float64Array(count);
  const before = Math.floor((width - 1) / 2);
  const after = Math.max(0, width - 1 - before);
  const sorted = new Float64Array(Math.min(count, width) + 1);
  let size = 0;
  for (let next = 0, i = 0; i < count; i++) {
    for (; next < count && next <= i + after; next++) size = insert(sorted, size, values[next]!);
    if (i - before > 0) size = remove(sorted, size, values[i - before - 1]!);
    const middle = size >> 1;
    medians[i] = size % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
  }
  return medians;
}

function insert(sorted: Float64Array, size: number, value: number): number {
  const at = lowerBound(sorted, size, value);
  sorted.copyWithin(at + 1, at, size);
  sorted[at] = value;
  return size + 1;
}

function remove(sorted: Float64Array, size: number, value: number): number {
  const at = lowerBound(sorted, size, value);
  sorted.copyWithin(at, at + 1, size);
  return size - 1;
}

/** First position whose value is not below the given one. */
function lowerBound(sorted: Float64Array, size: number, value: number): number {
  let low = 0;
  let high = size;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
