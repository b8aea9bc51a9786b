import { describe, expect, test } from "vitest";
import { type DetectorResult, FLAG_SCORE } from "../types.ts";
import { detectTemperature, type TemperatureSensor } from "./detect-temperature.ts";
import { makeNetwork, rowAt, ROWS, ROWS_PER_HOUR, type TestSensor, timestamps } from "./test-network.ts";
import { lightShare } from "./usual-scale.ts";

const detect = (network: readonly TemperatureSensor[]) => detectTemperature(timestamps, network);
const flagged = ({ score }: DetectorResult) => score.reduce((sum, value) => sum + (value > FLAG_SCORE ? 1 : 0), 0);
const share = (results: readonly DetectorResult[]) =>
  results.reduce((sum, result) => sum + flagged(result), 0) / (results.length * ROWS);

/** A network whose first sensor is changed between two rows. */
function withFault(
  seed: string,
  [start, end]: readonly [number, number],
  change: (sensor: TestSensor, i: number) => number,
) {
  const network = makeNetwork(12, seed);
  const sensor = network[0]!;
  const values = sensor.values.map((value, i) => (i >= start && i < end ? change(sensor, i) : value));
  return { network: [{ ...sensor, values }, ...network.slice(1)], start, end };
}

/** The one span of the first sensor, with its edges in hours from where they should be. */
function onlySpan(results: readonly DetectorResult[], { start, end }: { start: number; end: number }) {
  const spans = results[0]!.spans;
  expect(spans).toHaveLength(1);
  const span = spans[0]!;
  const hours = (rows: number) => Math.abs(rows) / ROWS_PER_HOUR;
  return { ...span, startOffH: hours(span.startIndex - start), endOffH: hours(span.endIndex - end) };
}

test("a healthy network has next to no flag", () => {
  expect(share(detect(makeNetwork(20, "healthy")))).toBeLessThan(0.001);
});

describe("a fault is found over its whole span, named and measured", () => {
  test("bias", () => {
    const fault = withFault("bias", [rowAt(9, 6), rowAt(14)], ({ values }, i) => values[i]! + 2);
    const span = onlySpan(detect(fault.network), fault);
    expect(span.kind).toBe("bias");
    expect(span.startOffH).toBeLessThanOrEqual(1);
    expect(span.endOffH).toBeLessThanOrEqual(1);
    expect(span.magnitude).toBeCloseTo(2, 0);
    expect(Math.abs(span.magnitude - 2)).toBeLessThan(0.1);
  });

  test("drift", () => {
    const [start, end] = [rowAt(8), rowAt(16)];
    const fault = withFault("drift", [start, end], ({ values }, i) => values[i]! + (6 * (i - start)) / (end - start));
    const span = onlySpan(detect(fault.network), fault);
    expect(span.kind).toBe("drift");
    expect(span.startOffH).toBeLessThanOrEqual(24);
    expect(span.endOffH).toBeLessThanOrEqual(1);
    expect(Math.abs(span.magnitude - 6)).toBeLessThan(0.6);
  });

  test.each([5, -5])("a clock %i hours off", (hours) => {
    const fault = withFault(
      `clock${hours}`,
      [rowAt(10), rowAt(16)],
      ({ values }, i) => values[i + hours * ROWS_PER_HOUR]!,
    );
    const span = onlySpan(detect(fault.network), fault);
    expect(span).toMatchObject({ kind: "clock_shift", magnitude: hours });
    expect(Math.max(span.startOffH, span.endOffH)).toBeLessThanOrEqual(6);
  });

  test("heating by the sun", () => {
    const fault = withFault(
      "sun",
      [rowAt(10), rowAt(15)],
      ({ values, lux }, i) => values[i]! + 8 * lightShare(lux[i]!),
    );
    const result = detect(fault.network)[0]!;
    expect(result.spans.map(({ kind }) => kind)).toEqual(["sun_heating"]);
    expect(Math.abs(result.spans[0]!.magnitude - 8)).toBeLessThan(1.5);
  });

  test("one value that stays while the network moves", () => {
    const fault = withFault("stuck", [rowAt(10), rowAt(11)], ({ values }) => values[rowAt(10)]!);
    expect(onlySpan(detect(fault.network), fault)).toMatchObject({ kind: "stuck", startOffH: 0, endOffH: 0 });
  });

  test("single values far off", () => {
    const fault = withFault("spike", [rowAt(10), rowAt(10) + 1], ({ values }, i) => values[i]! + 9);
    expect(onlySpan(detect(fault.network), fault)).toMatchObject({ kind: "spike", startOffH: 0, endOffH: 0 });
  });

  test("what no air can be", () => {
    const fault = withFault("code", [rowAt(10), rowAt(10, 5)], () => 85);
    expect(onlySpan(detect(fault.network), fault)).toMatchObject({ kind: "range", startOffH: 0 });
  });
});

describe("with habits learned before", () => {
  const half = rowAt(14);
  const part = (from: number, to: number) => (sensor: TestSensor) => ({
    values: sensor.values.slice(from, to),
    lux: sensor.lux.slice(from, to),
  });
  const network = makeNetwork(12, "habits");
  const known = detectTemperature(timestamps.slice(0, half), network.map(part(0, half)));
  const later = network.map(part(half, ROWS));
  const withHabits = (sensors: readonly TemperatureSensor[]) =>
    detectTemperature(
      timestamps.slice(half),
      sensors.map((sensor, j) => ({ ...sensor, habits: known[j]!.habits ?? undefined })),
    );
  const changed = (change: (value: number, j: number) => number) =>
    later.map((sensor, j) => ({ ...sensor, values: sensor.values.map((value) => change(value, j)) }));

  test("a sensor that is off all the time is found, and no other", () => {
    const off = changed((value, j) => (j === 2 ? value + 4 : value));
    expect(flagged(detectTemperature(timestamps.slice(half), off)[2]!)).toBe(0);
    const results = withHabits(off);
    expect(flagged(results[2]!)).toBeGreaterThan(0.95 * (ROWS - half));
    expect(results[2]!.spans[0]).toMatchObject({ kind: "bias", magnitude: expect.closeTo(4, 0) as number });
    expect(results.filter((_, j) => j !== 2).reduce((sum, result) => sum + flagged(result), 0)).toBeLessThan(20);
  });

  test("a colder month for all, or a sensor that is new, is nobody's fault", () => {
    expect(share(withHabits(changed((value) => value - 12)))).toBeLessThan(0.001);
    const results = detectTemperature(
      timestamps.slice(half),
      later.map((sensor, j) => (j % 2 ? sensor : { ...sensor, habits: known[j]!.habits ?? undefined })),
    );
    expect(share(results)).toBeLessThan(0.001);
  });
});

describe("what must not change a verdict", () => {
  const { network } = withFault("same", [rowAt(9), rowAt(14)], ({ values }, i) => values[i]! + 2);
  const flags = (results: readonly DetectorResult[]) =>
    results.map(({ score }) => score.map((value) => (value > FLAG_SCORE ? 1 : 0)));
  const plain = flags(detect(network));

  test("a constant added to all sensors", () => {
    expect(
      flags(detect(network.map((sensor) => ({ ...sensor, values: sensor.values.map((value) => value + 5) })))),
    ).toEqual(plain);
  });

  test("the order of the sensors", () => {
    expect(flags(detect(network.toReversed())).toReversed()).toEqual(plain);
  });

  test("a jump that all sensors make", () => {
    const jumped = makeNetwork(12, "jump").map((sensor) => ({
      ...sensor,
      values: sensor.values.map((value, i) => (i >= rowAt(12) ? value - 8 : value)),
    }));
    expect(share(detect(jumped))).toBeLessThan(0.002);
  });

  test("the sensor's own value has no part in what is expected of it", () => {
    const at = rowAt(20, 3);
    const changed = network.map((sensor, j) => (j === 0 ? { ...sensor, values: sensor.values.with(at, 55) } : sensor));
    const before = detect(network)[0]!.evidence!.expectation[at]!;
    expect(Math.abs(detect(changed)[0]!.evidence!.expectation[at]! - before)).toBeLessThan(0.05);
  });
});

describe("records that say little", () => {
  const finite = (results: readonly DetectorResult[]) =>
    results.every(({ score }) => score.every((value) => Number.isFinite(value) && value >= 0));

  test("missing values are never flagged and start no span", () => {
    const fault = withFault("gap", [rowAt(5), rowAt(12)], () => Number.NaN);
    const result = detect(fault.network)[0]!;
    expect(result.score.subarray(fault.start, fault.end).every((value) => value === 0)).toBe(true);
    expect(result.spans).toEqual([]);
  });

  test("one sensor without any value, one that is constant, all the same", () => {
    const network = makeNetwork(8, "few");
    const silent = { values: new Float64Array(ROWS).fill(Number.NaN) };
    const constant = { values: new Float64Array(ROWS).fill(7) };
    const results = detect([silent, constant, ...network]);
    expect(results[0]).toMatchObject({ limit: "no_values", spans: [] });
    expect(flagged(results[1]!)).toBe(ROWS);
    expect(finite(results)).toBe(true);
    expect(finite(detect(Array.from({ length: 6 }, () => network[0]!)))).toBe(true);
  });

  test("no light, or none all the time", () => {
    const network = makeNetwork(8, "dark");
    const dark = network.map(({ values }) => ({ values, lux: new Float64Array(ROWS) }));
    expect(share(detect(dark))).toBeLessThan(0.002);
    expect(share(detect(network.map(({ values }) => ({ values }))))).toBeLessThan(0.002);
  });
});
