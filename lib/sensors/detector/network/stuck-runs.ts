import { quantile } from "#lib/math/quantile";

/** Rows [start, end) that hold one value. */
export interface ValueRun {
  start: number;
  end: number;
}

/** Runs of at least `lengthMin` identical values; a missing value ends a run. */
export function valueRuns(values: Float64Array, lengthMin: number): ValueRun[] {
  const runs: ValueRun[] = [];
  let start = 0;
  for (let i = 1; i <= values.length; i++) {
    if (i < values.length && values[i] === values[start]) continue;
    if (i - start >= lengthMin && values[start] === values[start]) runs.push({ start, end: i });
    start = i;
  }
  return runs;
}

/** A long run of this sensor: the 99.5 % quantile of the lengths of its runs. */
export function longRun(values: Float64Array): number {
  const lengths = valueRuns(values, 1).map(({ start, end }) => end - start);
  return lengths.length === 0 ? 1 : quantile(lengths, 0.995);
}
