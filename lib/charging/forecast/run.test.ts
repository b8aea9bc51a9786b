import { describe, expect, it } from "vitest";
import { CountyIndex } from "#lib/geo/county-index";
import { createRandom } from "#lib/math/random";
import { SEGMENT_FACTS } from "../core/segments.ts";
import { expectedShape } from "../models/core/expected-shape.ts";
import { defaultSessionModel } from "../models/default-model.ts";
import type { SessionModel } from "../models/schema.ts";
import { energyOf } from "./core/session-load.ts";
import { runForecastLoad } from "./run.ts";
import { forecastLoadParams, forecastLoadResult } from "./schema.ts";
import { viewForecastLoad } from "./view.ts";
import { viewSpecs } from "#lib/charts/spec";

const run = (given: object, model: SessionModel = defaultSessionModel, seed = "test") =>
  runForecastLoad(
    forecastLoadParams.parse(given),
    { model },
    { rng: createRandom(seed), signal: new AbortController().signal, onProgress: () => undefined },
  );

describe("forecast-load", () => {
  it("gives the same bytes for the same seed and others for another", () => {
    const given = { evCount: 2000, dayType: "year" };
    expect(JSON.stringify(run(given))).toBe(JSON.stringify(run(given)));
    expect(run(given, defaultSessionModel, "other").days[0]!.totalKw).not.toEqual(run(given).days[0]!.totalKw);
  });

  it.each([1, 15])("conserves the energy of its sessions in steps of %i min", (stepMin) => {
    const result = forecastLoadResult.parse(run({ evCount: 5000, stepMin }));
    for (const { segments, totalKw, energyKwh } of result.days) {
      const sum = segments.reduce((total, segment) => total + segment.energyKwh, 0);
      expect(energyOf(Float64Array.from(totalKw), stepMin) / sum).toBeCloseTo(1, 12);
      expect(energyKwh / sum).toBeCloseTo(1, 12);
      for (const segment of segments.filter(({ sessions }) => sessions > 0))
        expect(energyOf(Float64Array.from(segment.loadKw), stepMin) / segment.energyKwh).toBeCloseTo(1, 12);
    }
  });

  it("has as many sessions as shares and daily use say, none lost by rounding", () => {
    const [day] = run({ evCount: 3000, fastShare: 0.1, workShare: 0.2, publicL2Share: 0.05 }).days;
    const counts = day!.segments.map(({ sessions }) => sessions);
    expect(counts).toEqual([975, 390, 585, 600, 49, 150]);
    expect(Math.abs(counts.reduce((sum, count) => sum + count, 0) - 2749.5)).toBeLessThanOrEqual(0.5);
  });

  it("moves exactly the share of sessions to the timer", () => {
    const given = { evCount: 10_000, l1Share: 0, l2Share: 1, mudShare: 0, stepMin: 1, draws: 0 };
    const homeAt = (timers: string[], minute: number) =>
      run({ ...given, timers }).days[0]!.segments[1]!.loadKw[minute]!;
    const jump = (timers: string[]) => homeAt(timers, 1380) - homeAt(timers, 1379);
    const sessions = run(given).days[0]!.segments[1]!.sessions;
    expect((jump(["23:00 0.4"]) - jump([])) / 6.6 / sessions).toBeCloseTo(0.4, 1);
  });

  it("splits vehicles among areas without losing one, and adds their loads", () => {
    const areas = ["A 0.3333", "San Benito 0.6667"];
    const result = run({ evCount: 1001, areas });
    expect(result.areas.map(({ evCount }) => evCount)).toEqual([334, 667]);
    const sum = result.areas.reduce((total, { energyKwh }) => total + energyKwh, 0);
    expect(sum / result.days[0]!.energyKwh).toBeCloseTo(1, 12);
    const alone = run({ evCount: 334, areas: ["A 1"] });
    expect(alone.areas[0]!.energyKwh).toBe(result.areas[0]!.energyKwh);
  });

  it("refuses shares that cannot be, and says which", () => {
    const issues = (given: object) => forecastLoadParams.safeParse(given).error?.issues.map(({ path }) => path[0]);
    expect(issues({ l1Share: 0.6 })).toEqual(["l1Share"]);
    expect(issues({ fastShare: 0.7, workShare: 0.4 })).toEqual(["fastShare"]);
    expect(issues({ smallBatteryShare: 0.7, bigBatteryShare: 0.7 })).toEqual(["smallBatteryShare"]);
    expect(issues({ timers: ["23:00 0.8", "22:00 0.3"] })).toEqual(["timers"]);
    expect(issues({ timers: ["25:00 0.8"] })).toEqual(["timers"]);
    expect(issues({ areas: ["A 0.8", "B 0.3"] })).toEqual(["areas"]);
  });

  it("has a band that holds about nine of ten other draws, whether it draws all sessions or a part", () => {
    for (const evCount of [300, 30_000]) {
      const given = { evCount, draws: 60 };
      const { lowKw, highKw } = run(given).days[0]!;
      let inside = 0;
      for (let seed = 0; seed < 10; seed++) {
        const { totalKw } = run({ ...given, draws: 0 }, defaultSessionModel, `seed${seed}`).days[0]!;
        inside += totalKw.filter((value, step) => value >= lowKw[step]! && value <= highKw[step]!).length;
      }
      // Both the forecast and the other draw vary, so that the share is that of a difference: P(|Z| < 1.645/√2) = 0.755.
      expect(inside / 960).toBeGreaterThan(0.65);
      expect(inside / 960).toBeLessThan(0.88);
    }
  });

  it("counts a year as both kinds of day", () => {
    const { days, annualEnergyKwh } = run({ evCount: 100, dayType: "year" });
    expect(days.map(({ dayType }) => dayType)).toEqual(["weekday", "weekend"]);
    expect(annualEnergyKwh).toBeCloseTo((365 * (5 * days[0]!.energyKwh + 2 * days[1]!.energyKwh)) / 7, 6);
  });

  it("takes sessions from driver groups and their weights", () => {
    const usage = (segment: "work" | "fast") => ({
      segment,
      dayType: "weekday" as const,
      sessionsPerDay: 0.5,
      energyKwhMean: 10,
      weights: [],
    });
    const group = (name: string, segment: "work" | "fast") => ({
      name,
      share: 0.5,
      driverCount: 20,
      uses: [usage(segment)],
    });
    const model = { ...defaultSessionModel, groups: [group("a", "work"), group("b", "fast")] };
    const counts = (given: object) =>
      run({ evCount: 1000, useGroups: true, ...given }, model).days[0]!.segments.map(({ sessions }) => sessions);
    expect(counts({})).toEqual([0, 0, 0, 250, 0, 250]);
    expect(counts({ groupWeights: [3, 1] })).toEqual([0, 0, 0, 375, 0, 125]);
  });

  it("is drawn without holes", () => {
    const result = forecastLoadResult.parse(run({ evCount: 10, dayType: "year", areas: ["A 1"] }));
    expect(viewSpecs.parse(viewForecastLoad(result)).length).toBeGreaterThan(5);
  });
});

it("the model that comes with the portal leads to the shape it was made for", () => {
  const { mixtures } = defaultSessionModel;
  expect(mixtures).toHaveLength(12);
  const work = expectedShape(
    "work",
    mixtures.find(({ segment, dayType }) => segment === "work" && dayType === "weekday")!.components,
  );
  const at = work.indexOf(Math.max(...work));
  expect(at).toBeGreaterThanOrEqual(8);
  expect(at).toBeLessThanOrEqual(11);
  for (const { segment, components } of mixtures) {
    expect(components.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 12);
    expect(SEGMENT_FACTS[segment].energyKwhMax).toBeGreaterThan(components[0]!.mean[1]!);
  }
});

it("a day drawn with very many sessions has the expected shape", () => {
  const { segments } = run({
    evCount: 400_000,
    draws: 0,
    withoutTimers: false,
    fastShare: 0,
    workShare: 1,
    homeDailyUse: 0,
  }).days[0]!;
  const { loadKw } = segments[3]!;
  const { components } = defaultSessionModel.mixtures.find(
    (one) => one.segment === "work" && one.dayType === "weekday",
  )!;
  const sum = loadKw.reduce((total, value) => total + value, 0);
  for (const [hour, share] of expectedShape("work", components).entries()) {
    const drawn = loadKw.slice(hour * 4, hour * 4 + 4).reduce((total, value) => total + value, 0) / sum;
    expect(drawn).toBeCloseTo(share, 2.5);
  }
});

it("draws areas that are counties as a map, of each kind of day, and lists the others", () => {
  const counties = new CountyIndex([
    { fips: "06085", name: "Santa Clara" },
    { fips: "06059", name: "Orange" },
    { fips: "12095", name: "Orange" },
  ]);
  const params = { evCount: 100, dayType: "year", areas: ["Santa Clara County 0.5", "Orange 0.3", "Depot 0.2"] };
  const data = { model: defaultSessionModel, counties };
  const tools = { rng: createRandom("map"), signal: new AbortController().signal, onProgress: () => undefined };
  const result = forecastLoadResult.parse(runForecastLoad(forecastLoadParams.parse(params), data, tools));
  expect(result.areas.slice(0, 3).map(({ fips }) => fips)).toEqual(["06085", "06059", null]);
  const view = viewSpecs.parse(viewForecastLoad(result)).find(({ kind }) => kind === "regions");
  if (view?.kind !== "regions") throw new Error("There is no map.");
  expect(view.regions.periods.map(({ key }) => key)).toEqual(["weekday", "weekend"]);
  expect(view.regions.regions.map(({ id, values }) => [id, values.vehicles])).toEqual([
    ["06085", [50, 50]],
    ["06059", [30, 30]],
  ]);
  expect(view.regions.unplaced.map(({ name, values }) => [name, values.vehicles])).toEqual([["Depot", 20]]);
});
