import type { PeakRows } from "./peak-rows.ts";
import { SLOTS_PER_DAY } from "./day-tariff.ts";

/** Slots that must have the same load: that of their peak, or of their cap. */
export interface SlotGroup {
  slots: number[];
  /** The cap, where one binds; null when only equality is asked for. */
  fixedKw: number | null;
}

interface Row {
  slot: number | null;
  /** Peaks that stand above the row (value -1), and below (value 1). */
  above: number[];
  below: number[];
  /** What stands above it when no peak does. */
  capKw: number | null;
}

interface Optimum {
  isPriced: (row: number) => boolean;
  /** A peak that costs more than it could save. */
  isZero: (peak: number) => boolean;
}

/**
 * Which slots an optimum ties to its peaks: rows with a price hold with equality, so the slots of such rows that share
 * a peak have equal loads. More rows can be tied when a load would rise above its peak.
 */
export class TiedSlots {
  readonly #rows: Row[];
  readonly #peakCount: number;
  readonly #zeroPeaks: number[];
  readonly #isTied: Uint8Array;

  constructor({ slotRows, rhsKw, peaks }: PeakRows, { isPriced, isZero }: Optimum) {
    this.#peakCount = peaks.length;
    this.#rows = Array.from(rhsKw, (): Row => ({ slot: null, above: [], below: [], capKw: null }));
    for (const { slot, row } of slotRows) this.#rows[row]!.slot = slot;
    for (const [k, { entries }] of peaks.entries()) {
      for (const { row, value } of entries) (value < 0 ? this.#rows[row]!.above : this.#rows[row]!.below).push(k);
    }
    for (const [index, row] of this.#rows.entries()) if (row.above.length === 0) row.capKw = rhsKw[index]!;
    this.#zeroPeaks = [...peaks.keys()].filter(isZero);
    this.#isTied = Uint8Array.from(this.#rows, (_, row) => (isPriced(row) ? 1 : 0));
  }

  #components(): { slots: number[]; peaks: number[]; fixedKw: number | null }[] {
    const parent = Int32Array.from({ length: SLOTS_PER_DAY + this.#peakCount }, (_, node) => node);
    const rootOf = (node: number): number => (parent[node] === node ? node : (parent[node] = rootOf(parent[node]!)));
    const fixed = new Map<number, number>();
    const used = new Set<number>();
    for (const k of this.#zeroPeaks) {
      used.add(SLOTS_PER_DAY + k);
      fixed.set(SLOTS_PER_DAY + k, 0);
    }
    for (const [index, row] of this.#rows.entries()) {
      if (this.#isTied[index] === 0) continue;
      const peaks = [...row.above, ...row.below].map((k) => SLOTS_PER_DAY + k);
      const nodes = row.slot === null ? peaks : [row.slot, ...peaks];
      for (const node of nodes) {
        parent[rootOf(node)] = rootOf(nodes[0]!);
        used.add(node);
      }
      if (row.capKw !== null) fixed.set(nodes[0]!, row.capKw);
    }
    const components = Map.groupBy(used, rootOf);
    const caps = new Map([...fixed].map(([node, kw]) => [rootOf(node), kw]));
    return [...components].map(([root, nodes]) => ({
      slots: nodes.filter((node) => node < SLOTS_PER_DAY).sort((a, b) => a - b),
      peaks: nodes.filter((node) => node >= SLOTS_PER_DAY).map((node) => node - SLOTS_PER_DAY),
      fixedKw: caps.get(root) ?? null,
    }));
  }

  groups(): SlotGroup[] {
    return this.#components()
      .filter(({ slots, fixedKw }) => slots.length > 1 || (slots.length === 1 && fixedKw !== null))
      .map(({ slots, fixedKw }) => ({ slots, fixedKw }));
  }

  /** Ties the rows that this load breaks; false when it breaks none. */
  tieBroken(loadKw: Float64Array, toleranceKw: number): boolean {
    const peakKw = new Float64Array(this.#peakCount).fill(Infinity);
    for (const { slots, peaks, fixedKw } of this.#components()) {
      const mean = slots.reduce((sum, slot) => sum + loadKw[slot]! / slots.length, 0);
      for (const k of peaks) if (slots.length > 0 || fixedKw !== null) peakKw[k] = fixedKw ?? mean;
    }
    let isBroken = false;
    const tie = (index: number) => {
      isBroken ||= this.#isTied[index] === 0;
      this.#isTied[index] = 1;
    };
    // A peak without a value is free up to what it stands below itself.
    const limitOf = (k: number): { kw: number; row: number } => {
      let limit = { kw: peakKw[k]!, row: -1 };
      for (const [index, row] of this.#rows.entries()) {
        if (!row.below.includes(k)) continue;
        const kw = row.capKw ?? Math.min(...row.above.map((above) => limitOf(above).kw));
        if (kw < limit.kw) limit = { kw, row: index };
      }
      return limit;
    };
    for (const [index, row] of this.#rows.entries()) {
      if (row.slot === null || this.#isTied[index] === 1) continue;
      const limits = row.above.map(limitOf);
      const lowest = limits.reduce((least, limit) => (limit.kw < least.kw ? limit : least), {
        kw: row.capKw ?? Infinity,
        row: -1,
      });
      if (!(loadKw[row.slot]! > lowest.kw + toleranceKw)) continue;
      tie(index);
      if (lowest.row >= 0) tie(lowest.row);
    }
    for (const [k, kw] of peakKw.entries()) {
      const limit = kw < Infinity ? limitOf(k) : { kw, row: -1 };
      if (limit.row >= 0 && kw > limit.kw + toleranceKw) tie(limit.row);
    }
    return isBroken;
  }
}
