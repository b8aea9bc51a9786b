import { describe, expect, it } from "vitest";
import { NAB_PROFILES, type NabFile, nabNormalised, nabRawScore, nabRows, probationRows } from "./nab-score.ts";
import { optimiseNabThreshold } from "./nab-threshold.ts";

const file: NabFile = { rowCount: 1000, windows: [{ first: 400, last: 499 }] };
const { standard, rewardLowFn, rewardLowFp } = NAB_PROFILES;

function flags(...rows: number[]): Uint8Array {
  const marks = new Uint8Array(file.rowCount);
  for (const row of rows) marks[row] = 1;
  return marks;
}

describe("nabRawScore", () => {
  it("ignores the first 15 %, at most 750 rows", () => {
    expect(probationRows(1000)).toBe(150);
    expect(probationRows(20_000)).toBe(750);
    expect(nabRawScore(file, flags(0, 149), standard)).toBe(-1);
    expect(nabRawScore(file, flags(150), standard)).toBeCloseTo(-1.11, 12);
  });

  it("gives 1 for the first row of a window, about 0 for its last, and only the best one counts", () => {
    expect(nabRawScore(file, flags(400), standard)).toBeCloseTo(1, 12);
    expect(nabRawScore(file, flags(499), standard)).toBeCloseTo(0.0253, 3);
    expect(nabRawScore(file, flags(400, 420, 499), standard)).toBeCloseTo(1, 12);
  });

  it("charges a false alarm little right after a window and fully three widths later", () => {
    const { worth } = nabRows(file)[500]!;
    expect(worth).toBeCloseTo(2 / (1 + Math.exp(5 / 99)) - 1, 12);
    expect(nabRows(file)[900]!.worth).toBe(-1);
    expect(nabRawScore(file, flags(400, 900), standard)).toBeCloseTo(0.89, 12);
    expect(nabRawScore(file, flags(400, 900), rewardLowFp)).toBeCloseTo(0.78, 12);
  });

  it("charges a miss by profile and nothing for windows inside the ignored part", () => {
    expect(nabRawScore(file, flags(), rewardLowFn)).toBe(-2);
    expect(nabRawScore({ rowCount: 1000, windows: [{ first: 10, last: 60 }] }, flags(), standard)).toBe(0);
  });

  it("normalises silence to 0 and perfection to 100 in every profile", () => {
    for (const profile of Object.values(NAB_PROFILES)) {
      expect(nabNormalised(nabRawScore(file, flags(), profile), 1, profile)).toBe(0);
      expect(nabNormalised(nabRawScore(file, flags(400), profile), 1, profile)).toBeCloseTo(100, 9);
    }
  });
});

describe("optimiseNabThreshold", () => {
  const scoresOf = (entries: [number, number][]) => {
    const scores = new Float64Array(file.rowCount);
    for (const [row, score] of entries) scores[row] = score;
    return scores;
  };

  it("takes one threshold for all files and agrees with the file scores at it", () => {
    const first = { ...file, scores: scoresOf([[400, 0.6], [900, 0.5], [700, 0.9]]) }; // prettier-ignore
    const second = { ...file, scores: scoresOf([[450, 0.7], [300, 0.4]]) }; // prettier-ignore
    const best = optimiseNabThreshold([first, second], standard);
    expect(best.threshold).toBe(0.6);
    const marks = (scores: Float64Array) => scores.map((score) => (score >= best.threshold ? 1 : 0));
    const raw = nabRawScore(first, marks(first.scores), standard) + nabRawScore(second, marks(second.scores), standard);
    expect(best.rawScore).toBeCloseTo(raw, 12);
    expect(best.normalised).toBeCloseTo((100 * (raw + 2)) / 4, 9);
  });

  it("stays silent when every detection would cost more than it brings", () => {
    const best = optimiseNabThreshold([{ rowCount: 1000, windows: [], scores: scoresOf([[300, 1]]) }], standard);
    expect(best).toMatchObject({ threshold: Infinity, rawScore: 0 });
  });
});
