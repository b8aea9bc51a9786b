import { SpeedMeter } from "./speed-meter.ts";

/** Byte accounting of one file. */
export class TransferProgress {
  readonly sizeBytes: number;
  wireBytes = 0;
  resentBytes = 0;
  readonly #meter = new SpeedMeter();
  readonly #partials = new Map<number, number>();
  #doneBytes = 0;
  #shownBytes = 0;

  constructor(sizeBytes: number) {
    this.sizeBytes = sizeBytes;
  }

  partial(partNumber: number, sentBytes: number): void {
    if (sentBytes > 0) this.#partials.set(partNumber, sentBytes);
    else this.#partials.delete(partNumber);
  }

  done(partNumber: number, partSizeBytes: number): void {
    this.#partials.delete(partNumber);
    this.#doneBytes += partSizeBytes;
  }

  /** Starts from what storage holds; what was shown stays shown unless the upload itself is a new one. */
  restart(doneBytes: number, options: { isNewUpload: boolean }): void {
    this.#partials.clear();
    this.#doneBytes = doneBytes;
    if (options.isNewUpload) this.#shownBytes = 0;
    this.#meter.reset();
  }

  /** Confirmed and partly sent bytes; never falls. */
  get sentBytes(): number {
    let bytes = this.#doneBytes;
    for (const partial of this.#partials.values()) bytes += partial;
    this.#shownBytes = Math.min(this.sizeBytes, Math.max(this.#shownBytes, bytes));
    return this.#shownBytes;
  }

  tick(nowMs: number): void {
    this.#meter.sample(nowMs, this.wireBytes);
  }

  rest(): void {
    this.#meter.reset();
  }

  get speedBytesPerS(): number | null {
    return this.#meter.bytesPerS;
  }

  get etaS(): number | null {
    return this.#meter.etaS(this.sizeBytes - this.sentBytes);
  }
}
