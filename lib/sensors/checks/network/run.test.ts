import { describe, expect, test } from "vitest";
import { createRandom } from "#lib/math/random";
import { checkNeighbourhood, runCheckNetwork } from "./run.ts";
import { checkNetworkParams, checkNetworkResult, type Neighbourhood, type NetworkSeries } from "./schema.ts";
import { viewCheckNetwork } from "./view.ts";

const HOUR_MS = 3_600_000;
const START_MS = Date.UTC(2026, 5, 1);
const DAYS = 21;
const HOURS = DAYS * 24;
const params = checkNetworkParams.parse({});

type Change = (value: number, hour: number) => number;

const same: Change = (value) => value;
const between =
  (from: number, to: number, change: Change): Change =>
  (value, hour) =>
    hour >= from && hour < to ? change(value, hour) : value;

function seriesOf(code: string, property: string, values: ArrayLike<number>, unit = "Cel"): NetworkSeries {
  return {
    ...{ datastreamId: `${code} ${property}`, sensorId: code, sensorCode: code, observedProperty: property, unit },
    times: Float64Array.from(values, (_, hour) => START_MS + hour * HOUR_MS),
    values: Float64Array.from(values),
  };
}

const weather = (() => {
  const random = createRandom("weather");
  let level = 0;
  return Float64Array.from({ length: HOURS + 24 }, (_, hour) => {
    level = 0.97 * level + random.normal(0, 0.5);
    return 15 + level + 6 * Math.sin((2 * Math.PI * (hour - 9)) / 24);
  });
})();

const sun = Float64Array.from({ length: HOURS }, (_, hour) =>
  Math.max(0, 40_000 * Math.sin((2 * Math.PI * ((hour % 24) - 6)) / 24)),
);

function airOf(code: string, change: Change = same, shiftH = 0): NetworkSeries {
  const random = createRandom(code);
  const values = Array.from({ length: HOURS }, (_, hour) => {
    return change(weather[Math.max(0, hour + shiftH)]! + random.normal(0, 0.3), hour);
  });
  return seriesOf(code, "air_temperature", values);
}

/** Thirty stations in one town; some of them changed. */
function town(changes: Record<string, Change> = {}): Neighbourhood {
  const random = createRandom("town");
  const codes = Array.from({ length: 30 }, (_, i) => `T${i}`);
  return {
    places: codes.map((sensorId) => ({
      ...{ sensorId, elevationM: 300, referenceCode: null },
      ...{ lat: 48 + random.uniform(0, 0.05), lon: 7.8 + random.uniform(0, 0.05) },
    })),
    series: codes.map((code) => airOf(code, changes[code])),
    references: new Map(),
  };
}

/** One sensor with a reference station nearby and nobody else. */
function lonely(series: NetworkSeries[], reference: NetworkSeries[] = [airOf("REF")]): Neighbourhood {
  const place = { sensorId: "L", lat: 50, lon: 8, elevationM: null, referenceCode: "REF" };
  return { places: [place], series, references: new Map([["L", reference]]) };
}

const found = (neighbourhood: Neighbourhood) =>
  checkNeighbourhood(neighbourhood, params).flatMap(({ series, spans }) =>
    spans.map(({ check, startAtMs, endAtMs, reason }) => ({
      ...{ code: series.sensorCode, check, reason },
      from: (startAtMs - START_MS) / HOUR_MS,
      to: (endAtMs + 1 - START_MS) / HOUR_MS,
    })),
  );

describe("neighbours", () => {
  test("a healthy town has no flag, and says that every station was judged", () => {
    const findings = checkNeighbourhood(town(), params);
    expect(findings.flatMap(({ spans }) => spans)).toEqual([]);
    expect(findings.every(({ checks }) => checks.has("buddy") && checks.has("spatial consistency"))).toBe(true);
  });

  test("a station that deviates is found by both checks, over its whole time, and no other", () => {
    const spans = found(town({ T7: between(100, 160, (value) => value + 9) }));
    expect(new Set(spans.map(({ code }) => code))).toEqual(new Set(["T7"]));
    expect(spans.map(({ check }) => check).sort()).toEqual(["buddy", "spatial consistency"]);
    for (const { from, to } of spans) expect([from, to]).toEqual([100, 160]);
    expect(spans.find(({ check }) => check === "spatial consistency")?.reason).toMatch(/Up to (8|9|10)\S* °C too high/);
  });

  test("what stands beyond the border of a block has a say inside and is not judged itself", () => {
    const wrong = { T3: between(100, 160, (value) => value + 9), T20: between(200, 260, (value) => value - 9) };
    const whole = town(wrong);
    const own = new Set(["T1", "T2", "T3", "T4"]);
    const isOwn = ({ sensorId }: { sensorId: string }) => own.has(sensorId);
    const alone = { ...whole, places: whole.places.filter(isOwn), series: whole.series.filter(isOwn) };
    expect(found(alone)).toEqual([]);
    const voterIds = new Set(whole.places.map(({ sensorId }) => sensorId).filter((id) => !own.has(id)));
    const spans = found({ ...whole, voterIds });
    expect(spans).toEqual(found(whole).filter(({ code }) => code === "T3"));
    expect(spans).toHaveLength(2);
    expect(checkNeighbourhood({ ...whole, voterIds }, params).map(({ series }) => series.sensorId)).toEqual([...own]);
  });

  test("a front that reaches one station some hours before the others is weather", () => {
    expect(found(town({ T3: between(200, 204, (value) => value - 9) }))).toEqual([]);
  });
});

describe("a lonely sensor and its reference", () => {
  const bias = 3;
  test.each([
    [
      "change point",
      airOf(
        "L",
        between(200, 400, (value) => value + bias),
      ),
      200,
      400,
    ],
    [
      "change point",
      airOf(
        "L",
        between(200, 440, (value, hour) => value + (8 * (hour - 200)) / 240),
      ),
      200,
      440,
    ],
    [
      "reference",
      airOf(
        "L",
        between(300, 312, (value) => value + 15),
      ),
      300,
      312,
    ],
  ] as const)("%s", (check, own, from, to) => {
    const spans = found(lonely([own])).filter((span) => span.check === check);
    expect(spans).toHaveLength(1);
    expect(Math.abs(spans[0]!.from - from)).toBeLessThanOrEqual(check === "change point" ? 70 : 1);
    expect(Math.abs(spans[0]!.to - to)).toBeLessThanOrEqual(24);
  });

  test("a drift over two thirds of the record is found, and the time before it is not called wrong", () => {
    for (const size of [7, -7]) {
      const drifting = airOf(
        "L",
        between(168, HOURS, (value, hour) => value + (size * (hour - 168)) / (HOURS - 168)),
      );
      const spans = found(lonely([drifting]));
      expect(spans.some(({ check }) => check === "change point")).toBe(true);
      expect(spans.filter(({ to }) => to < 168 + 24)).toEqual([]);
      const wrongWay = size > 0 ? / too low / : / too high /;
      expect(spans.filter(({ reason }) => wrongWay.test(reason))).toEqual([]);
    }
  });

  test("another level and shade all the time are its habit, not a fault", () => {
    expect(found(lonely([airOf("L", (value, hour) => value + 2 + (hour % 24 > 12 ? 1.5 : 0))]))).toEqual([]);
  });

  test("a clock that is five hours off", () => {
    const right = airOf("L");
    const wrong = airOf("L", same, 5);
    const values = right.values.map((value, hour) => (hour >= 150 && hour < 350 ? wrong.values[hour]! : value));
    const spans = found(lonely([{ ...right, values }]));
    expect(spans).toMatchObject([{ check: "clock shift", reason: "Shows what REF shows 5 h later." }]);
    expect(Math.abs(spans[0]!.from - 150) + Math.abs(spans[0]!.to - 350)).toBeLessThanOrEqual(24);
  });

  test("a thermometer in the sun", () => {
    const own = airOf(
      "L",
      between(150, 350, (value, hour) => value + 8 * (sun[hour]! / (sun[hour]! + 3000))),
    );
    const spans = found(lonely([own, seriesOf("L", "illuminance", sun, "lx")]));
    expect(spans.some(({ check }) => check === "sun heating")).toBe(true);
  });
});

describe("quantities of one sensor", () => {
  test("a light that went dark while the temperature moves on", () => {
    const light = (change: Change) => seriesOf("L", "illuminance", sun.map(change), "lx");
    const dark = between(240, 336, () => 0);
    const spans = found(lonely([airOf("L"), light(dark)], [])).filter(({ check }) => check === "light and temperature");
    expect(spans).toMatchObject([{ from: 240, to: 336 }]);
    expect(found(lonely([airOf("L"), light(same)], []))).toEqual([]);
  });

  test("a soil that no longer answers to rain", () => {
    const rains = [1, 4, 7, 10, 13, 16, 19].map((day) => day * 24 + 6);
    const rain = Float64Array.from({ length: HOURS }, (_, hour) => (rains.includes(hour) ? 20 : 0));
    const soil = (isDeaf: (day: number) => boolean) => {
      let level = 18;
      return Float64Array.from({ length: HOURS }, (_, hour) => {
        level += rain[hour]! > 0 && !isDeaf(Math.floor(hour / 24)) ? 6 : -0.08;
        return level;
      });
    };
    const judge = (isDeaf: (day: number) => boolean) =>
      found(lonely([seriesOf("L", "soil_moisture", soil(isDeaf), "%")], [seriesOf("REF", "rainfall", rain, "mm")]));
    expect(judge(() => false)).toEqual([]);
    const spans = judge((day) => day >= 16);
    expect(spans.map(({ check, from }) => `${check} ${from / 24}`)).toEqual([
      "rain and soil moisture 16",
      "rain and soil moisture 19",
    ]);
    expect(spans[0]!.reason).toMatch(/did not answer 20 mm of rain/);
  });
});

test("the run counts what could be judged and gives flags by readings", async () => {
  const tools = { signal: new AbortController().signal, onProgress: () => undefined, log: () => undefined };
  const data = { neighbourhoods: [town({ T7: between(100, 160, (value) => value + 9) })], count: 1 };
  const result = checkNetworkResult.parse(await runCheckNetwork(params, data, tools));
  expect(result.byCheck.find(({ check }) => check === "buddy")).toEqual({
    check: "buddy",
    judged: 30,
    series: 1,
    spans: 1,
  });
  expect(result.flags[0]).toMatchObject({
    ...{ sensorCode: "T7", pointCount: 60, flag: 3 },
    ...{ startAtMs: START_MS + 100 * HOUR_MS, endAtMs: START_MS + 159 * HOUR_MS },
  });
  expect(viewCheckNetwork(result).map(({ kind }) => kind)).toEqual(["metrics", "table", "table"]);
  const stopped = { ...tools, signal: AbortSignal.abort(new Error("cancelled")) };
  await expect(runCheckNetwork(params, data, stopped)).rejects.toThrow("cancelled");
});
