/** minimise cost·x subject to rowLower ≤ A x ≤ rowUpper, lower ≤ x ≤ upper. `A` by columns (compressed). */
export interface LinearProgram {
  cost: Float64Array;
  lower: Float64Array;
  upper: Float64Array;
  rowLower: Float64Array;
  rowUpper: Float64Array;
  /** Entries of column c stand from `starts[c]` to `starts[c + 1]`. */
  starts: Int32Array;
  indices: Int32Array;
  values: Float64Array;
}

export interface LinearProgramSolution {
  status: "optimal" | "infeasible" | "unbounded" | "unfinished";
  /** NaN unless optimal. */
  objective: number;
  values: Float64Array;
}

/** Collects a program column by column. */
export class LinearProgramBuilder {
  readonly #cost: number[] = [];
  readonly #lower: number[] = [];
  readonly #upper: number[] = [];
  readonly #rowLower: number[] = [];
  readonly #rowUpper: number[] = [];
  readonly #starts: number[] = [0];
  readonly #indices: number[] = [];
  readonly #values: number[] = [];

  addRow(lower: number, upper: number): number {
    this.#rowUpper.push(upper);
    return this.#rowLower.push(lower) - 1;
  }

  /** `entries`: pairs of row and coefficient. Returns the column's index. */
  addColumn(column: { cost: number; upper?: number }, entries: readonly (readonly [number, number])[]): number {
    for (const [row, value] of entries) {
      this.#indices.push(row);
      this.#values.push(value);
    }
    this.#starts.push(this.#indices.length);
    this.#lower.push(0);
    this.#upper.push(column.upper ?? Infinity);
    return this.#cost.push(column.cost) - 1;
  }

  build(): LinearProgram {
    return {
      cost: Float64Array.from(this.#cost),
      lower: Float64Array.from(this.#lower),
      upper: Float64Array.from(this.#upper),
      rowLower: Float64Array.from(this.#rowLower),
      rowUpper: Float64Array.from(this.#rowUpper),
      starts: Int32Array.from(this.#starts),
      indices: Int32Array.from(this.#indices),
      values: Float64Array.from(this.#values),
    };
  }
}
