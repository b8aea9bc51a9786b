import { describe, expect, it } from "vitest";
import { createRandom } from "./random.ts";
import { chooseAlpha, fitRidge, predictRidge } from "./ridge.ts";

describe("ridge", () => {
  it("is least squares at alpha 0", () => {
    const model = fitRidge([[0], [1], [2]], [[1], [3], [5]], 0);
    expect(model.coefficients[0]).toBeCloseTo(2, 12);
    expect(model.intercept[0]).toBeCloseTo(1, 12);
  });

  it("shrinks the weight by the known factor and leaves the mean", () => {
    // Centred x: -1, 0, 1, so the weight is 4 / (2 + alpha).
    const model = fitRidge([[0], [1], [2]], [[1], [3], [5]], 2);
    expect(model.coefficients[0]).toBeCloseTo(1, 12);
    expect(predictRidge(model, [1])[0]).toBeCloseTo(3, 12);
  });

  it("refuses dependent inputs at alpha 0, and fits them with a penalty", () => {
    const x = [
      [1, 2],
      [2, 4],
      [3, 6],
    ];
    expect(() => fitRidge(x, [[1], [2], [3]], 0)).toThrow("linearly dependent");
    expect(predictRidge(fitRidge(x, [[1], [2], [3]], 1e-6), [2, 4])[0]).toBeCloseTo(2, 6);
  });

  it("chooses a penalty where there is more noise than data, and none where there is none", () => {
    const random = createRandom("ridge");
    const alphas = [0, 0.01, 1, 100];
    const draw = (rows: number, noise: number) => {
      const x = Array.from({ length: rows }, () => Array.from({ length: 8 }, () => random.normal()));
      const y = x.map((row) => [row[0]! + random.normal(0, noise)]);
      return { x, y };
    };
    const clean = draw(60, 0);
    expect(chooseAlpha(clean.x, clean.y, { alphas, folds: 5 }).alpha).toBe(0);
    const noisy = draw(12, 3);
    const { alpha, errors } = chooseAlpha(noisy.x, noisy.y, { alphas, folds: 5 });
    expect(alpha).toBeGreaterThan(0.01);
    expect(errors.map((error) => error.alpha)).toEqual(alphas);
  });
});
