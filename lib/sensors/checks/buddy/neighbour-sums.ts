import { buildCapIndex, type CapCells, type CapIndex, emptyCapCells, listCapCells } from "#lib/geo/cap-index";
import type { BuddyOptions, BuddyStation } from "./buddy-check.ts";

/**
 * Count, sum and sum of squares of every station's buddies, kept up to date while stations are taken out. Stations of a
 * cell stand in order of height, so that those of a cell inside the circle are one stretch, read as the difference of
 * two running sums; only cells on the circle's edge are read one by one.
 */
export class NeighbourSums {
  readonly index: CapIndex;
  /** Value moved to sea level, less the network's mean, per slot: small numbers keep their digits when squared. */
  readonly values: Float64Array;
  readonly counts: Float64Array;
  readonly sums: Float64Array;
  readonly squares: Float64Array;
  readonly #elevationM: Float64Array;
  readonly #rangeM: number;
  /** As `values`, 0 where there is none. */
  readonly #filled: Float64Array;
  readonly #running: { count: Float64Array; sum: Float64Array; squares: Float64Array };

  constructor(stations: readonly BuddyStation[], values: ArrayLike<number>, options: BuddyOptions) {
    const hasHeights = options.elevationDiffMaxM > 0;
    this.#rangeM = hasHeights ? options.elevationDiffMaxM : Infinity;
    this.index = buildCapIndex(stations, options.radiusM, (item) => stations[item]!.elevationM);
    const { items } = this.index;
    this.#elevationM = Float64Array.from(items, (item) => stations[item]!.elevationM);
    const gradient = hasHeights ? options.elevationGradientPerM : 0;
    this.values = reduce(Float64Array.from(items, (item) => values[item]! - gradient * stations[item]!.elevationM));
    this.counts = new Float64Array(items.length);
    this.sums = new Float64Array(items.length);
    this.squares = new Float64Array(items.length);
    this.#filled = this.values.map((value) => (Number.isNaN(value) ? 0 : value));
    this.#running = runningSums(this.values);
    this.#measure();
  }

  #measure(): void {
    const cells = emptyCapCells();
    for (let own = 0; own < this.values.length; own++) {
      if (Number.isNaN(this.values[own])) continue;
      listCapCells(this.index, own, cells);
      this.#readInside(own, cells);
      this.#readPartly(own, cells);
    }
  }

  /** Begins with the station itself taken out: it is within its own circle, and no buddy of itself. */
  #readInside(own: number, { inside, insideCount }: CapCells): void {
    const { cellStart } = this.index;
    const heights = this.#elevationM;
    const { count: runCount, sum: runSum, squares: runSquares } = this.#running;
    const [floorM, ceilingM] = [heights[own]! - this.#rangeM, heights[own]! + this.#rangeM];
    const value = this.values[own]!;
    let [count, sum, square] = [-1, -value, -value * value];
    for (let i = 0; i < insideCount; i++) {
      const first = cellStart[inside[i]!]!;
      const end = cellStart[inside[i]! + 1]!;
      const from = heights[first]! >= floorM ? first : lowerBound(heights, first, end, floorM);
      const to = heights[end - 1]! <= ceilingM ? end : upperBound(heights, from, end, ceilingM);
      if (to <= from) continue;
      count += runCount[to]! - runCount[from]!;
      sum += runSum[to]! - runSum[from]!;
      square += runSquares[to]! - runSquares[from]!;
    }
    this.counts[own] = count;
    this.sums[own] = sum;
    this.squares[own] = square;
  }

  #readPartly(own: number, { partly, partlyCount }: CapCells): void {
    const { x, y, z, cellStart, radiusM } = this.index;
    const heights = this.#elevationM;
    const { count: runCount } = this.#running;
    const values = this.#filled;
    const floorM = heights[own]! - this.#rangeM;
    const ceilingM = heights[own]! + this.#rangeM;
    const px = x[own]!;
    const py = y[own]!;
    const pz = z[own]!;
    const radiusSquared = radiusM * radiusM;
    let count = 0;
    let sum = 0;
    let square = 0;
    for (let i = 0; i < partlyCount; i++) {
      const first = cellStart[partly[i]!]!;
      const end = cellStart[partly[i]! + 1]!;
      const from = heights[first]! >= floorM ? first : lowerBound(heights, first, end, floorM);
      const to = heights[end - 1]! <= ceilingM ? end : upperBound(heights, from, end, ceilingM);
      for (let slot = from; slot < to; slot++) {
        const dx = x[slot]! - px;
        const dy = y[slot]! - py;
        const dz = z[slot]! - pz;
        // Multiplied, not skipped: half of them are in, at random, and a branch guessed wrongly costs more.
        const isNear = dx * dx + dy * dy + dz * dz <= radiusSquared ? 1 : 0;
        const value = values[slot]! * isNear;
        count += isNear * (runCount[slot + 1]! - runCount[slot]!);
        sum += value;
        square += value * value;
      }
    }
    this.counts[own]! += count;
    this.sums[own]! += sum;
    this.squares[own]! += square;
  }

  /** Takes a station out of the sums of all whose buddy it is. */
  remove(gone: number): void {
    const cells = emptyCapCells();
    listCapCells(this.index, gone, cells);
    for (const cell of cells.inside) this.#takeFrom(cell, gone);
    for (const cell of cells.partly) this.#takeFrom(cell, gone);
  }

  #takeFrom(cell: number, gone: number): void {
    const { x, y, z, cellStart, radiusM } = this.index;
    const heights = this.#elevationM;
    const value = this.values[gone]!;
    for (let slot = cellStart[cell]!; slot < cellStart[cell + 1]!; slot++) {
      if (slot === gone || Math.abs(heights[slot]! - heights[gone]!) > this.#rangeM) continue;
      const dx = x[slot]! - x[gone]!;
      const dy = y[slot]! - y[gone]!;
      const dz = z[slot]! - z[gone]!;
      if (dx * dx + dy * dy + dz * dz > radiusM * radiusM) continue;
      this.counts[slot]! -= 1;
      this.sums[slot]! -= value;
      this.squares[slot]! -= value * value;
    }
  }
}

function reduce(values: Float64Array): Float64Array {
  let [sum, known] = [0, 0];
  for (const value of values) {
    if (value !== value) continue;
    sum += value;
    known += 1;
  }
  const mean = known > 0 ? sum / known : 0;
  return values.map((value) => value - mean);
}

/** Sums over all slots before each; missing values add nothing. */
function runningSums(values: Float64Array) {
  const make = () => new Float64Array(values.length + 1);
  const running = { count: make(), sum: make(), squares: make() };
  values.forEach((value, slot) => {
    const known = value === value ? value : 0;
    running.count[slot + 1] = running.count[slot]! + (value === value ? 1 : 0);
    running.sum[slot + 1] = running.sum[slot]! + known;
    running.squares[slot + 1] = running.squares[slot]! + known * known;
  });
  return running;
}

/** First slot whose height is not below the limit. */
function lowerBound(heights: Float64Array, from: number, to: number, limit: number): number {
  let [low, high] = [from, to];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (heights[middle]! < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** First slot whose height is above the limit. */
function upperBound(heights: Float64Array, from: number, to: number, limit: number): number {
  let [low, high] = [from, to];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (heights[middle]! <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
