const CAPACITY_FIRST = 256;

/** Quantiles of the latest `capacity` values, exact, kept up value by value. Memory: 16 bytes per value. */
export class RunningQuantiles {
  readonly #capacity: number;
  #sorted = new Float64Array(CAPACITY_FIRST);
  #ring = new Float64Array(CAPACITY_FIRST);
  #oldest = 0;
  size = 0;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  /** Takes one finite value in; the oldest leaves when there are too many. */
  add(value: number): void {
    if (this.size === this.#capacity) {
      this.#remove(this.#ring[this.#oldest]!);
      this.#ring[this.#oldest] = value;
      this.#oldest = (this.#oldest + 1) % this.#capacity;
    } else {
      if (this.size === this.#sorted.length) this.#grow();
      this.#ring[this.size] = value;
    }
    const at = this.#position(value);
    this.#sorted.copyWithin(at + 1, at, this.size);
    this.#sorted[at] = value;
    this.size += 1;
  }

  /** The value nearest to rank `fraction` × (size − 1); NaN when empty. */
  quantile(fraction: number): number {
    return this.size > 0 ? this.#sorted[Math.round(fraction * (this.size - 1))]! : Number.NaN;
  }

  #remove(value: number): void {
    const at = this.#position(value);
    this.#sorted.copyWithin(at, at + 1, this.size);
    this.size -= 1;
  }

  #grow(): void {
    const length = Math.min(this.#capacity, 2 * this.#sorted.length);
    const [sorted, ring] = [new Float64Array(length), new Float64Array(length)];
    sorted.set(this.#sorted);
    ring.set(this.#ring);
    [this.#sorted, this.#ring] = [sorted, ring];
  }

  #position(value: number): number {
    let low = 0;
    let high = this.size;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#sorted[middle]! < value) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
