/** Weights of a NAB application profile (Lavin and Ahmad 2015). */
export interface NabProfile {
  name: string;
  hit: number;
  falseAlarm: number;
  miss: number;
}

export const NAB_PROFILES = {
  standard: { name: "standard", hit: 1, falseAlarm: 0.11, miss: 1 },
  rewardLowFp: { name: "reward_low_FP_rate", hit: 1, falseAlarm: 0.22, miss: 1 },
  rewardLowFn: { name: "reward_low_FN_rate", hit: 1, falseAlarm: 0.11, miss: 2 },
} as const satisfies Record<string, NabProfile>;

/** A NAB file: anomaly windows as rows, both ends included, ascending and apart. */
export interface NabFile {
  rowCount: number;
  windows: readonly { first: number; last: number }[];
}

/** What one row is worth when it is detected. */
export interface NabRow {
  /** Window the row lies in (index into the file's windows), or -1. */
  window: number;
  /** Gain of hitting the window here, or loss of a false alarm, both before weighting, in [-1, 1]. */
  worth: number;
}

const PROBATION_SHARE = 0.15;
const PROBATION_ROWS_MAX = 750;

/** Rows at the start of a file that are not scored: the detector may learn there. */
export function probationRows(rowCount: number): number {
  return Math.min(Math.floor(PROBATION_SHARE * rowCount), PROBATION_ROWS_MAX);
}

/** NAB's scaled sigmoid: 1 far before the end of a window, 0 at it, -1 long after. */
function sigmoid(y: number): number {
  return y > 3 ? -1 : 2 / (1 + Math.exp(5 * y)) - 1;
}

/** Worth of a detection at each row; rows of the probation have worth 0. O(n). */
export function nabRows({ rowCount, windows }: NabFile): NabRow[] {
  const probation = probationRows(rowCount);
  const rows: NabRow[] = [];
  let next = 0;
  for (let i = 0; i < rowCount; i++) {
    while (next < windows.length && windows[next]!.last < i) next++;
    const ahead = windows[next];
    const passed = windows[next - 1];
    if (i < probation) rows.push({ window: -1, worth: 0 });
    else if (ahead !== undefined && i >= ahead.first) {
      const width = ahead.last - ahead.first + 1;
      rows.push({ window: next, worth: sigmoid(-(ahead.last - i + 1) / width) / sigmoid(-1) });
    } else if (passed === undefined) rows.push({ window: -1, worth: -1 });
    else rows.push({ window: -1, worth: sigmoid((i - passed.last) / (passed.last - passed.first)) });
  }
  return rows;
}

/** Windows that reach past the probation; the others do not count. */
export function countedWindows(file: NabFile): number {
  const probation = probationRows(file.rowCount);
  return file.windows.filter(({ last }) => last >= probation).length;
}

/**
 * Raw NAB score of one file: for each window the best detection in it (the earliest), or the cost of the miss, plus
 * the loss of every detection outside. `flags`: non-zero = detection.
 */
export function nabRawScore(file: NabFile, flags: ArrayLike<number>, profile: NabProfile): number {
  const rows = nabRows(file);
  const best = new Map<number, number>();
  let score = 0;
  for (let i = probationRows(file.rowCount); i < rows.length; i++) {
    if (!flags[i]) continue;
    const { window, worth } = rows[i]!;
    if (window < 0) score += profile.falseAlarm * worth;
    else best.set(window, Math.max(best.get(window) ?? Number.NEGATIVE_INFINITY, worth));
  }
  for (const worth of best.values()) score += profile.hit * worth;
  return score - profile.miss * (countedWindows(file) - best.size);
}

/** Score between 0 (no detection at all) and 100 (every window hit at its first row, no false alarm). */
export function nabNormalised(rawScore: number, windowCount: number, profile: NabProfile): number {
  const silent = -profile.miss * windowCount;
  return (100 * (rawScore - silent)) / (profile.hit * windowCount - silent);
}
