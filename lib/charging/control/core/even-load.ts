import { findMinNormPoint } from "#lib/math/min-norm-point";
import { dot, loadByOrder, type OptimalLoad } from "./find-optimal-load.ts";
import { UNMET } from "./greedy-load.ts";
import { type Mixture, mixLoads, type OrderedLoad } from "./master-problem.ts";
import { type CostModel, costOf, hasCap, peakIn } from "./day-tariff.ts";
import type { SlotGroup } from "./tied-slots.ts";
import type { WindowClasses } from "./window-classes.ts";

/**
 * Slots whose marginal costs differ by less, as a share of the highest, cost the same: rounding leaves up to 1e-8 where
 * the master is degenerate. A tie that is none shows in the cost, and the finer share is tried.
 */
const TIE_SHARES = [1e-7, 1e-10];
/** Of the sum of squares of the load. */
const GAP_MAX_SHARE = 1e-13;
const ROUNDS_MAX = 400;
/** An even load that costs more by this share, or delivers less, is not a cheapest one. */
const TOLERANCE = 1e-10;
/** Weight of the squared distances of tied slots from each other, and how near they must come, as a share of the peak. */
const TYING = 1_000;
const TIED_SHARE = 1e-11;
const TYINGS_MAX = 40;

export interface EvenLoad {
  mixture: Mixture;
  /** How far the sum of squares can be above the least among cheapest loads, as a share. */
  relativeGap: number;
}

interface Task {
  classes: WindowClasses;
  optimal: OptimalLoad;
  cost: CostModel;
}

type Parts = { point: OrderedLoad; weight: number }[];

interface Found {
  parts: Parts;
  /** Of the sum of squares. */
  gap: number;
  loadKw: Float64Array;
}

/**
 * Of all cheapest loads the one with the least sum of squares: unique, since squares are strictly convex, and as even
 * as the cost allows.
 *
 * Every cheapest load is also cheapest at the marginal costs of the slots. Those loads are again the base of a
 * polymatroid, in which Wolfe's method finds the least sum of squares by greedy passes alone. Evening lowers the
 * highest loads first, so the result usually reaches the priced peaks and is a cheapest load itself: then it is the
 * answer. Where slots of different peaks cost the same at the margin it may not be; then the slots that every cheapest
 * load keeps at a peak are tied to each other (method of multipliers), and the search goes on from there.
 */
export function evenLoad(task: Task): EvenLoad {
  const { optimal } = task;
  const start = optimal.mixture.parts.map(({ load, weight }) => ({ point: load, weight }));
  const squareKw2 = squareOf(optimal.mixture.loadKw);
  let leastKw2 = 0;
  for (const tieShare of TIE_SHARES) {
    const cornerAt = cornersOfFace(task, tieShare);
    const free = searchTied({ cornerAt, start, ties: [], multipliers: new Float64Array(UNMET + 1), squareKw2 });
    if (isCheapest(free.loadKw, task)) return toEven(free);
    const tied = tieSlots(task, { cornerAt, start });
    if (tied && isCheapest(tied.loadKw, task)) return toEven(tied);
    leastKw2 ||= Math.max(0, squareOf(free.loadKw) - free.gap);
  }
  return { mixture: optimal.mixture, relativeGap: shareOf(squareKw2 - leastKw2, optimal.mixture.loadKw) };
}

function toEven({ parts, gap, loadKw }: Found): EvenLoad {
  return { mixture: toMixture(parts), relativeGap: shareOf(gap, loadKw) };
}

function shareOf(gapKw2: number, loadKw: Float64Array): number {
  const squareKw2 = squareOf(loadKw);
  return squareKw2 > 0 ? gapKw2 / squareKw2 : 0;
}

const toMixture = (parts: Parts) => mixLoads(parts.map(({ point, weight }) => ({ load: point, weight })));

/** What is not met does not count as load. */
const squareOf = (loadKw: Float64Array) => dot(loadKw.subarray(0, UNMET), loadKw.subarray(0, UNMET));

/** Whether a load delivers as much, costs no more than the optimum, and keeps under the caps. */
function isCheapest(loadKw: Float64Array, { cost, optimal }: Task): boolean {
  const { loadKw: bestKw } = optimal.mixture;
  const [own, best] = [loadKw, bestKw].map((load) => costOf(load.subarray(0, UNMET), cost));
  const demandUsd = cost.demand.reduce((sum, { usdPerKw }) => sum + usdPerKw, 0) * peakIn(bestKw);
  const room = TOLERANCE * Math.max(1e-9, Math.abs(best!.energyUsd) + demandUsd);
  const totalKw = bestKw.reduce((sum, kw) => sum + kw, 0);
  return (
    own!.totalUsd - best!.totalUsd <= room &&
    loadKw[UNMET]! - bestKw[UNMET]! <= TOLERANCE * totalKw &&
    cost.capKw.every((kw, slot) => loadKw[slot]! <= kw * (1 + TOLERANCE))
  );
}

type Corner = (costs: Float64Array) => OrderedLoad;

/** Corners among the loads that are cheapest at the marginal costs: these decide first, the given costs among ties. */
function cornersOfFace({ classes, optimal, cost }: Task, tieShare: number): Corner {
  const rank = tieRanks(optimal.slotCosts, tieShare);
  const slots = Uint8Array.from({ length: hasCap(cost) ? UNMET + 1 : UNMET }, (_, slot) => slot);
  return (costs) =>
    loadByOrder(
      classes,
      slots.slice().sort((a, b) => rank[a]! - rank[b]! || costs[a]! - costs[b]! || a - b),
    );
}

/** Ranks the slots by cost, equal for costs that differ by rounding only. */
function tieRanks(costs: Float64Array, tieShare: number): Int32Array {
  const order = Array.from(costs.keys()).sort((a, b) => costs[a]! - costs[b]!);
  const highest = costs.subarray(0, UNMET).reduce((max, cost) => Math.max(max, Math.abs(cost)), 0);
  const ranks = new Int32Array(costs.length);
  for (const [position, slot] of order.entries()) {
    const before = order[position - 1];
    const isTied = before !== undefined && costs[slot]! - costs[before]! <= tieShare * highest;
    ranks[slot] = before === undefined ? 0 : ranks[before]! + (isTied ? 0 : 1);
  }
  return ranks;
}

interface TiedSearch {
  cornerAt: Corner;
  start: Parts;
  ties: readonly SlotGroup[];
  multipliers: Float64Array;
  /** A sum of squares to measure gaps by. */
  squareKw2: number;
}

/**
 * Least ½|S|² + multipliers·S + TYING/2 · (squared distances of tied slots from their mean, or their cap). With H the
 * matrix of the squares, that is the norm of H^½ S + H^-½ b: H stretches the tied directions only, so both are cheap.
 */
function searchTied({ cornerAt, start, ties, multipliers, squareKw2 }: TiedSearch): Found {
  const stretch = (loadKw: Float64Array, factor: number) => {
    const result = loadKw.slice();
    result[UNMET] = 0;
    for (const { slots, fixedKw } of ties) {
      const mean = fixedKw === null ? meanOf(loadKw, slots) : 0;
      for (const slot of slots) result[slot] = mean + factor * (loadKw[slot]! - mean);
    }
    return result;
  };
  const root = Math.sqrt(1 + TYING);
  const pull = multipliers.slice();
  for (const { slots, fixedKw } of ties) {
    if (fixedKw !== null) for (const slot of slots) pull[slot] = pull[slot]! - TYING * fixedKw;
  }
  const shift = stretch(pull, 1 / root);
  const vectors = new Map<OrderedLoad, Float64Array>();
  const vectorOf = (load: OrderedLoad) => {
    const known = vectors.get(load);
    if (known) return known;
    const vector = stretch(load.loadKw, root).map((value, slot) => value + shift[slot]!);
    vectors.set(load, vector);
    return vector;
  };
  const found = findMinNormPoint<OrderedLoad>({
    start,
    vectorOf,
    cheapest: (vector) => {
      const point = cornerAt(stretch(vector, root));
      return { point, bound: dot(vector, vectorOf(point)) };
    },
    gapMax: GAP_MAX_SHARE * squareKw2,
    roundsMax: ROUNDS_MAX,
  });
  return { ...found, loadKw: toMixture(found.parts).loadKw };
}

function meanOf(loadKw: Float64Array, slots: readonly number[]): number {
  return slots.reduce((sum, slot) => sum + loadKw[slot]! / slots.length, 0);
}

/** Null when the ties do not close within the budget. */
function tieSlots({ optimal }: Task, { cornerAt, start }: { cornerAt: Corner; start: Parts }): Found | null {
  const tied = optimal.master.tiedSlots();
  const multipliers = new Float64Array(UNMET + 1);
  const toleranceKw = TIED_SHARE * peakIn(optimal.mixture.loadKw);
  const squareKw2 = squareOf(optimal.mixture.loadKw);
  let parts = start;
  for (let round = 0; round < TYINGS_MAX; round++) {
    const ties = tied.groups();
    const found = searchTied({ cornerAt, start: parts, ties, multipliers, squareKw2 });
    parts = found.parts;
    let apartKw = 0;
    for (const { slots, fixedKw } of ties) {
      const level = fixedKw ?? meanOf(found.loadKw, slots);
      for (const slot of slots) {
        const distance = found.loadKw[slot]! - level;
        multipliers[slot] = multipliers[slot]! + TYING * distance;
        apartKw = Math.max(apartKw, Math.abs(distance));
      }
    }
    if (apartKw <= toleranceKw && !tied.tieBroken(found.loadKw, 10 * toleranceKw)) {
      return found;
    }
  }
  return null;
}
