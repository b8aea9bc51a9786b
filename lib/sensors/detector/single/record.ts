import { finiteOf, median, quantile } from "#lib/math/quantile";

/** Values no sensor measures: loggers write them when they have nothing to say. */
const ERROR_CODES = [-9999, -9999.9, -999, -999.9, -99.9, -6999, -7999, 7999, 9999, 99999, 999999, 65535];

/** One series made ready for the detectors; all arrays have one entry per row. */
export interface SingleRecord {
  /** Values with gaps bridged linearly, for windows only. */
  filled: Float64Array;
  /** 1 where there is a usable value. */
  isThere: Uint8Array;
  /** 1 where the value is an error code. */
  isCode: Uint8Array;
  /** |x_t - x_(t-1)|; 0 where one of the two is missing. */
  changes: Float64Array;
  /** Median change other than 0: the resolution at which the series moves. */
  resolution: number;
  /** 5 % to 95 % range of the values. */
  range: number;
  /** Rows that the windows take as one day. */
  dayRows: number;
  /** Usable values. */
  count: number;
}

/** Reads a series with NaN for missing; an error code far outside the other values counts as missing. */
export function readRecord(values: ArrayLike<number>, dayRows: number): SingleRecord {
  const isCode = findCodes(values);
  const known = Float64Array.from(values, (value, i) => (isCode[i] || !Number.isFinite(value) ? Number.NaN : value));
  const isThere = Uint8Array.from(known, (value) => (Number.isNaN(value) ? 0 : 1));
  const finite = finiteOf(known);
  const changes = new Float64Array(known.length);
  for (let i = 1; i < known.length; i++) {
    const change = Math.abs(known[i]! - known[i - 1]!);
    changes[i] = Number.isNaN(change) ? 0 : change;
  }
  return {
    filled: bridgeGaps(known),
    isThere,
    isCode,
    changes,
    resolution: median(changes.filter((change) => change > 0)) || 0,
    range: quantile(finite, 0.95) - quantile(finite, 0.05) || 0,
    dayRows,
    count: finite.length,
  };
}

function findCodes(values: ArrayLike<number>): Uint8Array {
  const isCode = Uint8Array.from(values, (value) => (ERROR_CODES.includes(value) ? 1 : 0));
  if (!isCode.includes(1)) return isCode;
  const others = Float64Array.from(values, (value, i) => (isCode[i] ? Number.NaN : value));
  const [low, high] = [quantile(others, 0.01), quantile(others, 0.99)];
  const margin = 3 * (high - low);
  const isFar = (value: number) => Number.isNaN(low) || value < low - margin || value > high + margin;
  return isCode.map((code, i) => (code && isFar(values[i]!) ? 1 : 0));
}

/** Linear between the neighbours of a gap, constant before the first and after the last value, 0 without any. */
function bridgeGaps(known: Float64Array): Float64Array {
  const filled = known.slice();
  let last = -1;
  for (let i = 0; i <= filled.length; i++) {
    if (i < filled.length && Number.isNaN(filled[i])) continue;
    const left = filled[last] ?? filled[i] ?? 0;
    const right = filled[i] ?? left;
    for (let k = last + 1; k < i; k++) filled[k] = left + ((right - left) * (k - last)) / (i - last);
    last = i;
  }
  return filled;
}
