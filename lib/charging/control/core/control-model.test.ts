import { describe, expect, it } from "vitest";
import { createRandom } from "#lib/math/random";
import { applyControlModel, applyToSteps, trainControlModel } from "./control-model.ts";

const total = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0);

/** Control that moves half of every slot's load four slots on. */
function shiftedPairs(count: number) {
  const random = createRandom("pairs");
  return Array.from({ length: count }, () => {
    const uncontrolledKw = Float64Array.from({ length: 96 }, (_, slot) =>
      slot >= 30 && slot < 60 ? random.uniform(5, 50) : 0,
    );
    const controlledKw = uncontrolledKw.map((kw, slot) => 0.5 * kw + 0.5 * uncontrolledKw[(slot + 92) % 96]!);
    return { uncontrolledKw, controlledKw };
  });
}

describe("control model", () => {
  it("learns a linear control, and says how well on days it had not seen", () => {
    const { model, heldOut } = trainControlModel(shiftedPairs(200), createRandom("fit"));
    expect(heldOut).toMatchObject({ pairs: 40 });
    expect(heldOut.r2).toBeGreaterThan(0.99);
    const [pair] = shiftedPairs(1);
    const made = applyControlModel(model, pair!.uncontrolledKw);
    for (const [slot, kw] of made.entries()) expect(Math.abs(kw - pair!.controlledKw[slot]!)).toBeLessThan(2);
  });

  it("keeps the energy and stays at or above 0, for loads unlike all it saw too", () => {
    const { model } = trainControlModel(shiftedPairs(40), createRandom("fit"));
    const odd = Float64Array.from({ length: 96 }, (_, slot) => (slot % 7 === 0 ? 300 : 1));
    const made = applyControlModel(model, odd);
    expect(total(made)).toBeCloseTo(total(odd), 6);
    expect(Math.min(...made)).toBeGreaterThanOrEqual(0);
    expect(applyControlModel(model, new Float64Array(96))).toEqual(new Float64Array(96));
  });

  it("keeps every slot's energy in finer steps", () => {
    const { model } = trainControlModel(shiftedPairs(40), createRandom("fit"));
    const minutes = Float64Array.from({ length: 1440 }, (_, minute) => 20 + 15 * Math.sin(minute / 100));
    const made = applyToSteps(model, minutes);
    const means = Float64Array.from(
      { length: 96 },
      (_, slot) => total(minutes.subarray(slot * 15, slot * 15 + 15)) / 15,
    );
    for (const [slot, kw] of applyControlModel(model, means).entries())
      expect(total(made.subarray(slot * 15, slot * 15 + 15)) / 15).toBeCloseTo(kw, 9);
    expect(total(made)).toBeCloseTo(total(minutes), 6);
    expect(() => applyToSteps(model, new Float64Array(100))).toThrow("100 steps");
  });

  it("gives the same bytes for the same seed", () => {
    const train = () => trainControlModel(shiftedPairs(30), createRandom("same")).model;
    expect(train()).toEqual(train());
  });
});
