import { describe, expect, it } from "vitest";
import { viewSpecs } from "#lib/charts/spec";
import { createRandom } from "#lib/math/random";
import { runApplyControlModel } from "../apply/run.ts";
import { applyControlModelResult } from "../apply/schema.ts";
import { viewApplyControlModel } from "../apply/view.ts";
import { tableOfLines } from "../session-table.ts";
import { runTrainControlModel } from "./run.ts";
import { controlModel, trainControlModelParams } from "./schema.ts";
import { viewControlModel } from "./view.ts";

const LINES = Array.from({ length: 30 }, (_, i) => {
  const hour = 7 + (i % 4);
  const minute = String((i % 4) * 15).padStart(2, "0");
  return `${hour}:${minute} ${hour + 6 + (i % 3)}:${minute} ${5 + (i % 11)} 6.6`;
});

function train(seed = "train") {
  const params = trainControlModelParams.parse({ days: 25, sessionsPerDay: 20, tariff: "minpeak" });
  const tools = { signal: new AbortController().signal, rng: createRandom(seed), onProgress: () => undefined };
  return controlModel.parse(runTrainControlModel(params, { table: tableOfLines(LINES), tariff: null }, tools));
}

describe("control model run", () => {
  it("learns from optimised days a map that lowers the peak, and holds no sessions", () => {
    const model = train();
    expect(model.card).toMatchObject({ days: 25, sessionsKnown: 30, heldOut: { pairs: 5 } });
    expect(model.card.meanPeakKw.controlled).toBeLessThan(model.card.meanPeakKw.uncontrolled);
    expect(viewSpecs.parse(viewControlModel(model))[0]?.kind).toBe("metrics");
  });

  it("is the same for the same seed", () => {
    expect(train("a")).toEqual(train("a"));
  });

  it("applied to a forecast keeps the energy of each segment and leaves the others alone", () => {
    const model = train();
    const home = Array.from({ length: 96 }, (_, slot) => (slot > 70 ? 30 : 2));
    const forecast = {
      stepMin: 15,
      days: [
        {
          dayType: "weekday",
          segments: [
            { segment: "work", label: "Workplace", loadKw: model.card.meanLoadKw.uncontrolled.map((kw) => 10 * kw) },
            { segment: "home", label: "Home", loadKw: home },
          ],
        },
      ],
    };
    const result = applyControlModelResult.parse(runApplyControlModel({ segments: ["work"] }, { model, forecast }));
    const [work, other] = result.days[0]!.segments;
    const total = (values: number[]) => values.reduce((sum, value) => sum + value, 0);
    expect(total(work!.loadKw)).toBeCloseTo(total(forecast.days[0]!.segments[0]!.loadKw), 6);
    expect(Math.min(...work!.loadKw)).toBeGreaterThanOrEqual(0);
    expect(other).toMatchObject({ isControlled: false, loadKw: home });
    expect(viewSpecs.parse(viewApplyControlModel(result))).toHaveLength(3);
    expect(() => runApplyControlModel({ segments: ["fast"] }, { model, forecast })).toThrow("it has work, home");
  });
});
