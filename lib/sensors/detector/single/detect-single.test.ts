import { describe, expect, it } from "vitest";
import { createRandom } from "#lib/math/random";
import { type DetectorSeries, FLAG_SCORE } from "../types.ts";
import { detectSingle } from "./detect-single.ts";
import { GENERAL_PROFILE, SOIL_PROFILE } from "./profiles.ts";

const DAY = 96;
const STEP_MS = 900_000;

function seriesOf(values: ArrayLike<number>): DetectorSeries {
  return { timestamps: Float64Array.from(values, (_, i) => i * STEP_MS), values: Float64Array.from(values) };
}

/** 30 days of slowly drying soil with a daily wave and a little noise; no faults. */
function soil(seed = "soil"): Float64Array {
  const random = createRandom(seed);
  return Float64Array.from({ length: 30 * DAY }, (_, i) => {
    const wave = 0.2 * Math.sin((2 * Math.PI * i) / DAY);
    return 30 - 8 * (i / (30 * DAY)) + wave + random.normal(0, 0.03);
  });
}

const judge = (values: ArrayLike<number>, profile = SOIL_PROFILE) => detectSingle([seriesOf(values)], profile)[0]!;
const flags = (score: Float64Array) => score.map((value) => (value > FLAG_SCORE ? 1 : 0));
const share = (marks: Float64Array, from: number, to: number) =>
  marks.subarray(from, to).reduce((sum, mark) => sum + mark, 0) / (to - from);

describe("detectSingle on faults of known shape", () => {
  it("leaves a healthy record alone", () => {
    expect(judge(soil()).spans).toEqual([]);
    expect(judge(soil(), GENERAL_PROFILE).spans).toEqual([]);
  });

  it("flags a displaced level as one bias with its edges and size", () => {
    const values = soil().map((value, i) => (i >= 1000 && i < 1400 ? value + 3 : value));
    const { spans } = judge(values);
    expect(spans).toHaveLength(1);
    expect(spans[0]).toMatchObject({ kind: "bias" });
    expect(Math.abs(spans[0]!.startIndex - 1000)).toBeLessThanOrEqual(4);
    expect(Math.abs(spans[0]!.endIndex - 1400)).toBeLessThanOrEqual(4);
    expect(spans[0]!.magnitude).toBeCloseTo(3, 0);
  });

  it("does not take the end of a displaced level and the next rain for another one", () => {
    const values = soil().map((value, i) => value + (i >= 1000 && i < 1400 ? 3 : 0) + (i >= 1700 ? 2.6 : 0));
    const { score } = judge(values);
    expect(share(flags(score), 1000, 1400)).toBe(1);
    expect(share(flags(score), 1450, 1650)).toBe(0);
  });

  it("flags most of a drift that ends, with its size at the end", () => {
    const values = soil().map((value, i) => (i >= 1000 && i < 1768 ? value + (5 * (i - 1000)) / 768 : value));
    const { score, spans } = judge(values);
    expect(share(flags(score), 1000, 1768)).toBeGreaterThan(0.8);
    const drift = spans.find(({ kind }) => kind === "drift");
    expect(drift?.magnitude).toBeCloseTo(5, 0);
  });

  it("flags a stuck span, a noisy span, a spike and error codes as such", () => {
    const random = createRandom("noise");
    const values = soil().map((value, i) => (i >= 2000 && i < 2100 ? value + random.normal(0, 3) : value));
    values.fill(values[500]!, 500, 700);
    values[1200] = values[1200]! + 15;
    values.fill(-9999, 2500, 2510);
    const { spans, score } = judge(values);
    const at = (row: number) => spans.find(({ startIndex, endIndex }) => row >= startIndex && row < endIndex)?.kind;
    expect([at(600), at(2050), at(2505)]).toEqual(["stuck", "noise", "code"]);
    expect(score[1200]).toBeGreaterThan(FLAG_SCORE);
    expect(score[2505]).toBe(20);
  });
});

describe("detectSingle keeps its promises", () => {
  const faulty = soil().map((value, i) => (i >= 1000 && i < 1400 ? value + 3 : i === 2000 ? value - 9 : value));

  it.each([2, 0.5, 1024])("flags the same rows when values are scaled by %d", (factor) => {
    for (const profile of [SOIL_PROFILE, GENERAL_PROFILE]) {
      const scaled = judge(faulty.map((value) => value * factor), profile); // prettier-ignore
      expect([...flags(scaled.score)]).toEqual([...flags(judge(faulty, profile).score)]);
    }
  });

  it("gives finite scores >= 0, starts no span on missing rows and leaves its input alone", () => {
    const values = faulty.map((value, i) => (i >= 1500 && i < 1700 ? Number.NaN : value));
    const before = [...values];
    const { score, spans } = judge(values);
    expect([...score].every((value) => Number.isFinite(value) && value >= 0)).toBe(true);
    expect(spans.every(({ startIndex }) => !Number.isNaN(values[startIndex]))).toBe(true);
    expect(share(flags(score), 1500, 1700)).toBe(0);
    expect([...values]).toEqual(before);
  });

  it("trusts a deviation less when the other channel of the device is quiet", () => {
    const quiet = seriesOf(soil("other"));
    const lone = judge(faulty, GENERAL_PROFILE).score;
    const [withQuiet] = detectSingle([seriesOf(faulty), quiet], GENERAL_PROFILE);
    const [withTwin] = detectSingle([seriesOf(faulty), seriesOf(faulty)], GENERAL_PROFILE);
    expect(withQuiet!.score[2000]).toBeLessThan(lone[2000]!);
    expect(withTwin!.score[2000]).toBeGreaterThan(lone[2000]!);
  });

  it("ranks what a channel shows while another writes error codes just below a flag", () => {
    const codes = soil("other").map((value, i) => (i >= 1500 && i < 1503 ? -9999 : value));
    const [own] = detectSingle([seriesOf(soil()), seriesOf(codes)], GENERAL_PROFILE);
    for (let i = 1499; i < 1504; i++) expect(own!.score[i]).toBeGreaterThanOrEqual(0.95);
    expect(share(flags(own!.score), 1499, 1504)).toBe(0);
    const ranked = [...own!.score].sort((a, b) => b - a);
    expect(ranked[5]).toBeLessThan(0.95);
  });

  it("refuses channels whose lengths differ", () => {
    const bad = { timestamps: new Float64Array(3), values: new Float64Array(2) };
    expect(() => detectSingle([bad], SOIL_PROFILE)).toThrow(expect.objectContaining({ code: "unprocessable" }));
  });
});

describe("detectSingle on degenerate records", () => {
  const limits = (values: ArrayLike<number>) => judge(values).limit;

  it("says why it cannot judge", () => {
    expect(limits([])).toBe("no_values");
    expect(limits(new Float64Array(500).fill(Number.NaN))).toBe("no_values");
    expect(limits([1])).toBe("too_short");
    expect(limits(soil().subarray(0, 2 * DAY))).toBe("too_short");
    expect(limits(soil().map((value, i) => (i < 1700 ? 12 : value)))).toBe("no_reference");
  });

  it("flags codes even in a short record, and only those", () => {
    const { spans } = judge([1, 2, -9999, -9999, 2, 1]);
    expect(spans).toEqual([{ kind: "code", startIndex: 2, endIndex: 4, magnitude: Number.NaN, score: 20 }]);
  });

  it("survives a constant record, equal timestamps and a clock that jumps an hour", () => {
    expect([...judge(new Float64Array(1000).fill(7)).score].every(Number.isFinite)).toBe(true);
    const values = soil();
    const timestamps = seriesOf(values).timestamps.map((time, i) => (i > 1000 ? time - 3_600_000 : time));
    expect(detectSingle([{ timestamps, values }], SOIL_PROFILE)[0]!.spans).toEqual([]);
    expect(
      detectSingle([{ timestamps: new Float64Array(50), values: values.subarray(0, 50) }], SOIL_PROFILE),
    ).toHaveLength(1);
  });
});
