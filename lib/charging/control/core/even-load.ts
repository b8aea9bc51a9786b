import { findMinNormPoint } from "#lib/math/min-norm-point";
import { dot, hasCap, loadByOrder, type OptimalLoad, unmetPrice } from "./find-optimal-load.ts";
import { UNMET } from "./greedy-load.ts";
import { type Mixture, mixLoads, type OrderedLoad } from "./master-problem.ts";
import { type CostModel, costOf, peakIn } from "./tariff.ts";
import type { WindowClasses } from "./window-classes.ts";

/** Slots whose marginal costs differ by less, as a share of the highest, cost the same. */
const TIE_SHARE = 1e-10;
const RELATIVE_GAP_MAX = 1e-12;
const ROUNDS_MAX = 600;
/** An even load that costs more by this share is not a cheapest one. */
const COST_TOLERANCE = 1e-10;
/** The search for the cheapest corner of the face may stop this close, as a share of the gap it is to close. */
const ORACLE_SHARE = 0.1;
const ORACLE_ROUNDS_MAX = 60;
const PIVOTS_MAX = 2_500;

export interface EvenLoad {
  mixture: Mixture;
  /** How far the sum of squares can still be above the least, as a share. */
  relativeGap: number;
}

interface Task {
  classes: WindowClasses;
  optimal: OptimalLoad;
  cost: CostModel;
}

/**
 * Of all cheapest loads the one with the least sum of squares: unique, since squares are strictly convex, and as even
 * as the cost allows.
 *
 * Every cheapest load is also cheapest at the marginal costs of the slots. Those loads are again the base of a
 * polymatroid, in which Wolfe's method finds the least sum of squares by greedy passes alone. Evening lowers the
 * highest loads first, so the result usually reaches the priced peaks and is a cheapest load itself: then it is the
 * answer. Where slots of different peaks cost the same at the margin it may not be, and the search is repeated among
 * the cheapest loads only, within a budget; `relativeGap` tells how far it came.
 */
export function evenLoad(task: Task): EvenLoad {
  const { cost, optimal } = task;
  const cornerAt = cornersOfFace(task);
  const free = findMinNormPoint<OrderedLoad>({
    first: cornerAt(new Float64Array(UNMET + 1)),
    vectorOf: withoutUnmet,
    cheapest: (loadKw) => {
      const point = cornerAt(loadKw);
      return { point, bound: dot(loadKw, withoutUnmet(point)) };
    },
    relativeGapMax: RELATIVE_GAP_MAX,
    roundsMax: ROUNDS_MAX,
  });
  const mixture = mixLoads(free.parts.map(({ point, weight }) => ({ load: point, weight })));
  const isCheapest = isWithin(mixture.loadKw, task);
  if (isCheapest) return { mixture, relativeGap: free.relativeGap };
  const { parts, relativeGap } = searchCheapest(task, cornerAt);
  const even = joinMixtures(parts);
  return isWithin(even.loadKw, { cost, optimal })
    ? { mixture: even, relativeGap }
    : { mixture: optimal.mixture, relativeGap: 1 };
}

/** Whether a load costs no more than the optimum and keeps under the caps. */
function isWithin(loadKw: Float64Array, { cost, optimal }: Pick<Task, "cost" | "optimal">): boolean {
  const costUsd = costOf(loadKw.subarray(0, UNMET), cost).totalUsd + unmetPrice(cost) * loadKw[UNMET]!;
  const room = COST_TOLERANCE * Math.max(1e-9, Math.abs(optimal.costUsd));
  return (
    costUsd - optimal.costUsd <= room && cost.capKw.every((kw, slot) => loadKw[slot]! <= kw * (1 + COST_TOLERANCE))
  );
}

/** Corners among the loads that are cheapest at the marginal costs: these decide first, the given costs among ties. */
function cornersOfFace({ classes, optimal, cost }: Task): (costs: Float64Array) => OrderedLoad {
  const rank = tieRanks(optimal.slotCosts);
  const slots = Uint8Array.from({ length: hasCap(cost) ? UNMET + 1 : UNMET }, (_, slot) => slot);
  return (costs) =>
    loadByOrder(
      classes,
      slots.slice().sort((a, b) => rank[a]! - rank[b]! || costs[a]! - costs[b]! || a - b),
    );
}

/** The same search among the cheapest loads only: its linear problems are the master's, without columns that cost. */
function searchCheapest({ optimal }: Task, cornerAt: (costs: Float64Array) => OrderedLoad) {
  const { master } = optimal;
  master.keepOptimalFace();
  const pivotsMax = master.pivots + PIVOTS_MAX;
  return findMinNormPoint<Mixture>({
    first: optimal.mixture,
    vectorOf: withoutUnmet,
    relativeGapMax: RELATIVE_GAP_MAX,
    roundsMax: ROUNDS_MAX,
    cheapest: (loadKw) => {
      const square = dot(loadKw, loadKw);
      // Costs near 1 suit the master's tolerances.
      const unit = peakIn(loadKw) || 1;
      master.setPrice(loadKw.map((kw) => kw / unit));
      for (let round = 1; ; round++) {
        master.solve();
        const point = master.mixture();
        const costs = master.slotCosts();
        const next = cornerAt(costs);
        const bound = unit * (dot(costs, next.loadKw) + master.capTerm());
        const open = dot(loadKw, point.loadKw) - bound;
        const isClose = open <= Math.max(ORACLE_SHARE * (square - bound), 1e-12 * square);
        if (isClose || round === ORACLE_ROUNDS_MAX || master.pivots > pivotsMax) return { point, bound };
        master.add(next);
      }
    },
  });
}

const vectors = new WeakMap<{ loadKw: Float64Array }, Float64Array>();

/** The load as a vector of which the length is evenness: what is not met does not count. */
function withoutUnmet(load: { loadKw: Float64Array }): Float64Array {
  const known = vectors.get(load);
  if (known) return known;
  const vector = load.loadKw.slice();
  vector[UNMET] = 0;
  vectors.set(load, vector);
  return vector;
}

/** Ranks the slots by cost, equal for costs that differ by rounding only. */
function tieRanks(costs: Float64Array): Int32Array {
  const order = Array.from(costs.keys()).sort((a, b) => costs[a]! - costs[b]!);
  const highest = costs.reduce((max, cost) => Math.max(max, Math.abs(cost)), 0);
  const ranks = new Int32Array(costs.length);
  for (const [position, slot] of order.entries()) {
    const before = order[position - 1];
    const isTied = before !== undefined && costs[slot]! - costs[before]! <= TIE_SHARE * highest;
    ranks[slot] = before === undefined ? 0 : ranks[before]! + (isTied ? 0 : 1);
  }
  return ranks;
}

function joinMixtures(parts: { point: Mixture; weight: number }[]): Mixture {
  const weights = new Map<Mixture["parts"][number]["load"], number>();
  for (const { point, weight } of parts) {
    for (const part of point.parts) weights.set(part.load, (weights.get(part.load) ?? 0) + weight * part.weight);
  }
  return mixLoads([...weights].map(([load, weight]) => ({ load, weight })));
}
