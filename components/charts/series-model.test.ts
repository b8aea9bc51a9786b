import { describe, expect, it } from "vitest";
import type { ChartSeries, SeriesChartSpec } from "#lib/charts/spec";
import { fullRangeOf, modelOf } from "./series-model.ts";

const line = (id: string, kind: ChartSeries["kind"], v: (number | null)[]): ChartSeries => ({
  id,
  label: id,
  kind,
  unit: "°C",
  points: { t: v.map((_, i) => i * 60_000), v },
});
const chart = (series: ChartSeries[], more: Partial<SeriesChartSpec> = {}): SeriesChartSpec => ({
  title: "Temperature",
  unit: "°C",
  timeZone: "UTC",
  xRange: null,
  series,
  flags: [],
  limits: [],
  ...more,
});
const observed = line("o", "observed", [1, null, 3, 4, null]);
const both = chart([observed, line("r", "reference", [1, 2, 3, 4, 5]), line("d", "residual", [0, null, 9, 0, null])]);

describe("modelOf", () => {
  it("draws values and residuals in their own panels, the observed line on top", () => {
    const range = fullRangeOf(both);
    expect(modelOf(both, "values", range).series.map(({ id }) => id)).toEqual(["r", "o"]);
    expect(modelOf(both, "residual", range).series.map(({ id }) => id)).toEqual(["d"]);
  });

  it("takes gaps and lone points from the observed line", () => {
    const model = modelOf(both, "values", fullRangeOf(both));
    expect(model.gaps).toEqual([{ startAt: 0, endAt: 120_000 }]);
    expect(model.lone).toEqual([[], [0]]);
  });

  it("fits the axis to what is visible and to limits near it, not to far ones", () => {
    const values = line("o", "observed", [1, 2, 3, 900]);
    const near = modelOf(
      chart([values], {
        limits: [
          { value: 3.5, label: "near" },
          { value: 99, label: "far" },
        ],
      }),
      "values",
      { fromMs: 0, toMs: 120_000 },
    );
    expect(near.y.max).toBeGreaterThan(3.5);
    expect(near.y.max).toBeLessThan(10);
  });

  it("shows zero and the band in the residual panel", () => {
    const model = modelOf(
      chart([line("d", "residual", [5, 6, 7])], { band: { from: -2, to: 2, label: "2σ" } }),
      "residual",
      { fromMs: 0, toMs: 120_000 },
    );
    expect(model.y.min).toBeLessThanOrEqual(-2);
  });

  it("has a range for empty and single-point charts", () => {
    expect(fullRangeOf(chart([]))).toEqual({ fromMs: -1_800_000, toMs: 1_800_000 });
    expect(modelOf(chart([]), "values", fullRangeOf(chart([]))).y).toEqual({ min: 0, max: 1, outside: 0 });
    const single = fullRangeOf(chart([line("o", "observed", [7])]));
    expect(single.toMs).toBeGreaterThan(single.fromMs);
  });
});
