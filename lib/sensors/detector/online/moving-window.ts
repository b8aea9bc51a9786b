/** Mean and standard deviation of the last `width` values; NaN until there are so many. */
export class MovingWindow {
  readonly #values: Float64Array;
  #count = 0;

  constructor(width: number) {
    this.#values = new Float64Array(width);
  }

  push(value: number): void {
    this.#values[this.#count % this.#values.length] = value;
    this.#count += 1;
  }

  get mean(): number {
    if (this.#count < this.#values.length) return Number.NaN;
    let sum = 0;
    for (const value of this.#values) sum += value;
    return sum / this.#values.length;
  }

  get standardDeviation(): number {
    const { mean } = this;
    let squares = 0;
    for (const value of this.#values) squares += (value - mean) ** 2;
    return Math.sqrt(squares / this.#values.length);
  }
}

/** A value as it was `rows` pushes ago; NaN until then. */
export class Delay {
  readonly #values: Float64Array;
  #count = 0;

  constructor(rows: number) {
    this.#values = new Float64Array(rows).fill(Number.NaN);
  }

  /** Takes the newest value in and returns the one `rows` before it. */
  push(value: number): number {
    const at = this.#count++ % this.#values.length;
    const old = this.#values[at]!;
    this.#values[at] = value;
    return old;
  }
}
