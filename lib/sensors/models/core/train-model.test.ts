import { describe, expect, it } from "vitest";
import { createRandom } from "#lib/math/random";
import { type Label, shifted, trainModel } from "./train-model.ts";

const label = (isTrue: boolean, change: Partial<Label> = {}): Label => ({
  ...{ kind: "bias", mode: "single", score: 2, priorConfidence: 0.8, isTrue },
  ...change,
});
const many = (count: number, isTrue: boolean, change: Partial<Label> = {}) =>
  Array.from({ length: count }, () => label(isTrue, change));
const train = (labels: Label[], base = {}) => trainModel({ labels, base, shiftSd: 1.5 });

describe("trainModel", () => {
  it("is the published detector without reviews", () => {
    expect(train([])).toEqual({ shifts: {}, confidenceMin: 0, kinds: [] });
    expect(train([], { drift: -1 }).shifts).toEqual({ drift: -1 });
  });

  it("trusts a cause less after disputes, more of them more, and leaves other causes alone", () => {
    const shiftAfter = (count: number) => train(many(count, false)).shifts.bias!;
    expect(shiftAfter(1)).toBeLessThan(0);
    expect(shiftAfter(5)).toBeLessThan(shiftAfter(1));
    expect(train(many(5, false)).shifts.stuck).toBeUndefined();
  });

  it("comes to the share that reviewers found, when they have judged enough", () => {
    const labels = [...many(60, true), ...many(140, false)];
    expect(shifted(0.8, train(labels).shifts.bias!)).toBeCloseTo(0.3, 1);
  });

  it("starts from a published model and needs own labels to leave it", () => {
    const [few, much] = [train(many(1, true), { bias: -2 }), train(many(50, true), { bias: -2 })];
    expect(few.shifts.bias).toBeLessThan(-1);
    expect(much.shifts.bias).toBeGreaterThan(few.shifts.bias!);
  });

  it("predicts labels it has not seen better than before, where the network differs", () => {
    const random = createRandom("labels");
    const labels = Array.from({ length: 60 }, () =>
      label(random.uniform() < 0.3, { priorConfidence: 0.7 + 0.2 * random.uniform() }),
    );
    const { lossBefore, lossAfter } = train(labels).kinds[0]!;
    expect(lossAfter).toBeLessThan(0.8 * lossBefore);
  });

  it("leaves out what is mostly wrong only when enough was judged", () => {
    expect(train([...many(3, true), ...many(9, false, { kind: "noise", priorConfidence: 0.5 })]).confidenceMin).toBe(0);
    const clear = [...many(15, true), ...many(25, false, { kind: "noise", priorConfidence: 0.5 })];
    expect(train(clear).confidenceMin).toBeGreaterThanOrEqual(0.1);
  });

  it("stays finite at certainty", () => {
    const { shifts } = train([
      ...many(20, false, { priorConfidence: 1 }),
      ...many(20, true, { kind: "stuck", priorConfidence: 0 }),
    ]);
    expect(Object.values(shifts).every(Number.isFinite)).toBe(true);
  });
});
