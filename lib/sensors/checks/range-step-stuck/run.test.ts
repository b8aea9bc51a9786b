import { describe, expect, it } from "vitest";
import { createRandom } from "#lib/math/random";
import { compareSpans } from "#lib/sensors/core/flag";
import type { DatastreamSeries } from "#lib/sensors/core/observation";
import { learnProfile } from "../core/profile.ts";
import { propertyRule } from "../core/property-rules.ts";
import { SeriesChecker } from "./checker.ts";
import { checkSeries, runRangeStepStuck } from "./run.ts";
import { rangeStepStuckParams, rangeStepStuckResult } from "./schema.ts";
import { viewRangeStepStuck } from "./view.ts";

const MIN = 60_000;
const STEP = 15 * MIN;
const DAY_POINTS = 96;
const START = Date.UTC(2026, 10, 1);
const params = rangeStepStuckParams.parse({});

function seriesOf(values: ArrayLike<number>, part: Partial<DatastreamSeries> = {}): DatastreamSeries {
  const times = Float64Array.from(values, (_, i) => START + i * STEP);
  const base = { datastreamId: "1", observedProperty: "air_temperature", unit: "Cel" };
  return { ...base, times, values: Float64Array.from(values), ...part };
}

/** Days of a daily sine of ±6 °C with noise of 0.3 °C, rounded to 0.1 as cheap loggers do. */
function diurnal(seed: string, days = 30): Float64Array {
  const rng = createRandom(seed);
  return Float64Array.from({ length: days * DAY_POINTS }, (_, i) => {
    const value = 11 + 6 * Math.sin((2 * Math.PI * i) / DAY_POINTS) + rng.normal(0, 0.3);
    return Math.round(value * 10) / 10;
  });
}

const at = (index: number) => START + index * STEP;
const found = (series: DatastreamSeries) => checkSeries(series, params).spans;

describe("hand-worked cases", () => {
  it("judges range, error code and gap from single values", () => {
    const series = seriesOf([20, 61, 62, 20, -127, 20, 52, 20, Number.NaN, Number.NaN, Number.NaN, 20]);
    expect(found(series)).toEqual([
      {
        datastreamId: "1",
        check: "range",
        flag: 4,
        reason: "2 values, the furthest 62 °C, above the limit of 60 °C.",
        startAtMs: at(1),
        endAtMs: at(2),
        pointCount: 2,
        score: 1.03,
      },
      {
        datastreamId: "1",
        check: "range",
        flag: 4,
        reason: "Error code −127 °C instead of a measurement.",
        startAtMs: at(4),
        endAtMs: at(4),
        pointCount: 1,
        score: 2,
      },
      {
        datastreamId: "1",
        check: "range",
        flag: 3,
        reason: "Value 52 °C, above the limit of 50 °C.",
        startAtMs: at(6),
        endAtMs: at(6),
        pointCount: 1,
        score: 1.05,
      },
      {
        datastreamId: "1",
        check: "gap",
        flag: 9,
        reason: "No value for 1 h, about 3 observations missing.",
        startAtMs: at(7),
        endAtMs: at(11),
        pointCount: 3,
      },
    ]);
  });

  it("learns the limits of an alternating series from its own changes", () => {
    // Every change is exactly 1: both quantiles are 1, raised to 2 at the shoulder, tail between them.
    const values = Float64Array.from({ length: 400 }, (_, i) => i % 2);
    const rule = { ...propertyRule("", ""), isContinuous: true };
    const times = seriesOf(values).times;
    const profile = learnProfile(times, values, {
      rule,
      property: "",
      unit: "",
      falseAlarmsPerMonth: 0.05,
      stuckTolerance: 0,
    });
    expect(profile.stepMs).toBe(STEP);
    expect(profile.resolution).toBe(1);
    // 2 × (ln(2880 / 0.05) / ln 50) ^ (ln 2 / ln(ln 50 / ln 4)), but at least four resolutions.
    expect(profile.stepLimit).toBeCloseTo(Math.max(4, 2 * (10.961 / 3.912) ** (0.6931 / 1.0371)), 2);
  });
});

describe("calm and low", () => {
  it("flags days that hardly move as attenuated, a lively record never", () => {
    const values = diurnal("leaf");
    const [from, to] = [12 * DAY_POINTS, 15 * DAY_POINTS];
    const covered = values.map((value, i) => (i >= from && i < to ? 11 + (value - 11) * 0.08 : value));
    const spans = found(seriesOf(covered)).filter(({ check }) => check === "attenuated");
    expect(spans).toMatchObject([{ flag: 3, startAtMs: at(from), endAtMs: at(to - 1), pointCount: 3 * DAY_POINTS }]);
    expect(spans[0]!.reason).toContain("Moves by no more than");
    expect(found(seriesOf(values)).filter(({ check }) => check === "attenuated")).toEqual([]);
    expect(
      found(seriesOf(covered, { observedProperty: "soil_moisture", unit: "%" })).map(({ check }) => check),
    ).not.toContain("attenuated");
  });

  it("does not call calm what was calm from the start", () => {
    const values = diurnal("cellar").map((value) => 11 + (value - 11) * 0.1);
    expect(found(seriesOf(values)).filter(({ check }) => check === "attenuated")).toEqual([]);
  });

  it("flags a low battery in percent and in volts of a known kind", () => {
    const discharge = Float64Array.from({ length: 40 * DAY_POINTS }, (_, i) => 1 - i / (40 * DAY_POINTS));
    const battery = (observedProperty: string, unit: string, level: (share: number) => number) =>
      found(seriesOf(discharge.map(level), { observedProperty, unit })).filter(({ check }) => check === "battery");
    expect(battery("battery_level", "%", (share) => Math.round(100 * share))).toMatchObject([{ flag: 3 }]);
    expect(battery("battery_voltage", "V", (share) => 3.3 + 0.8 * share)).toHaveLength(1);
    expect(battery("battery_voltage", "V", (share) => 3.6 + 0.5 * share)).toEqual([]);
    expect(battery("battery_voltage", "V", (share) => 5 + share)).toEqual([]);
  });
});

describe("degenerate input", () => {
  it("makes nothing of an empty series or a single value", () => {
    expect(found(seriesOf([]))).toEqual([]);
    const { spans, summary } = checkSeries(seriesOf([20]), params);
    expect(spans).toEqual([]);
    expect(summary).toMatchObject({
      points: 1,
      missing: 0,
      usualStepS: null,
      notEvaluated: ["spike", "step", "stuck", "gap", "late", "silent", "attenuated"],
    });
  });

  it("calls a series without any value one gap", () => {
    const [gap, ...rest] = found(seriesOf(new Float64Array(96).fill(Number.NaN)));
    expect(gap).toMatchObject({ check: "gap", flag: 9, startAtMs: at(0), endAtMs: at(95), pointCount: 96 });
    expect(rest).toEqual([]);
  });

  it("calls a constant series stuck as a whole", () => {
    const [stuck, ...rest] = found(seriesOf(new Float64Array(960).fill(21.3)));
    expect(stuck).toMatchObject({ check: "stuck", flag: 4, startAtMs: at(0), endAtMs: at(959), pointCount: 960 });
    expect(rest).toEqual([]);
  });

  it("refuses times and values of different length", () => {
    expect(() => found({ ...seriesOf([1, 2]), times: new Float64Array(3) })).toThrow(/3 instants but 2 values/);
  });

  it("leaves out values that are not later than their predecessor, and counts them", () => {
    const series = seriesOf([20, 20.1, 20.2]);
    series.times[2] = series.times[1]!;
    expect(checkSeries(series, params).summary).toMatchObject({ points: 2, outOfOrder: 1 });
  });
});

describe("injected faults", () => {
  it("finds a spike of one to three values with its exact span", () => {
    for (const width of [1, 2, 3]) {
      const values = diurnal("spike");
      for (let i = 1000; i < 1000 + width; i++) values[i]! += 9;
      const spans = found(seriesOf(values));
      expect(spans).toEqual([expect.anything()]);
      expect(spans[0]).toMatchObject({
        check: "spike",
        startAtMs: at(1000),
        endAtMs: at(999 + width),
        pointCount: width,
      });
    }
  });

  it("gathers a burst of spikes into one span", () => {
    const values = diurnal("burst");
    for (const i of [1000, 1003, 1007]) values[i]! -= 12;
    const spans = found(seriesOf(values));
    expect(spans).toHaveLength(1);
    expect(spans[0]).toMatchObject({ check: "spike", flag: 4, startAtMs: at(1000), endAtMs: at(1007), pointCount: 3 });
    expect(spans[0]!.reason).toMatch(/^3 spikes, the largest to /);
  });

  it("calls a change that stays a step, not a spike", () => {
    const values = diurnal("step").map((value, i) => (i >= 1500 ? value + 8 : value));
    const spans = found(seriesOf(values));
    expect(spans).toHaveLength(1);
    expect(spans[0]).toMatchObject({ check: "step", flag: 3, startAtMs: at(1500), endAtMs: at(1500), pointCount: 1 });
  });

  it("finds a stuck stretch with its exact span, failing when it is long", () => {
    for (const [length, flag] of [
      [24, 3],
      [200, 4],
    ] as const) {
      const values = diurnal("stuck");
      values.fill(14.25, 1200, 1200 + length);
      const stuck = found(seriesOf(values)).filter((span) => span.check === "stuck");
      expect(stuck).toHaveLength(1);
      expect(stuck[0]).toMatchObject({ flag, startAtMs: at(1200), endAtMs: at(1199 + length), pointCount: length });
    }
  });

  it("finds a value outside the range wherever it stands, and does not call the neighbours spikes", () => {
    for (const index of [0, 1, 700, 30 * DAY_POINTS - 1]) {
      const values = diurnal("range");
      values[index] = 85;
      const spans = found(seriesOf(values));
      expect(spans).toHaveLength(1);
      expect(spans[0]).toMatchObject({ check: "range", flag: 4, startAtMs: at(index), endAtMs: at(index) });
    }
  });

  it("does not judge changes across a gap", () => {
    const values = diurnal("gap").map((value, i) => (i >= 1500 ? value + 8 : value));
    values.fill(Number.NaN, 1480, 1500);
    const spans = found(seriesOf(values));
    expect(spans.map((span) => span.check)).toEqual(["gap"]);
    expect(spans[0]).toMatchObject({ startAtMs: at(1479), endAtMs: at(1500), pointCount: 20 });
  });
});

describe("healthy series", () => {
  it("raises less than one false alarm per sensor-month over 200 months of daily cycles with noise", () => {
    let alarms = 0;
    for (let seed = 0; seed < 200; seed++) alarms += found(seriesOf(diurnal(`clean-${seed}`))).length;
    expect(alarms).toBeLessThan(200 * 0.5);
  }, 30_000);

  it("accepts long rests where the quantity has them: no rain, saturated air", () => {
    const rain = seriesOf(new Float64Array(30 * DAY_POINTS), { observedProperty: "rainfall", unit: "mm" });
    expect(found(rain)).toEqual([]);
    const humidity = diurnal("fog").map((value, i) =>
      Math.min(100, value + 80 + Math.max(0, 40 - Math.abs(i - 1050) / 4)),
    );
    expect(found(seriesOf(humidity, { observedProperty: "relative_humidity", unit: "%" }))).toEqual([]);
    const stuckElsewhere = humidity.map((value) => (value === 100 ? 99.4 : value));
    const spans = found(seriesOf(stuckElsewhere, { observedProperty: "relative_humidity", unit: "%" }));
    expect(spans.map((span) => span.check)).toContain("stuck");
  });

  it("knows no range for a quantity in a foreign unit, and says so", () => {
    const { spans, summary } = checkSeries(seriesOf([80, 81, 79], { unit: "°F" }), params);
    expect(spans).toEqual([]);
    expect(summary.notEvaluated).toContain("range");
  });
});

describe("the whole run", () => {
  const tools = { signal: new AbortController().signal, onProgress: () => undefined, log: () => undefined };

  function faulty(): DatastreamSeries[] {
    const values = diurnal("whole");
    values.fill(3, 400, 500);
    values[900] = 85;
    const pm = { datastreamId: "2", observedProperty: "PM2.5", unit: "µg/m³" };
    return [seriesOf(values), seriesOf(diurnal("pm"), pm), seriesOf([], { datastreamId: "3" })];
  }

  it("gives the same bytes for the same input and changes nothing in it", async () => {
    const input = faulty();
    const first = await runRangeStepStuck(params, { series: input, seriesCount: 3 }, tools);
    expect(input).toEqual(faulty());
    const second = await runRangeStepStuck(params, { series: faulty() }, tools);
    expect(JSON.stringify(second)).toBe(JSON.stringify(first));
    expect(rangeStepStuckResult.parse(JSON.parse(JSON.stringify(first)))).toEqual(first);
    expect(first.byCheck).toEqual([
      { check: "range", series: 1, spans: 1, points: 1 },
      { check: "spike", series: 0, spans: 0, points: 0 },
      { check: "step", series: 1, spans: first.byCheck[2]!.spans, points: first.byCheck[2]!.points },
      { check: "stuck", series: 1, spans: 1, points: 100 },
      { check: "gap", series: 0, spans: 0, points: 0 },
      { check: "late", series: 0, spans: 0, points: 0 },
      { check: "silent", series: 0, spans: 0, points: 0 },
      { check: "attenuated", series: 0, spans: 0, points: 0 },
      { check: "battery", series: 0, spans: 0, points: 0 },
    ]);
  });

  it("shows figures, counts, spans and what was not evaluated", async () => {
    const result = await runRangeStepStuck(params, { series: faulty() }, tools);
    expect(viewRangeStepStuck(result).map((spec) => spec.kind)).toEqual(["metrics", "bars", "table", "note"]);
  });

  it("stops when the run is cancelled", async () => {
    const signal = AbortSignal.abort(new Error("cancelled"));
    await expect(runRangeStepStuck(params, { series: faulty() }, { ...tools, signal })).rejects.toThrow("cancelled");
  });

  it("finds online, value by value, what the batch finds", () => {
    const [series] = faulty();
    const { times, values, unit } = series!;
    const rule = propertyRule("air_temperature", unit);
    const { falseAlarmsPerMonth, stuckTolerance, failFactor, gapSteps } = params;
    const profile = learnProfile(times, values, {
      rule,
      property: "air_temperature",
      unit,
      falseAlarmsPerMonth,
      stuckTolerance,
    });
    const checker = new SeriesChecker(profile, { rule, unit, failFactor, stuckTolerance, gapSteps });
    const drained = [];
    for (let i = 0; i < times.length; i++) {
      checker.push(times[i]!, values[i]!);
      drained.push(...checker.drain());
    }
    drained.push(...checker.finish());
    const batch = found(series!).map(({ datastreamId: _, ...span }) => span);
    expect(drained.sort(compareSpans)).toEqual(batch);
  });

  it("takes own limits instead of the built-in ones", () => {
    const own = { observedProperty: "Air temperature", failMin: -5, suspectMin: 0, suspectMax: 25, failMax: 30 };
    const spans = checkSeries(seriesOf([20, 26, 20, 31, 20]), rangeStepStuckParams.parse({ ranges: [own] })).spans;
    expect(spans.map((span) => [span.flag, span.startAtMs])).toEqual([
      [3, at(1)],
      [4, at(3)],
    ]);
    expect(rangeStepStuckParams.safeParse({ ranges: [{ ...own, failMin: 1 }] }).success).toBe(false);
  });
});
