import { median } from "#lib/math/quantile";
import { longRun, valueRuns } from "./stuck-runs.ts";

/** Air temperatures a sensor can show, °C. */
const RANGE_C = [-35, 60] as const;

export interface Masked {
  /** Values with everything masked as NaN, per sensor. */
  known: Float64Array[];
  /** 1 where a value is outside the physical range. */
  isImpossible: Uint8Array[];
}

/** Takes out what cannot be and what holds still for too long, so that neither teaches the network anything. */
export function maskRows(values: readonly Float64Array[], rowsPerHour: number): Masked {
  const isImpossible = values.map((own) =>
    Uint8Array.from(own, (value) => (value < RANGE_C[0] || value > RANGE_C[1] ? 1 : 0)),
  );
  const possible = values.map((own, j) => own.map((value, i) => (isImpossible[j]![i] ? Number.NaN : value)));
  const lengthMin = Math.max(4 * rowsPerHour, 2 * median(possible.map(longRun)));
  const known = possible.map((own) => {
    const kept = own.slice();
    for (const { start, end } of valueRuns(own, lengthMin)) kept.fill(Number.NaN, start, end);
    return kept;
  });
  return { known, isImpossible };
}
