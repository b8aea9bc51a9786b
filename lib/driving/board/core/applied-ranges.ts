/**
 * Which arrival numbers a reader has taken in. Between two frames records come as they are, or only their drivers'
 * state when there are many; the frame brings all of them again, and only what was missing is taken from it.
 */
export class AppliedRanges {
  #ranges: [from: number, to: number][] = [];

  has(seq: number): boolean {
    return this.#ranges.some(([from, to]) => seq >= from && seq <= to);
  }

  add(fromSeq: number, toSeq: number): void {
    if (toSeq < fromSeq) return;
    const last = this.#ranges.at(-1);
    if (last && fromSeq <= last[1] + 1) last[1] = Math.max(last[1], toSeq);
    else this.#ranges.push([fromSeq, toSeq]);
  }

  /** A frame holds everything up to its end: nothing before it comes again. */
  forgetUpTo(seq: number): void {
    this.#ranges = this.#ranges.filter(([, to]) => to > seq);
  }
}
