/** Failures in a row after which a file counts as cut off although the browser says it is online. */
const CUT_OFF_AFTER = 3;

/** Whether the requests of one file get through at all. */
export class LinkWatch {
  #failuresInRow = 0;
  readonly #onChange: () => void;

  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  get isCutOff(): boolean {
    return this.#failuresInRow >= CUT_OFF_AFTER;
  }

  failed(): void {
    this.#failuresInRow += 1;
    if (this.#failuresInRow === CUT_OFF_AFTER) this.#onChange();
  }

  passed(): void {
    const wasCutOff = this.isCutOff;
    this.#failuresInRow = 0;
    if (wasCutOff) this.#onChange();
  }
}
