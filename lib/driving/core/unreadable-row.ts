/** Stands for a posted row whose text is no row at all. */
export class UnreadableRow {
  readonly #detail: string;

  constructor(detail: string) {
    this.#detail = detail;
  }

  get detail(): string {
    return this.#detail;
  }
}
