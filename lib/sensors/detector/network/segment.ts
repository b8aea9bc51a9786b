/** A span of hours that one shape of fault explains better than nothing. */
export interface HourSpan {
  kind: "bias" | "drift" | "sun_heating" | "clock_shift" | "scale" | "zero" | "misfit";
  /** Hours [start, end). */
  start: number;
  end: number;
  /** How much better it explains the residual, in squared standard deviations of independent hours. */
  gain: number;
  /** Bias, scale: deviation; drift: deviation at the end; sun heating: in full light; clock shift: hours. */
  size: number;
}

/** A shape whose gain is a sum over the hours, whatever the span. */
export interface AdditiveShape {
  kind: HourSpan["kind"];
  size: number;
  hoursMin: number;
  price: number;
  /** Gain of every hour; NaN = unknown. */
  gains: Float64Array;
}

interface SegmentInput {
  /** Residual per hour, clipped; NaN = missing. */
  residual: Float64Array;
  /** 1 / (inflation · sigma²) per hour. */
  weight: Float64Array;
  /** Share of the full effect of light per hour; absent when heating is not looked for. */
  light?: Float64Array;
  /** Price of one span: below, chance explains as much. */
  spanPrice: number;
  /** What a constant deviation is called, and how long it lasts at least. */
  level: { kind: HourSpan["kind"]; hoursMin: number };
  hasDrift: boolean;
  additive: readonly AdditiveShape[];
}

const DRIFT_HOURS_MIN = 72;
const LIT_HOURS_MIN = 48;
export const SPAN_HOURS_MAX = 336;
const DRIFT_PRICE = 10;
/** Few hours are lit, so their sums are smaller. */
const SUN_BONUS = 30;

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
export function segment(input: SegmentInput): HourSpan[] {
  const hours = input.residual.length;
  const sums = sumUp(input);
  const additive = input.additive.map((shape) => new AdditiveGains(shape, input.spanPrice));
  const best = new Float64Array(hours + 1);
  const choice: (HourSpan | null)[] = new Array<HourSpan | null>(hours + 1).fill(null);
  for (let end = 1; end <= hours; end++) {
    best[end] = best[end - 1]!;
    const shape = bestShape(sums, { best, end, input });
    if (shape !== null && shape.total > best[end]!) {
      best[end] = shape.total;
      choice[end] = shape.span;
    }
    for (const shape of additive) {
      const found = shape.advance(best, end);
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

function sumUp({ residual, weight, light }: SegmentInput): Sums {
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

/** The best constant deviation, drift or heating that ends here. */
function bestShape(
  sums: Sums,
  { best, end, input }: { best: Float64Array; end: number; input: SegmentInput },
): Candidate | null {
  const { level, hasDrift, spanPrice } = input;
  const hasLight = input.light !== undefined;
  const { w, wr, wt, wtt, wrt, wgg, wrg, wrr } = sums;
  const first = Math.max(0, end - SPAN_HOURS_MAX);
  let total = best[end]!;
  let found: HourSpan | null = null;
  for (let start = end - level.hoursMin; start >= first; start--) {
    // No shape explains more than everything there is.
    const most = wrr[end]! - wrr[start]! + (hasLight ? SUN_BONUS : 0) - spanPrice;
    if (best[start]! + most <= total) continue;
    const before = best[start]! - spanPrice;
    const length = end - start;
    const W = w[end]! - w[start]!;
    if (W <= 0) continue;
    const S = wr[end]! - wr[start]!;
    const bias = (S * S) / W;
    if (before + bias > total) {
      total = before + bias;
      found = { kind: level.kind, start, end, gain: bias, size: S / W };
    }
    if (hasDrift && length >= DRIFT_HOURS_MIN) {
      const from = start / 24;
      const cross = wrt[end]! - wrt[start]! - from * S;
      const square = wtt[end]! - wtt[start]! - 2 * from * (wt[end]! - wt[start]!) + from * from * W;
      const drift = square > 1e-12 ? (cross * cross) / square - DRIFT_PRICE : 0;
      if (before + drift > total) {
        total = before + drift;
        found = { kind: "drift", start, end, gain: drift, size: (cross / square) * (length / 24) };
      }
    }
    if (hasLight && length >= LIT_HOURS_MIN) {
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

/** The best span of an additive shape that ends here: its start is the largest of a moving window. */
class AdditiveGains {
  readonly #shape: AdditiveShape;
  readonly #spanPrice: number;
  readonly #sums: Float64Array;
  /** Starts whose value falls: the first is the best still inside the window. */
  readonly #queue: Int32Array;
  readonly #values: Float64Array;
  #head = 0;
  #tail = 0;

  constructor(shape: AdditiveShape, spanPrice: number) {
    const count = shape.gains.length;
    this.#shape = shape;
    this.#spanPrice = spanPrice;
    this.#sums = new Float64Array(count + 1);
    this.#queue = new Int32Array(count + 1);
    this.#values = new Float64Array(count + 1);
    for (let i = 0; i < count; i++) {
      const gain = shape.gains[i]!;
      this.#sums[i + 1] = this.#sums[i]! + (gain === gain ? gain : 0);
    }
  }

  advance(best: Float64Array, end: number): Candidate | null {
    const { kind, size, hoursMin, price } = this.#shape;
    const newest = end - hoursMin;
    if (newest < 0) return null;
    const value = best[newest]! - this.#sums[newest]!;
    while (this.#tail > this.#head && this.#values[this.#tail - 1]! <= value) this.#tail--;
    this.#queue[this.#tail] = newest;
    this.#values[this.#tail++] = value;
    while (this.#queue[this.#head]! < end - SPAN_HOURS_MAX) this.#head++;
    const start = this.#queue[this.#head]!;
    const gain = this.#sums[end]! - this.#sums[start]! - price;
    return { total: best[start]! + gain - this.#spanPrice, span: { kind, start, end, gain, size } };
  }
}
