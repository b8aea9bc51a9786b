import { buildCapIndex, type CapIndex, emptyCapCells, listCapCells } from "#lib/geo/cap-index";
import type { BuddyOptions, BuddyStation } from "./buddy-check.ts";

/** Farthest two places of neighbouring cells in the unit of places: its square fits into 32 bits, sign included. */
const FARTHEST = 2 ** 15;

/**
 * Count, sum and sum of squares of every station's buddies, kept up to date while stations are taken out. Stations that
 * report stand in cells, in each by height, so that those of a cell at the height of one are a stretch. Cells are met in
 * pairs: while the own cell is walked upwards the stretch in the other only moves upwards too. What lies inside the
 * circle is read as the difference of two running sums; only cells on the circle's edge are read one by one.
 */
export class NeighbourSums {
  /** Station behind each slot; stations without a value have none. */
  readonly items: Uint32Array;
  /** Value moved to sea level, less the network's mean, per slot: small numbers keep their digits when squared. */
  readonly values: Float64Array;
  readonly counts: Float64Array;
  readonly sums: Float64Array;
  readonly squares: Float64Array;
  readonly #index: CapIndex;
  readonly #elevationM: Float64Array;
  /** x, y, z of every slot, and the circle's radius squared, in a unit of their own. */
  readonly #places: Float64Array;
  readonly #radiusSquared: number;
  readonly #rangeM: number;
  readonly #running: { sum: Float64Array; squares: Float64Array };

  constructor(stations: readonly BuddyStation[], values: ArrayLike<number>, options: BuddyOptions) {
    const hasHeights = options.elevationDiffMaxM > 0;
    this.#rangeM = hasHeights ? options.elevationDiffMaxM : Infinity;
    const reporting = Array.from(stations.keys()).filter((item) => !Number.isNaN(values[item]));
    const places = reporting.map((item) => stations[item]!);
    this.#index = buildCapIndex(places, options.radiusM, (place) => places[place]!.elevationM);
    this.items = this.#index.items.map((place) => reporting[place]!);
    const count = this.items.length;
    this.#elevationM = Float64Array.from(this.items, (item) => stations[item]!.elevationM);
    const gradient = hasHeights ? options.elevationGradientPerM : 0;
    this.values = reduce(
      Float64Array.from(this.items, (item, slot) => values[item]! - gradient * this.#elevationM[slot]!),
    );
    // Begins with the station itself taken out: it is within its own circle, and no buddy of itself.
    this.counts = new Float64Array(count).fill(-1);
    this.sums = this.values.map((value) => -value);
    this.squares = this.values.map((value) => -value * value);
    this.#running = runningSums(this.values);
    const { radiusM, reachM } = this.#index;
    const unitM = (radiusM + 2 * reachM.reduce((most, reach) => Math.max(most, reach), 0)) / FARTHEST;
    this.#places = placesOf(this.#index, unitM);
    this.#radiusSquared = (radiusM / unitM) ** 2;
    this.#measure();
  }

  #measure(): void {
    const { cellStart, centres, reachM } = this.#index;
    const cells = emptyCapCells();
    for (let own = 0; own + 1 < cellStart.length; own++) {
      if (cellStart[own] === cellStart[own + 1]) continue;
      const [x, y, z] = [centres[3 * own]!, centres[3 * own + 1]!, centres[3 * own + 2]!];
      listCapCells(this.#index, { x, y, z, reachM: reachM[own]! }, cells);
      for (let i = 0; i < cells.insideCount; i++) this.#readInside(own, cells.inside[i]!);
      for (let i = 0; i < cells.partlyCount; i++) this.#readPartly(own, cells.partly[i]!);
    }
  }

  /** The other cell lies in the circles of all of the own one. */
  #readInside(own: number, other: number): void {
    const { cellStart } = this.#index;
    const { counts, sums, squares } = this;
    const heights = this.#elevationM;
    const { sum: runSum, squares: runSquares } = this.#running;
    const [rangeM, end, ownEnd] = [this.#rangeM, cellStart[other + 1]!, cellStart[own + 1]!];
    let from = cellStart[other]!;
    let to = from;
    for (let slot = cellStart[own]!; slot < ownEnd; slot++) {
      const heightM = heights[slot]!;
      while (from < end && heights[from]! < heightM - rangeM) from++;
      while (to < end && heights[to]! <= heightM + rangeM) to++;
      counts[slot]! += to - from;
      sums[slot]! += runSum[to]! - runSum[from]!;
      squares[slot]! += runSquares[to]! - runSquares[from]!;
    }
  }

  /** The edge of some circle of the own cell goes through the other one, or may. */
  #readPartly(own: number, other: number): void {
    const { x, y, z, cellStart, centres, reachM, radiusM } = this.#index;
    const { counts, sums, squares } = this;
    const heights = this.#elevationM;
    const { sum: runSum, squares: runSquares } = this.#running;
    const [rangeM, end, ownEnd] = [this.#rangeM, cellStart[other + 1]!, cellStart[own + 1]!];
    const [cx, cy, cz] = [centres[3 * other]!, centres[3 * other + 1]!, centres[3 * other + 2]!];
    const insideM = radiusM - reachM[other]!;
    const insideSquared = insideM < 0 ? -1 : insideM * insideM;
    const outsideSquared = (radiusM + reachM[other]!) ** 2;
    let from = cellStart[other]!;
    let to = from;
    for (let slot = cellStart[own]!; slot < ownEnd; slot++) {
      const heightM = heights[slot]!;
      while (from < end && heights[from]! < heightM - rangeM) from++;
      while (to < end && heights[to]! <= heightM + rangeM) to++;
      const dx = cx - x[slot]!;
      const dy = cy - y[slot]!;
      const dz = cz - z[slot]!;
      const distanceSquared = dx * dx + dy * dy + dz * dz;
      if (distanceSquared > outsideSquared) continue;
      if (distanceSquared > insideSquared) this.#readOneByOne(slot, from, to);
      else {
        counts[slot]! += to - from;
        sums[slot]! += runSum[to]! - runSum[from]!;
        squares[slot]! += runSquares[to]! - runSquares[from]!;
      }
    }
  }

  #readOneByOne(own: number, from: number, to: number): void {
    const places = this.#places;
    const values = this.values;
    const radiusSquared = this.#radiusSquared;
    const px = places[3 * own]!;
    const py = places[3 * own + 1]!;
    const pz = places[3 * own + 2]!;
    let count = 0;
    let sum = 0;
    let square = 0;
    for (let slot = from, at = 3 * from; slot < to; slot++, at += 3) {
      const dx = places[at]! - px;
      const dy = places[at + 1]! - py;
      const dz = places[at + 2]! - pz;
      // 1 or 0 from the sign, without a branch: half of them are in, at random, and a wrong guess costs more than all.
      const isNear = ~Math.floor(radiusSquared - (dx * dx + dy * dy + dz * dz)) >>> 31;
      const value = values[slot]! * isNear;
      count += isNear;
      sum += value;
      square += value * value;
    }
    this.counts[own]! += count;
    this.sums[own]! += sum;
    this.squares[own]! += square;
  }

  /** Takes a station out of the sums of all whose buddy it is. */
  remove(gone: number): void {
    const { x, y, z } = this.#index;
    const cells = emptyCapCells();
    listCapCells(this.#index, { x: x[gone]!, y: y[gone]!, z: z[gone]!, reachM: 0 }, cells);
    for (const cell of cells.inside) this.#takeFrom(cell, gone);
    for (const cell of cells.partly) this.#takeFrom(cell, gone);
  }

  #takeFrom(cell: number, gone: number): void {
    const { cellStart } = this.#index;
    const places = this.#places;
    const heights = this.#elevationM;
    const value = this.values[gone]!;
    for (let slot = cellStart[cell]!; slot < cellStart[cell + 1]!; slot++) {
      if (slot === gone || Math.abs(heights[slot]! - heights[gone]!) > this.#rangeM) continue;
      const dx = places[3 * slot]! - places[3 * gone]!;
      const dy = places[3 * slot + 1]! - places[3 * gone + 1]!;
      const dz = places[3 * slot + 2]! - places[3 * gone + 2]!;
      if (dx * dx + dy * dy + dz * dz > this.#radiusSquared) continue;
      this.counts[slot]! -= 1;
      this.sums[slot]! -= value;
      this.squares[slot]! -= value * value;
    }
  }
}

function placesOf({ x, y, z }: CapIndex, unitM: number): Float64Array {
  const places = new Float64Array(3 * x.length);
  for (let slot = 0; slot < x.length; slot++) {
    places[3 * slot] = x[slot]! / unitM;
    places[3 * slot + 1] = y[slot]! / unitM;
    places[3 * slot + 2] = z[slot]! / unitM;
  }
  return places;
}

function reduce(values: Float64Array): Float64Array {
  const mean = values.length > 0 ? values.reduce((sum, value) => sum + value, 0) / values.length : 0;
  return values.map((value) => value - mean);
}

/** Sums over all slots before each. */
function runningSums(values: Float64Array) {
  const sum = new Float64Array(values.length + 1);
  const squares = new Float64Array(values.length + 1);
  values.forEach((value, slot) => {
    sum[slot + 1] = sum[slot]! + value;
    squares[slot + 1] = squares[slot]! + value * value;
  });
  return { sum, squares };
}
