import { describe, expect, it } from "vitest";
import { createRandom, type Random } from "#lib/math/random";
import { type AdditiveShape, type HourSpan, segment } from "./segment.ts";

type Input = Parameters<typeof segment>[0];

const DRIFT = { hoursMin: 72, price: 10 };
const SUN = { hoursMin: 48, bonus: 30 };

/** Everything that may explain [start, end), each gain summed up plainly from its definition. */
function gainsOf(input: Input, start: number, end: number): { kind: HourSpan["kind"]; gain: number }[] {
  const { residual, weight, light, level, hasDrift, additive } = input;
  const hours = Array.from({ length: end - start }, (_, i) => start + i).filter((t) => !Number.isNaN(residual[t]!));
  const sum = (of: (t: number) => number) => hours.reduce((total, t) => total + weight[t]! * of(t), 0);
  const found: { kind: HourSpan["kind"]; gain: number }[] = [];
  const isWeighed = hours.some((t) => weight[t]! > 0);
  if (isWeighed && end - start >= level.hoursMin) {
    found.push({ kind: level.kind, gain: sum((t) => residual[t]!) ** 2 / sum(() => 1) });
    if (hasDrift && end - start >= DRIFT.hoursMin) {
      const since = (t: number) => (t - start) / 24;
      const gain = sum((t) => residual[t]! * since(t)) ** 2 / sum((t) => since(t) ** 2) - DRIFT.price;
      found.push({ kind: "drift", gain });
    }
    if (light && end - start >= SUN.hoursMin) {
      const [cross, square] = [sum((t) => residual[t]! * light[t]!), sum((t) => light[t]! ** 2)];
      if (cross > 0 && square > 1e-12) found.push({ kind: "sun_heating", gain: cross ** 2 / square + SUN.bonus });
    }
  }
  for (const { kind, hoursMin, price, gains } of additive) {
    if (end - start < hoursMin) continue;
    const total = gains.subarray(start, end).reduce((a, gain) => a + (Number.isNaN(gain) ? 0 : gain), 0);
    found.push({ kind, gain: total - price });
  }
  return found;
}

/** The best total of any set of spans that do not overlap: every set is tried. */
function exhaustive(input: Input, shortest: number): number {
  const hours = input.residual.length;
  const from = (first: number): number => {
    let best = 0;
    for (let start = first; start + shortest <= hours; start++) {
      for (let end = start + shortest; end <= hours; end++) {
        const gain = Math.max(...gainsOf(input, start, end).map((shape) => shape.gain));
        // Without a span that pays, what follows is tried from other starts.
        if (gain > input.spanPrice) best = Math.max(best, gain - input.spanPrice + from(end));
      }
    }
    return best;
  };
  return from(0);
}

const totalOf = (spans: readonly HourSpan[], price: number) => spans.reduce((sum, { gain }) => sum + gain - price, 0);

function randomInput(random: Random, hours: number, more: Partial<Input> = {}): Input {
  const [start, size] = [random.integer(0, hours - 15), random.uniform(-4, 4)];
  const residual = Float64Array.from({ length: hours }, (_, t) => {
    if (random.uniform() < 0.08) return Number.NaN;
    return random.normal(0, 1) + (t >= start && t < start + 15 ? size : 0);
  });
  const weight = Float64Array.from({ length: hours }, () => random.uniform(0.1, 1));
  const level = { kind: "bias" as const, hoursMin: 8 };
  return { residual, weight, spanPrice: 12, level, hasDrift: true, additive: [], ...more };
}

describe("segment equals the exhaustive search", () => {
  it("with constant deviations and shapes whose gains add up, missing hours included", () => {
    const random = createRandom("exhaustive");
    let spanCount = 0;
    for (let round = 0; round < 40; round++) {
      const hours = random.integer(20, 34);
      const gains = Float64Array.from({ length: hours }, () => random.normal(-0.5, 3));
      const shift: AdditiveShape = { kind: "clock_shift", size: 3, hoursMin: 8, price: 4, gains };
      const input = randomInput(random, hours, { additive: [shift] });
      const spans = segment(input);
      spanCount += spans.length;
      expect(totalOf(spans, input.spanPrice)).toBeCloseTo(exhaustive(input, 8), 8);
    }
    expect(spanCount).toBeGreaterThan(20);
  });

  it("with heating by light, on sixty hours", () => {
    const random = createRandom("exhaustive sun");
    const kinds = new Set<string>();
    for (let round = 0; round < 20; round++) {
      const light = Float64Array.from({ length: 60 }, (_, t) => Math.max(0, Math.sin(((t - 6) / 12) * Math.PI)));
      const plain = randomInput(random, 60, { light, level: { kind: "bias", hoursMin: 20 }, spanPrice: 25 });
      const input = { ...plain, residual: plain.residual.map((value, t) => value + (round % 2) * 3 * light[t]!) };
      const spans = segment(input);
      for (const { kind } of spans) kinds.add(kind);
      expect(totalOf(spans, input.spanPrice)).toBeCloseTo(exhaustive(input, 20), 8);
    }
    expect(kinds).toContain("sun_heating");
  });

  it("with drift, where records are long enough for it", () => {
    const random = createRandom("exhaustive drift");
    const kinds = new Set<string>();
    for (let round = 0; round < 8; round++) {
      const plain = randomInput(random, 100, { level: { kind: "bias", hoursMin: 40 } });
      const input = { ...plain, residual: plain.residual.map((value, t) => value + Math.max(0, t - 20) / 12) };
      const spans = segment(input);
      for (const { kind } of spans) kinds.add(kind);
      expect(totalOf(spans, input.spanPrice)).toBeCloseTo(exhaustive(input, 40), 8);
    }
    expect(kinds).toContain("drift");
  });
});

it("spans stand in order, do not overlap, pay their price and never lie where nothing is known", () => {
  const random = createRandom("promises");
  for (let round = 0; round < 20; round++) {
    const input = randomInput(random, 400, { level: { kind: "bias", hoursMin: 18 } });
    input.residual.fill(Number.NaN, 100, 160);
    const spans = segment(input);
    spans.forEach(({ start, end, gain }, i) => {
      expect(gain).toBeGreaterThan(input.spanPrice);
      expect(end).toBeGreaterThan(start);
      if (i > 0) expect(start).toBeGreaterThanOrEqual(spans[i - 1]!.end);
      expect(start < 100 || end > 160).toBe(true);
    });
  }
});

it("nothing explains a residual that is missing, zero or empty", () => {
  const flat = (value: number, hours = 100) => ({
    ...randomInput(createRandom("flat"), 100),
    residual: new Float64Array(hours).fill(value),
    weight: new Float64Array(hours).fill(1),
  });
  expect(segment(flat(Number.NaN))).toEqual([]);
  expect(segment(flat(0))).toEqual([]);
  expect(segment(flat(0, 0))).toEqual([]);
});
