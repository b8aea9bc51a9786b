import { ColumnSimplex } from "#lib/math/column-simplex";
import { UNMET } from "./greedy-load.ts";
import { buildPeakRows, type PeakRows } from "./peak-rows.ts";
import type { CostModel } from "./day-tariff.ts";
import { TiedSlots } from "./tied-slots.ts";
import type { WindowClasses } from "./window-classes.ts";

/** A load that some order of the slots gives. */
export interface OrderedLoad {
  order: Uint8Array;
  /** kW per slot, then what is not delivered. */
  loadKw: Float64Array;
}

/** A mixture of ordered loads; the weights are positive and sum to 1. */
export interface Mixture {
  parts: { load: OrderedLoad; weight: number }[];
  /** kW per slot, then what is not delivered. */
  loadKw: Float64Array;
}

/** Rows whose price is below this share of the highest energy price have none. */
const PRICED_SHARE = 1e-9;

/**
 * Which mixture of the known ordered loads costs least: minimise Σ λ_k (price · load_k) + Σ peak charges, subject to
 * Σ λ_k load_k[t] ≤ the peaks and caps over t, Σ λ = 1. Loads are scaled by `scaleKw`, so that values are near 1.
 */
export class MasterProblem {
  readonly #rows: PeakRows;
  readonly #simplex: ColumnSimplex;
  readonly #price: Float64Array;
  readonly #scaleKw: number;
  readonly #peakIds: number[];
  readonly #loads = new Map<number, OrderedLoad>();
  readonly #mixRow: number;

  constructor(classes: WindowClasses, cost: CostModel, setup: { unmetUsdPerKw: number; scaleKw: number }) {
    const isUsed = (slot: number) => classes.slotStart[slot + 1]! > classes.slotStart[slot]!;
    this.#rows = buildPeakRows(cost, isUsed);
    this.#scaleKw = setup.scaleKw;
    this.#price = Float64Array.of(...cost.priceUsdPerKw, setup.unmetUsdPerKw);
    this.#mixRow = this.#rows.rhsKw.length;
    const rhs = Float64Array.of(...this.#rows.rhsKw.map((kw) => kw / setup.scaleKw), 1);
    this.#simplex = new ColumnSimplex(rhs, [this.#mixRow]);
    this.#peakIds = this.#rows.peaks.map(({ usdPerKw, entries }) => {
      const column = new Float64Array(rhs.length);
      for (const { row, value } of entries) column[row] = value;
      return this.#simplex.addColumn(usdPerKw, column);
    });
  }

  get pivots(): number {
    return this.#simplex.pivots;
  }

  add(load: OrderedLoad): number {
    const column = new Float64Array(this.#simplex.rows);
    const usd = this.#price.reduce((sum, price, slot) => sum + price * load.loadKw[slot]!, 0);
    for (const { slot, row } of this.#rows.slotRows) column[row] = load.loadKw[slot]! / this.#scaleKw;
    column[this.#mixRow] = 1;
    const id = this.#simplex.addColumn(usd / this.#scaleKw, column);
    this.#loads.set(id, load);
    return id;
  }

  /** Builds the first basis around a load that no cap forbids. */
  start(load: OrderedLoad): void {
    this.#simplex.pivotInto(this.add(load), this.#mixRow);
    const { slotRows, rhsKw, peaks } = this.#rows;
    const levels = Float64Array.from(rhsKw);
    for (const { slot, row } of slotRows) levels[row] = rhsKw[row]! - load.loadKw[slot]!;
    // Zones come before the windows they lie in, so each peak meets the levels its zones leave.
    for (const [k, { entries }] of peaks.entries()) {
      let lowest = -1;
      for (const { row, value } of entries) {
        if (value < 0 && (lowest < 0 || levels[row]! < levels[lowest]!)) lowest = row;
      }
      const peakKw = -levels[lowest]!;
      if (!(peakKw > 0)) continue;
      this.#simplex.pivotInto(this.#peakIds[k]!, lowest);
      for (const { row, value } of entries) levels[row] = levels[row]! - value * peakKw;
    }
  }

  solve(): void {
    this.#simplex.minimise();
  }

  /** What each slot costs at the present prices of the peaks, US$ per kW; the last is what not delivering costs. */
  slotCosts(): Float64Array {
    const { duals } = this.#simplex;
    const costs = Float64Array.from(this.#price);
    for (const { slot, row } of this.#rows.slotRows) costs[slot] = costs[slot]! - duals[row]!;
    return costs;
  }

  /** What the caps take off the bound that `slotCosts` gives, US$. */
  capTerm(): number {
    const { duals } = this.#simplex;
    return this.#rows.rhsKw.reduce((sum, kw, row) => sum + duals[row]! * kw, 0);
  }

  mixture(): Mixture {
    const parts: Mixture["parts"] = [];
    for (const [id, load] of this.#loads) {
      const weight = this.#simplex.valueOf(id);
      if (weight > 0) parts.push({ load, weight });
    }
    return mixLoads(parts);
  }

  /** Which slots every optimum keeps at the same load: those of rows with a price, and of peaks that stay at 0. */
  tiedSlots(): TiedSlots {
    const { duals } = this.#simplex;
    const highest = this.#price.reduce((max, price) => Math.max(max, Math.abs(price)), 0);
    return new TiedSlots(this.#rows, {
      isPriced: (row) => -duals[row]! > PRICED_SHARE * highest,
      isZero: (peak) => this.#simplex.reducedCost(this.#peakIds[peak]!) > PRICED_SHARE * highest,
    });
  }
}

/** Scales the weights to sum 1 exactly and adds up the loads. */
export function mixLoads(parts: Mixture["parts"]): Mixture {
  const sum = parts.reduce((total, { weight }) => total + weight, 0);
  const loadKw = new Float64Array(UNMET + 1);
  const scaled = parts.map(({ load, weight }) => ({ load, weight: weight / sum }));
  for (const { load, weight } of scaled) {
    for (let slot = 0; slot <= UNMET; slot++) loadKw[slot] = loadKw[slot]! + weight * load.loadKw[slot]!;
  }
  return { parts: scaled, loadKw };
}
