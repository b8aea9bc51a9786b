/** Largest value within `reach` rows on both sides (the window ends where the series does). O(n × reach). */
export function rollingMax(values: Float64Array, reach: number): Float64Array {
  return slide(values, reach, (a, b) => (b > a ? b : a));
}

/** Smallest value within `reach` rows on both sides. O(n × reach). */
export function rollingMin(values: Float64Array, reach: number): Float64Array {
  return slide(values, reach, (a, b) => (b < a ? b : a));
}

function slide(values: Float64Array, reach: number, pick: (a: number, b: number) => number): Float64Array {
  return values.map((value, i) => {
    let picked = value;
    const last = Math.min(values.length - 1, i + reach);
    for (let k = Math.max(0, i - reach); k <= last; k++) picked = pick(picked, values[k]!);
    return picked;
  });
}
