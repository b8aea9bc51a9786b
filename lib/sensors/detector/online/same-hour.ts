const DAY_MS = 86_400_000;
const SLOTS_MAX = 288;
/** Slots on both sides that count as the same time of day. */
const SLOT_REACH = 2;
const VALUES_PER_SLOT_MAX = 100;
/** Before that nothing is known about the same time on another day. */
const WARM_UP_MS = 1.9 * DAY_MS;
const NEIGHBOURS_MIN = 4;

/** Distance of a value to the nearest one seen at about the same time of day before. */
export class SameHour {
  readonly #slots: number[][];
  #firstMs = Number.NaN;

  /** `stepMs`: usual sampling step. */
  constructor(stepMs: number) {
    const count = Math.max(1, Math.min(SLOTS_MAX, Math.round(DAY_MS / stepMs)));
    this.#slots = Array.from({ length: count }, () => []);
  }

  /** NaN while too little is known. The value joins the past afterwards. */
  push(atMs: number, value: number): number {
    if (Number.isNaN(this.#firstMs)) this.#firstMs = atMs;
    const count = this.#slots.length;
    const slot = Math.floor(((((atMs % DAY_MS) + DAY_MS) % DAY_MS) / DAY_MS) * count) % count;
    let nearest = Number.POSITIVE_INFINITY;
    let seen = 0;
    for (let offset = -SLOT_REACH; offset <= SLOT_REACH; offset++) {
      for (const other of this.#slots[(slot + offset + SLOT_REACH * count) % count]!) {
        nearest = Math.min(nearest, Math.abs(other - value));
        seen++;
      }
    }
    const own = this.#slots[slot]!;
    own.push(value);
    if (own.length > VALUES_PER_SLOT_MAX) own.shift();
    return atMs - this.#firstMs >= WARM_UP_MS && seen >= NEIGHBOURS_MIN ? nearest : Number.NaN;
  }
}
