/** A span of hours that one shape of fault explains better than nothing. */
export interface HourSpan {
  kind: "bias" | "drift" | "sun_heating" | "clock_shift";
  /** Hours [start, end). */
  start: number;
  end: number;
  /** How much better it explains the residual, in squared standard deviations of independent hours. */
  gain: number;
  /** Bias: deviation; drift: deviation at the end; sun heating: deviation in full light; clock shift: hours. */
  size: number;
}

interface SegmentInput {
  /** Residual per hour, clipped; NaN = missing. */
  residual: Float64Array;
  /** 1 / (inflation · sigma²) per hour. */
  weight: Float64Array;
  /** Share of the full effect of light per hour; absent when not measured. */
  light?: Float64Array;
  /** Per candidate of a clock shift: what its residual would be; NaN = unknown. */
  shifted: readonly { hours: number; residual: Float64Array }[];
}

/** Price of one span: below, chance explains as much. */
const SPAN_PRICE = 60;
const BIAS_HOURS_MIN = 18;
const DRIFT_HOURS_MIN = 72;
const LIT_HOURS_MIN = 48;
const SHIFT_HOURS_MIN = 48;
export const SPAN_HOURS_MAX = 336;
const DRIFT_PRICE = 10;
/** Few hours are lit, so their sums are smaller. */
const SUN_BONUS = 30;
const SHIFT_PRICE = 20;

/** Running sums from which the gain of any span follows at once; all have one more entry than hours. */
interface Sums {
  w: Float64Array;
  wr: Float64Array;
  wt: Float64Array;
  wtt: Float64Array;
  wrt: Float64Array;
  wgg: Float64Array;
  wrg: Float64Array;
  wrr: Float64Array;
}

/**
 * The best explanation of a residual by spans that do not overlap: each must earn its price. Dynamic programme over
 * the ends of spans, exact; O(hours × 336). Spans of one clock shift add up, so their starts are kept in a queue.
 */
export function segment({ residual, weight, light, shifted }: SegmentInput): HourSpan[] {
  const hours = residual.length;
  const sums = sumUp(residual, weight, light);
  const shifts = shifted.map((shift) => new ShiftGains(shift, residual, weight));
  const best = new Float64Array(hours + 1);
  const choice: (HourSpan | null)[] = new Array<HourSpan | null>(hours + 1).fill(null);
  for (let end = 1; end <= hours; end++) {
    best[end] = best[end - 1]!;
    const shape = bestShape(sums, best, end);
    if (shape !== null && shape.total > best[end]!) {
      best[end] = shape.total;
      choice[end] = shape.span;
    }
    for (const shift of shifts) {
      const found = shift.advance(best, end);
      if (found !== null && found.total > best[end]!) {
        best[end] = found.total;
        choice[end] = found.span;
      }
    }
  }
  const spans: HourSpan[] = [];
  for (let end = hours; end > 0;) {
    const span = choice[end];
    if (span) spans.push(span);
    end = span ? span.start : end - 1;
  }
  return spans.reverse();
}

function sumUp(residual: Float64Array, weight: Float64Array, light: Float64Array | undefined): Sums {
  const hours = residual.length;
  const make = () => new Float64Array(hours + 1);
  const sums: Sums = {
    w: make(),
    wr: make(),
    wt: make(),
    wtt: make(),
    wrt: make(),
    wgg: make(),
    wrg: make(),
    wrr: make(),
  };
  for (let i = 0; i < hours; i++) {
    const isThere = residual[i] === residual[i];
    const w = isThere ? weight[i]! : 0;
    const r = isThere ? residual[i]! : 0;
    const t = i / 24;
    const g = light ? light[i]! : 0;
    sums.w[i + 1] = sums.w[i]! + w;
    sums.wr[i + 1] = sums.wr[i]! + w * r;
    sums.wt[i + 1] = sums.wt[i]! + w * t;
    sums.wtt[i + 1] = sums.wtt[i]! + w * t * t;
    sums.wrt[i + 1] = sums.wrt[i]! + w * r * t;
    sums.wgg[i + 1] = sums.wgg[i]! + w * g * g;
    sums.wrg[i + 1] = sums.wrg[i]! + w * r * g;
    sums.wrr[i + 1] = sums.wrr[i]! + w * r * r;
  }
  return sums;
}

interface Candidate {
  total: number;
  span: HourSpan;
}

/** The best bias, drift or heating that ends here. */
function bestShape(sums: Sums, best: Float64Array, end: number): Candidate | null {
  const { w, wr, wt, wtt, wrt, wgg, wrg, wrr } = sums;
  const first = Math.max(0, end - SPAN_HOURS_MAX);
  let total = best[end]!;
  let found: HourSpan | null = null;
  for (let start = end - BIAS_HOURS_MIN; start >= first; start--) {
    // No shape explains more than everything there is.
    const most = wrr[end]! - wrr[start]! + SUN_BONUS - SPAN_PRICE;
    if (best[start]! + most <= total) continue;
    const before = best[start]! - SPAN_PRICE;
    const length = end - start;
    const W = w[end]! - w[start]!;
    if (W <= 0) continue;
    const S = wr[end]! - wr[start]!;
    const bias = (S * S) / W;
    if (before + bias > total) {
      total = before + bias;
      found = { kind: "bias", start, end, gain: bias, size: S / W };
    }
    if (length >= DRIFT_HOURS_MIN) {
      const from = start / 24;
      const cross = wrt[end]! - wrt[start]! - from * S;
      const square = wtt[end]! - wtt[start]! - 2 * from * (wt[end]! - wt[start]!) + from * from * W;
      const drift = square > 1e-12 ? (cross * cross) / square - DRIFT_PRICE : 0;
      if (before + drift > total) {
        total = before + drift;
        found = { kind: "drift", start, end, gain: drift, size: (cross / square) * (length / 24) };
      }
    }
    if (length >= LIT_HOURS_MIN) {
      const cross = wrg[end]! - wrg[start]!;
      const square = wgg[end]! - wgg[start]!;
      const heating = cross > 0 && square > 1e-12 ? (cross * cross) / square + SUN_BONUS : 0;
      if (before + heating > total) {
        total = before + heating;
        found = { kind: "sun_heating", start, end, gain: heating, size: cross / square };
      }
    }
  }
  return found === null ? null : { total, span: found };
}

/** Gains of one clock shift: a sum over the hours, so the best start is the largest of a moving window. */
class ShiftGains {
  readonly #hours: number;
  readonly #sums: Float64Array;
  /** Starts whose value falls: the first is the best still inside the window. */
  readonly #queue: Int32Array;
  readonly #values: Float64Array;
  #head = 0;
  #tail = 0;

  constructor(
    { hours, residual: other }: SegmentInput["shifted"][number],
    residual: Float64Array,
    weight: Float64Array,
  ) {
    const count = residual.length;
    this.#hours = hours;
    this.#sums = new Float64Array(count + 1);
    this.#queue = new Int32Array(count + 1);
    this.#values = new Float64Array(count + 1);
    for (let i = 0; i < count; i++) {
      const gain = weight[i]! * (residual[i]! ** 2 - other[i]! ** 2);
      this.#sums[i + 1] = this.#sums[i]! + (gain === gain ? gain : 0);
    }
  }

  advance(best: Float64Array, end: number): Candidate | null {
    const start = end - SHIFT_HOURS_MIN;
    if (start < 0) return null;
    const value = best[start]! - this.#sums[start]!;
    while (this.#tail > this.#head && this.#values[this.#tail - 1]! <= value) this.#tail--;
    this.#queue[this.#tail] = start;
    this.#values[this.#tail++] = value;
    while (this.#queue[this.#head]! < end - SPAN_HOURS_MAX) this.#head++;
    const from = this.#queue[this.#head]!;
    const gain = this.#sums[end]! - this.#sums[from]! - SHIFT_PRICE;
    const total = best[from]! + gain - SPAN_PRICE;
    return { total, span: { kind: "clock_shift", start: from, end, gain, size: this.#hours } };
  }
}
