import { describe, expect, it } from "vitest";
import { createRandom } from "#lib/math/random";
import { type DetectorResult, FLAG_SCORE } from "../types.ts";
import { detectLight } from "./detect-light.ts";
import { makeNetwork, rowAt, ROWS, ROWS_PER_HOUR, timestamps } from "./test-network.ts";

/** Leaves and walls make light differ from place to place by a tenth, for an hour or two. */
const lights = (count: number, seed: string) =>
  makeNetwork(count, seed).map(({ lux }, j) => {
    const own = createRandom(`${seed} shade ${j}`);
    let shade = 0;
    return lux.map((value) => {
      shade = 0.9 * shade + own.normal(0, 0.05);
      return Math.round(value * Math.exp(shade));
    });
  });
const flagged = ({ score }: DetectorResult) => score.reduce((sum, value) => sum + (value > FLAG_SCORE ? 1 : 0), 0);
const share = (results: readonly DetectorResult[]) =>
  results.reduce((sum, result) => sum + flagged(result), 0) / (results.length * ROWS);
const isFinite = (results: readonly DetectorResult[]) =>
  results.every(({ score }) => score.every((value) => Number.isFinite(value) && value >= 0));

/** A network whose first sensor is changed between two rows; answers its result. */
function judgeFaulty(seed: string, change: (lux: Float64Array, i: number) => number, [start, end] = FAULTY) {
  const network = lights(12, seed);
  const own = network[0]!;
  const changed = own.map((value, i) => (i >= start && i < end ? change(own, i) : value));
  return detectLight(timestamps, [changed, ...network.slice(1)]);
}

const FAULTY = [rowAt(10), rowAt(15)] as const;
const coverage = ({ score }: DetectorResult, [start, end]: readonly [number, number] = FAULTY) =>
  score.subarray(start, end).reduce((sum, value) => sum + (value > FLAG_SCORE ? 1 : 0), 0) / (end - start);

describe("detectLight", () => {
  it("leaves a healthy network alone", () => {
    expect(share(detectLight(timestamps, lights(15, "healthy light")))).toBeLessThan(0.005);
  });

  it("flags a sensor that sees nothing by day, and one that holds a value", () => {
    const [dark] = judgeFaulty("dark sensor", () => 0);
    expect(coverage(dark!)).toBeGreaterThan(0.8);
    expect(dark!.spans.map(({ kind }) => kind)).toContain("zero");
    const [stuck] = judgeFaulty("stuck light", () => 4_321);
    expect(coverage(stuck!)).toBeGreaterThan(0.9);
  });

  it.each([5, -5])("flags a clock %i hours off, with its side", (hours) => {
    const [shifted] = judgeFaulty("light clock", (lux, i) => lux[i + hours * ROWS_PER_HOUR]!);
    expect(coverage(shifted!)).toBeGreaterThan(0.8);
    expect(shifted!.spans.find(({ kind }) => kind === "clock_shift")?.magnitude).toBe(hours);
  });

  it("flags light a tenth as bright as it was", () => {
    const [dim] = judgeFaulty("dim light", (lux, i) => lux[i]! * 0.1, [rowAt(10), rowAt(20)]);
    expect(coverage(dim!, [rowAt(10), rowAt(20)])).toBeGreaterThan(0.5);
  });
});

describe("light where days are unusual", () => {
  /** Light around the clock, brighter at noon, as north of the polar circle in summer. */
  function polarDay(count: number): Float64Array[] {
    const clouds = createRandom("polar clouds");
    const shade = Float64Array.from({ length: ROWS }, () => clouds.normal(0, 0.2));
    for (let i = 1; i < ROWS; i++) shade[i] = 0.97 * shade[i - 1]! + shade[i]! * 0.3;
    return Array.from({ length: count }, (_, j) => {
      const own = createRandom(`polar ${j}`);
      return Float64Array.from({ length: ROWS }, (_row, i) => {
        const sun = 0.55 + 0.45 * Math.sin(((i / ROWS_PER_HOUR - 6) / 12) * Math.PI);
        return Math.round(20_000 * sun * Math.exp(shade[i]! + own.normal(0, 0.05)));
      });
    });
  }

  it("judges a polar day, in which no hour is dark", () => {
    const network = polarDay(10);
    const healthy = detectLight(timestamps, network);
    expect(isFinite(healthy)).toBe(true);
    expect(share(healthy)).toBeLessThan(0.005);
    const dead = network[0]!.map((value, i) => (i >= FAULTY[0] && i < FAULTY[1] ? 0 : value));
    const results = detectLight(timestamps, [dead, ...network.slice(1)]);
    expect(coverage(results[0]!)).toBeGreaterThan(0.9);
    expect(share(results.slice(1))).toBeLessThan(0.005);
  });

  it("finds nothing in a polar night, in which no hour is bright", () => {
    const night = Array.from({ length: 8 }, () => new Float64Array(ROWS));
    const results = detectLight(timestamps, night);
    expect(isFinite(results)).toBe(true);
    expect(share(results)).toBe(0);
  });

  it("bears a sensor without any value, and values below zero", () => {
    const network = lights(8, "odd light");
    const silent = new Float64Array(ROWS).fill(Number.NaN);
    const negative = network[1]!.map((value, i) => (i === rowAt(12, 12) ? -5 : value));
    const results = detectLight(timestamps, [silent, negative, ...network.slice(2)]);
    expect(isFinite(results)).toBe(true);
    expect(flagged(results[0]!)).toBe(0);
    expect(results[1]!.score[rowAt(12, 12)]).toBeGreaterThan(FLAG_SCORE);
  });
});
