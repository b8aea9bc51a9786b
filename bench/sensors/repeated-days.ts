/**
 * The rule of the 2019 portal, kept as the baseline to beat: a day is faulty when the next one repeats it exactly.
 * Days are counted back from the last row (the oldest n mod `samplesPerDay` rows are left out); gaps are bridged
 * linearly first, as the baseline did. Score 1 on faulty days, 0 elsewhere.
 */
export function repeatedDays(values: ArrayLike<number>, samplesPerDay: number): Float64Array {
  const filled = bridgeGaps(values);
  const scores = new Float64Array(filled.length);
  for (let start = filled.length % samplesPerDay; start + 2 * samplesPerDay <= filled.length; start += samplesPerDay) {
    const day = filled.subarray(start, start + samplesPerDay);
    if (day.every((value, i) => value === filled[start + samplesPerDay + i])) scores.fill(1, start, start + day.length);
  }
  return scores;
}

function bridgeGaps(values: ArrayLike<number>): Float64Array {
  const filled = Float64Array.from(values);
  let last = -1;
  for (let i = 0; i <= filled.length; i++) {
    if (i < filled.length && !Number.isFinite(filled[i])) continue;
    const left = filled[last] ?? filled[i] ?? Number.NaN;
    const right = filled[i] ?? left;
    for (let k = last + 1; k < i; k++) filled[k] = left + ((right - left) * (k - last)) / (i - last);
    last = i;
  }
  return filled;
}
