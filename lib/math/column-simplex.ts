/**
 * Revised primal simplex with a dense basis inverse, for linear programs with few rows to which columns are added
 * between solves: the master problem of a column generation. Warm by nature: a new column leaves the basis feasible.
 *
 * minimise c·x subject to A x ≤ b (or = b in single rows), x ≥ 0. Cost: O(rows² + rows × columns) per pivot. Not for
 * thousands of rows.
 */

/** Reduced costs above minus this, or above minus this share of the highest cost, are zero. */
const REDUCED_COST_TOLERANCE = 1e-11;
const REDUCED_COST_SHARE = 1e-13;
/** Fresh prices may disagree with the updated ones this often; more is rounding going round in circles. */
const DISAGREEMENTS_MAX = 10;
const PIVOT_MIN = 1e-9;
/** Rounding errors of the updated inverse stay below 1e-11 for this many pivots. */
const PIVOTS_PER_REFACTORING = 150;
/** Steps of length 0 in a row before Bland's rule takes over, which cannot cycle. */
const STALL_MAX = 400;
/** Columns noted at a full look; pricing only these makes most pivots cheap. */
const CANDIDATES = 16;
const NONE = -1;

export class ColumnSimplex {
  readonly rows: number;
  readonly #rhs: Float64Array;
  readonly #isEquality: Uint8Array;
  #inverse: Float64Array;
  #columns: Float64Array;
  #costs: Float64Array;
  /** Column ids 0…rows-1 are the slacks; those of equality rows may never enter. */
  #count: number;
  /** Row in which a column is basic, or -1. */
  #basicRow: Int32Array;
  readonly #basis: Int32Array;
  readonly #level: Float64Array;
  readonly #duals: Float64Array;
  readonly #direction: Float64Array;
  #candidates: number[] = [];
  #tolerance = REDUCED_COST_TOLERANCE;
  #sinceRefactoring = 0;
  pivots = 0;

  /** All rows start with their slack basic: the caller pivots columns in until the levels are feasible. */
  constructor(rhs: Float64Array, equalityRows: readonly number[]) {
    const rows = rhs.length;
    this.rows = rows;
    this.#rhs = Float64Array.from(rhs);
    this.#inverse = new Float64Array(rows * rows);
    this.#count = rows;
    const capacity = rows + 256;
    this.#columns = new Float64Array(capacity * rows);
    this.#costs = new Float64Array(capacity);
    this.#isEquality = new Uint8Array(rows);
    this.#basicRow = new Int32Array(capacity).fill(NONE);
    this.#basis = new Int32Array(rows);
    for (let r = 0; r < rows; r++) {
      this.#inverse[r * rows + r] = 1;
      this.#columns[r * rows + r] = 1;
      this.#basis[r] = r;
      this.#basicRow[r] = r;
    }
    for (const r of equalityRows) this.#isEquality[r] = 1;
    this.#level = Float64Array.from(rhs);
    this.#duals = new Float64Array(rows);
    this.#direction = new Float64Array(rows);
  }

  /** Number of columns, slacks included. */
  get columns(): number {
    return this.#count;
  }

  addColumn(cost: number, coefficients: ArrayLike<number>): number {
    const id = this.#count;
    if (id === this.#costs.length) this.#grow();
    this.#columns.set(coefficients, id * this.rows);
    this.#costs[id] = cost;
    this.#count += 1;
    return id;
  }

  #grow(): void {
    const capacity = this.#costs.length * 2;
    const [columns, costs, basicRow] = [this.#columns, this.#costs, this.#basicRow];
    this.#columns = new Float64Array(capacity * this.rows);
    this.#columns.set(columns);
    this.#costs = new Float64Array(capacity);
    this.#costs.set(costs);
    this.#basicRow = new Int32Array(capacity).fill(NONE);
    this.#basicRow.set(basicRow);
  }

  valueOf(id: number): number {
    const row = this.#basicRow[id]!;
    return row === NONE ? 0 : Math.max(0, this.#level[row]!);
  }

  /** Prices of the rows at the present basis; ≤ 0 for ≤ rows at an optimum. */
  get duals(): Float64Array {
    return this.#duals;
  }

  reducedCost(id: number): number {
    const { rows } = this;
    const columns = this.#columns;
    const duals = this.#duals;
    let sum = this.#costs[id]!;
    for (let r = 0, at = id * rows; r < rows; r++, at++) sum -= duals[r]! * columns[at]!;
    return sum;
  }

  /** Makes a column basic in a row, whatever the levels become. For building the first basis. */
  pivotInto(id: number, row: number): void {
    this.#computeDirection(id);
    this.#pivot(id, row);
  }

  /** Pivots to an optimum of the columns there are. */
  minimise(): void {
    this.#refreshDuals();
    this.#candidates = [];
    const highest = this.#costs.subarray(0, this.#count).reduce((max, cost) => Math.max(max, Math.abs(cost)), 0);
    this.#tolerance = Math.max(REDUCED_COST_TOLERANCE, REDUCED_COST_SHARE * highest);
    let stalled = 0;
    let disagreements = 0;
    for (;;) {
      const entering = this.#chooseEntering(stalled > STALL_MAX);
      if (entering === NONE) {
        if (this.#sinceRefactoring === 0 || disagreements === DISAGREEMENTS_MAX) return;
        // Prices from a fresh inverse decide; usually they agree.
        this.#refactor();
        disagreements += 1;
        continue;
      }
      this.#computeDirection(entering);
      const row = this.#chooseLeaving(stalled > STALL_MAX);
      if (row === NONE) throw new RangeError("The linear program has no lower bound.");
      stalled = this.#level[row]! > 1e-13 ? 0 : stalled + 1;
      this.#pivot(entering, row);
      if (this.#sinceRefactoring >= PIVOTS_PER_REFACTORING) this.#refactor();
    }
  }

  /** The best of the columns noted at the last full look; looks at all again when none of them helps any more. */
  #chooseEntering(byBland: boolean): number {
    if (!byBland) {
      let best = NONE;
      let bestCost = -this.#tolerance;
      for (const id of this.#candidates) {
        const cost = this.#basicRow[id] === NONE ? this.reducedCost(id) : 0;
        if (cost < bestCost) [best, bestCost] = [id, cost];
      }
      if (best !== NONE) return best;
    }
    const open: { id: number; cost: number }[] = [];
    for (let id = 0; id < this.#count; id++) {
      if (this.#basicRow[id] !== NONE || this.#isEquality[id] === 1) continue;
      // A slack's reduced cost is minus its row's price.
      const cost = id < this.rows ? this.#costs[id]! - this.#duals[id]! : this.reducedCost(id);
      if (!(cost < -this.#tolerance)) continue;
      if (byBland) return id;
      open.push({ id, cost });
    }
    open.sort((a, b) => a.cost - b.cost);
    this.#candidates = open.slice(0, CANDIDATES).map(({ id }) => id);
    return this.#candidates[0] ?? NONE;
  }

  #chooseLeaving(byBland: boolean): number {
    const direction = this.#direction;
    const level = this.#level;
    let shortest = Infinity;
    for (let r = 0; r < this.rows; r++) {
      if (direction[r]! > PIVOT_MIN) shortest = Math.min(shortest, (Math.max(0, level[r]!) + 1e-13) / direction[r]!);
    }
    let best = NONE;
    for (let r = 0; r < this.rows; r++) {
      if (!(direction[r]! > PIVOT_MIN) || Math.max(0, level[r]!) / direction[r]! > shortest) continue;
      const isBetter =
        best === NONE || (byBland ? this.#basis[r]! < this.#basis[best]! : direction[r]! > direction[best]!);
      if (isBetter) best = r;
    }
    return best;
  }

  #computeDirection(id: number): void {
    const { rows } = this;
    const inverse = this.#inverse;
    const direction = this.#direction;
    if (id < rows) {
      for (let r = 0; r < rows; r++) direction[r] = inverse[r * rows + id]!;
      return;
    }
    const start = id * rows;
    for (let r = 0; r < rows; r++) {
      let sum = 0;
      for (let k = 0, at = r * rows; k < rows; k++, at++) sum += inverse[at]! * this.#columns[start + k]!;
      direction[r] = sum;
    }
  }

  #pivot(entering: number, row: number): void {
    const { rows } = this;
    const inverse = this.#inverse;
    const direction = this.#direction;
    const level = this.#level;
    const reduced = this.reducedCost(entering);
    const scale = 1 / direction[row]!;
    const start = row * rows;
    for (let k = 0; k < rows; k++) inverse[start + k] = inverse[start + k]! * scale;
    const step = level[row]! * scale;
    for (let r = 0; r < rows; r++) {
      const factor = direction[r]!;
      if (r === row || factor === 0) continue;
      for (let k = 0, at = r * rows; k < rows; k++, at++) inverse[at] = inverse[at]! - factor * inverse[start + k]!;
      level[r] = level[r]! - factor * step;
    }
    level[row] = step;
    for (let k = 0; k < rows; k++) this.#duals[k] = this.#duals[k]! + reduced * inverse[start + k]!;
    this.#basicRow[this.#basis[row]!] = NONE;
    this.#basis[row] = entering;
    this.#basicRow[entering] = row;
    this.pivots += 1;
    this.#sinceRefactoring += 1;
  }

  #refreshDuals(): void {
    const { rows } = this;
    this.#duals.fill(0);
    for (let r = 0; r < rows; r++) {
      const cost = this.#costs[this.#basis[r]!]!;
      if (cost === 0) continue;
      for (let k = 0, at = r * rows; k < rows; k++, at++) this.#duals[k] = this.#duals[k]! + cost * this.#inverse[at]!;
    }
  }

  /** Inverts the basis afresh (Gauss-Jordan with column pivoting by size), then levels and prices from it. */
  #refactor(): void {
    const { rows } = this;
    const work = new Float64Array(rows * rows);
    const inverse = new Float64Array(rows * rows);
    for (let c = 0; c < rows; c++) {
      const start = this.#basis[c]! * rows;
      for (let r = 0; r < rows; r++) work[r * rows + c] = this.#columns[start + r]!;
      inverse[c * rows + c] = 1;
    }
    for (let c = 0; c < rows; c++) {
      let pivot = c;
      for (let r = c + 1; r < rows; r++) {
        if (Math.abs(work[r * rows + c]!) > Math.abs(work[pivot * rows + c]!)) pivot = r;
      }
      if (pivot !== c) swapRows(work, { a: c, b: pivot, rows });
      if (pivot !== c) swapRows(inverse, { a: c, b: pivot, rows });
      const scale = 1 / work[c * rows + c]!;
      for (let k = 0, at = c * rows; k < rows; k++, at++) {
        work[at] = work[at]! * scale;
        inverse[at] = inverse[at]! * scale;
      }
      for (let r = 0; r < rows; r++) {
        const factor = work[r * rows + c]!;
        if (r === c || factor === 0) continue;
        for (let k = c, at = r * rows + c, from = c * rows + c; k < rows; k++, at++, from++)
          work[at] = work[at]! - factor * work[from]!;
        for (let k = 0, at = r * rows, from = c * rows; k < rows; k++, at++, from++)
          inverse[at] = inverse[at]! - factor * inverse[from]!;
      }
    }
    this.#inverse = inverse;
    for (let r = 0; r < rows; r++) {
      let sum = 0;
      for (let k = 0, at = r * rows; k < rows; k++, at++) sum += inverse[at]! * this.#rhs[k]!;
      this.#level[r] = sum;
    }
    this.#sinceRefactoring = 0;
    this.#refreshDuals();
  }
}

function swapRows(matrix: Float64Array, { a, b, rows }: { a: number; b: number; rows: number }): void {
  for (let k = 0; k < rows; k++) {
    const kept = matrix[a * rows + k]!;
    matrix[a * rows + k] = matrix[b * rows + k]!;
    matrix[b * rows + k] = kept;
  }
}
