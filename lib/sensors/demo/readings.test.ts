import { describe, expect, it } from "vitest";
import { rangeStepStuckParams } from "#lib/sensors/checks/range-step-stuck/schema";
import { checkSeries } from "#lib/sensors/checks/range-step-stuck/run";
import type { FlagSpan } from "#lib/sensors/core/flag";
import { sensorHealth } from "#lib/sensors/core/health";
import { findUnit } from "#lib/units/convert";
import { readHeader } from "#lib/units/header-unit";
import { DEMO_WIDE_COLUMNS, demoReadingsCsv, demoReadingsLongCsv } from "./csv.ts";
import { demoTruth } from "./faults.ts";
import { DEMO_PROPERTIES, DEMO_STEP_MS, demoAnchorMs, demoReadings } from "./readings.ts";

const DAY = 86_400_000;
const anchorMs = demoAnchorMs(Date.UTC(2026, 10, 18, 22, 5));
const truth = demoTruth("demo", anchorMs);

interface Series {
  times: number[];
  values: number[];
}

/** Values by "sensor property" of some sensors over the days before the anchor, the anchor included. */
function seriesOf(sensorCodes: string[], days: number, toMs = anchorMs + 1): Map<string, Series> {
  const all = new Map<string, Series>();
  for (const reading of demoReadings("demo", { fromMs: toMs - 1 - days * DAY, toMs, anchorMs, sensorCodes })) {
    const key = `${reading.sensorCode} ${reading.observedProperty}`;
    const series = all.get(key) ?? { times: [], values: [] };
    series.times.push(reading.observedAtMs);
    series.values.push(reading.value);
    all.set(key, series);
  }
  return all;
}

function correlation(a: Series, b: Series): number {
  const other = new Map(b.times.map((atMs, i) => [atMs, b.values[i] ?? 0]));
  const pairs = a.times.flatMap((atMs, i) =>
    other.has(atMs) ? [[a.values[i] ?? 0, other.get(atMs) ?? 0] as const] : [],
  );
  const mean = (pick: 0 | 1) => pairs.reduce((sum, pair) => sum + pair[pick], 0) / pairs.length;
  const [meanA, meanB] = [mean(0), mean(1)];
  let [ab, aa, bb] = [0, 0, 0];
  for (const [x, y] of pairs) {
    ab += (x - meanA) * (y - meanB);
    aa += (x - meanA) ** 2;
    bb += (y - meanB) ** 2;
  }
  return ab / Math.sqrt(aa * bb);
}

describe("demo readings", () => {
  it("gives the same values for the same seed, joined from any windows", () => {
    const sensorCodes = ["SEA-0217", "KIT-0001", "REF-01"];
    const window = { fromMs: anchorMs - 2 * DAY, toMs: anchorMs, anchorMs, sensorCodes };
    const whole = [...demoReadings("demo", window)];
    const middle = anchorMs - DAY - 7;
    const parts = [
      ...demoReadings("demo", { ...window, toMs: middle }),
      ...demoReadings("demo", { ...window, fromMs: middle }),
    ];
    const sorted = (list: typeof whole) => list.map((reading) => JSON.stringify(reading)).sort();
    expect(sorted(parts)).toEqual(sorted(whole));
    expect([...demoReadings("other", window)]).not.toEqual(whole);
  });

  it("sends every quarter of an hour, the battery every hour, references without battery", () => {
    const day = seriesOf(["SEA-0210", "REF-02"], 1);
    expect(day.get("SEA-0210 pm2_5")?.times.length).toBeGreaterThan(90);
    expect(day.get("SEA-0210 battery_voltage")?.times.length).toBeLessThan(26);
    expect(day.has("REF-02 battery_voltage")).toBe(false);
    expect(day.get("REF-02 pm2_5")?.times.every((atMs) => atMs % DEMO_STEP_MS === 0)).toBe(true);
  });

  it("is coherent: neighbours agree, distant places less, high places are colder, values stay plausible", () => {
    const codes = ["SEA-0210", "SEA-0212", "BEL-0020", "SKC-0087", "PTN-0001"];
    const series = seriesOf(codes, 14);
    const of = (code: string, property: string) => series.get(`${code} ${property}`) ?? { times: [], values: [] };
    expect(correlation(of("SEA-0210", "air_temperature"), of("SEA-0212", "air_temperature"))).toBeGreaterThan(0.97);
    expect(correlation(of("SEA-0210", "air_temperature"), of("BEL-0020", "air_temperature"))).toBeGreaterThan(0.9);
    expect(correlation(of("SEA-0210", "pm2_5"), of("SEA-0212", "pm2_5"))).toBeGreaterThan(0.9);
    const mean = (code: string) =>
      of(code, "air_temperature").values.reduce((sum, value, _, { length }) => sum + value / length, 0);
    expect(mean("SKC-0087")).toBeLessThan(mean("SEA-0210"));
    for (const value of of("SEA-0210", "air_temperature").values) expect(Math.abs(value - 8)).toBeLessThan(14);
    for (const value of of("PTN-0001", "relative_humidity").values)
      expect(Math.abs(value - 70)).toBeLessThanOrEqual(30);
  });

  it("leaves drift, bias and codes in the values as the truth says", () => {
    const values = (code: string, property: string) => seriesOf([code], 4).get(`${code} ${property}`)?.values ?? [];
    expect(values("SKC-0089", "air_temperature").filter((value) => value === 85).length).toBeGreaterThan(50);
    expect(new Set(values("SKC-0058", "air_temperature").slice(-200)).size).toBe(1);
    const last = (code: string) => values(code, "pm2_5").at(-1) ?? 0;
    expect(last("SEA-0217") - last("SEA-0216")).toBeGreaterThan(6);
  });

  it("plants 10 faults, 14 suspects and 17 sensors silent since their gateway failed in Kitsap", () => {
    const count = (state: string) => truth.filter((fault) => fault.state === state).length;
    expect([count("fault"), count("suspect"), count("silent")]).toEqual([10, 14, 17]);
    const silent = truth.filter((fault) => fault.state === "silent");
    expect(silent.every((fault) => fault.sensorCode.startsWith("KIT-"))).toBe(true);
    for (const fault of silent) {
      const times = seriesOf([fault.sensorCode], 2).get(`${fault.sensorCode} pm2_5`)?.times ?? [];
      expect(times.at(-1)).toBeLessThanOrEqual(fault.startAtMs);
    }
  });

  it("lets the check find every planted state that one series alone can show, also a week later", () => {
    const params = rangeStepStuckParams.parse({});
    const planted = truth.filter(
      (fault) => fault.kind !== "drift" && fault.kind !== "bias" && fault.state !== "silent",
    );
    for (const toMs of [anchorMs + 1, anchorMs + 7 * DAY + 1]) {
      const states = planted.map(({ sensorCode }) => {
        const spans: FlagSpan[] = [];
        let lastObservedAtMs = 0;
        for (const [key, { times, values }] of seriesOf([sensorCode], 14, toMs)) {
          const property = DEMO_PROPERTIES.find(({ observedProperty }) => key.endsWith(` ${observedProperty}`));
          const { observedProperty = "", unit = "" } = property ?? {};
          const one = { datastreamId: key, observedProperty, unit };
          spans.push(
            ...checkSeries({ ...one, times: Float64Array.from(times), values: Float64Array.from(values) }, params)
              .spans,
          );
          lastObservedAtMs = Math.max(lastObservedAtMs, times.at(-1) ?? 0);
        }
        return sensorHealth({ spans, lastObservedAtMs, nowMs: toMs, usualStepMs: DEMO_STEP_MS }).state;
      });
      const found = states.filter((state, i) => state === planted[i]?.state);
      // Later, spikes and nights may fall outside the last day or into a lost message.
      expect(found.length).toBeGreaterThanOrEqual(toMs === anchorMs + 1 ? planted.length : planted.length - 4);
    }
  }, 30_000);
});

describe("demo CSV", () => {
  const window = { fromMs: anchorMs - DAY, toMs: anchorMs, anchorMs, sensorCodes: ["SEA-0210"] };

  it("has headers from which quantity and unit are read without help", () => {
    const read = DEMO_WIDE_COLUMNS.slice(2).map((header) => readHeader(header));
    expect(read.map(({ property }) => property?.id)).toEqual(
      DEMO_PROPERTIES.map((property) => property.observedProperty),
    );
    expect(read.map(({ unit }) => findUnit(unit ?? "")?.code)).toEqual(
      DEMO_PROPERTIES.map((property) => property.unit),
    );
  });

  it("writes one line per instant and sensor, empty for what was not sent", () => {
    const lines = [...demoReadingsCsv("demo", window)].join("").trimEnd().split("\n");
    expect(lines[0]).toBe(DEMO_WIDE_COLUMNS.join(","));
    expect(lines.slice(1).every((line) => /^SEA-0210,2026-11-1[78]T\d\d:\d\d:00Z(,[\d.]+){3},[\d.]*$/.test(line))).toBe(
      true,
    );
    expect(lines.some((line) => line.endsWith(","))).toBe(true);
  });

  it("holds the same observations in the long form", () => {
    const lines = [...demoReadingsLongCsv("demo", window)].join("").trimEnd().split("\n");
    expect(lines).toHaveLength(1 + [...demoReadings("demo", window)].length);
    expect(lines[1]).toMatch(/^SEA-0210,2026-11-17T22:00:00Z,pm2_5,[\d.]+,ug\/m3$/);
  });
});
