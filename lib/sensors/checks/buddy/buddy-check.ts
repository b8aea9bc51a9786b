import type { Position } from "#lib/geo/position";
import { FLAG } from "../../core/flag.ts";
import { NeighbourSums } from "./neighbour-sums.ts";

export interface BuddyStation extends Position {
  elevationM: number;
}

export interface BuddyOptions {
  /** Circle in which stations are buddies. */
  radiusM: number;
  /** With fewer buddies a value is not judged. */
  buddiesMin: number;
  /** Standard deviations from the buddies' mean. */
  threshold: number;
  /** Stations higher or lower than this are no buddies; 0 or less = all are, and values stay at their height. */
  elevationDiffMaxM: number;
  /** Change of the quantity with height, unit per metre: values are moved to the judged station's height. */
  elevationGradientPerM: number;
  /** Least standard deviation: about the error of a usual observation. */
  standardDeviationMin: number;
  /** Rounds; each leaves out what the one before flagged. */
  rounds: number;
}

/** Air temperature in °C, as titanlib's documentation recommends. */
export const BUDDY_TEMPERATURE: BuddyOptions = {
  radiusM: 10_000,
  buddiesMin: 5,
  threshold: 2,
  elevationDiffMaxM: 200,
  elevationGradientPerM: -0.0065,
  standardDeviationMin: 1,
  rounds: 2,
};

export interface BuddyResult {
  /** QARTOD flag per station: good, fail, not evaluated (too few buddies), missing. */
  flags: Uint8Array;
  /** Distance from the buddies' mean in their standard deviations, of the last round that judged it; NaN where none did. */
  deviations: Float64Array;
}

/**
 * Buddy check: every value of one instant against the mean of its neighbours, in units of their standard deviation.
 * Semantics as documented by titanlib (met.no): flags take effect after a round, the deviation is measured against the
 * standard deviation of a new value, √(s² + s²/n). Verified against its outputs (`npm run verify -- sensors titanlib`).
 * Cells that lie wholly inside the circle are read as sums, so cost grows with the circle's edge, not its content.
 * Missing values are NaN. Not for: networks without majority of healthy neighbours; faults that all buddies share.
 */
export function checkBuddies(
  stations: readonly BuddyStation[],
  values: ArrayLike<number>,
  options: BuddyOptions,
): BuddyResult {
  const flags = Uint8Array.from(stations, (_, i) => (Number.isNaN(values[i]) ? FLAG.missing : FLAG.notEvaluated));
  const deviations = new Float64Array(stations.length).fill(Number.NaN);
  if (stations.length === 0) return { flags, deviations };
  const neighbours = new NeighbourSums(stations, values, options);
  const { items } = neighbours;
  for (let round = 0; round < options.rounds; round++) {
    const found: number[] = [];
    for (let slot = 0; slot < items.length; slot++) {
      const item = items[slot]!;
      if (flags[item] === FLAG.fail) continue;
      const deviation = deviationOf(neighbours, slot, options);
      if (Number.isNaN(deviation)) continue;
      deviations[item] = deviation;
      flags[item] = Math.abs(deviation) > options.threshold ? FLAG.fail : FLAG.good;
      if (flags[item] === FLAG.fail) found.push(slot);
    }
    if (found.length === 0 || round === options.rounds - 1) break;
    for (const slot of found) neighbours.remove(slot);
  }
  return { flags, deviations };
}

function deviationOf(
  { counts, sums, squares, values }: NeighbourSums,
  slot: number,
  { buddiesMin, standardDeviationMin }: BuddyOptions,
): number {
  const count = counts[slot]!;
  if (count < Math.max(1, buddiesMin)) return Number.NaN;
  const mean = sums[slot]! / count;
  const variance = Math.max(0, squares[slot]! / count - mean * mean);
  return (values[slot]! - mean) / Math.max(Math.sqrt(variance + variance / count), standardDeviationMin);
}
