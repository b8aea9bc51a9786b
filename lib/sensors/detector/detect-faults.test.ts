import { describe, expect, it } from "vitest";
import { createRandom } from "#lib/math/random";
import { type DetectorChannel, detectFaults } from "./detect-faults.ts";
import { makeNetwork, rowAt, ROWS, ROWS_PER_HOUR, timestamps } from "./network/test-network.ts";
import { type DetectorResult, FLAG_SCORE } from "./types.ts";

const air = (values: Float64Array, i: number): DetectorChannel => ({
  id: `air ${i}`,
  deviceId: String(i),
  property: "air_temperature",
  values,
});
const townOf = (count: number, seed: string, noiseK?: number) =>
  makeNetwork(count, seed, noiseK).map(({ values }, i) => air(values, i));
const flags = ({ score }: DetectorResult) => score.map((value) => (value > FLAG_SCORE ? 1 : 0));
const share = (result: DetectorResult) => flags(result).reduce((sum, flag) => sum + flag, 0) / result.score.length;
const isSound = ({ score, spans }: DetectorResult) =>
  score.every((value) => Number.isFinite(value) && value >= 0) &&
  spans.every(
    ({ startIndex, endIndex }, i) => endIndex > startIndex && (i === 0 || startIndex >= spans[i - 1]!.endIndex),
  );

/** The first sensor changed between two rows. */
function change(
  channels: DetectorChannel[],
  [start, end]: readonly [number, number],
  to: (value: number, i: number) => number,
) {
  const [first, ...rest] = channels;
  const values = first!.values.map((value, i) => (i >= start && i < end ? to(value, i) : value));
  return [{ ...first!, values }, ...rest];
}

/** Every n-th row only. */
function thin(channels: readonly DetectorChannel[], step: number) {
  const keep = (values: Float64Array) => values.filter((_, i) => i % step === 0);
  return {
    timestamps: keep(timestamps),
    channels: channels.map((channel) => ({ ...channel, values: keep(channel.values) })),
  };
}

describe("what a record is judged by", () => {
  it.each([
    [1, "single"],
    [2, "single"],
    [3, "single"],
    [4, "single"],
    [5, "network_temperature"],
  ])("%i sensors: %s", (count, mode) => {
    const results = detectFaults({ timestamps, channels: townOf(count, "few") });
    expect(results.map((result) => result.mode)).toEqual(Array.from({ length: count }, () => mode));
    expect(results.every(isSound)).toBe(true);
    expect(Math.max(...results.map(share))).toBeLessThan(0.02);
  });

  it("sensors without any value do not make a network", () => {
    const silent = Array.from({ length: 3 }, (_, i) => air(new Float64Array(ROWS).fill(Number.NaN), 10 + i));
    const results = detectFaults({ timestamps, channels: [...townOf(4, "silent"), ...silent] });
    expect(new Set(results.map(({ mode }) => mode))).toEqual(new Set(["single"]));
    expect(results.slice(4).every(({ limit }) => limit === "no_values")).toBe(true);
  });

  it("results stand in the order of the channels, whatever they measure", () => {
    const town = makeNetwork(6, "mixed");
    const channels = town.flatMap(({ values, lux }, i) => [
      { id: `lux ${i}`, deviceId: String(i), property: "illuminance", values: lux },
      air(values, i),
      {
        id: `soil ${i}`,
        deviceId: String(i),
        property: "soil_moisture",
        values: values.map((value) => 30 + value / 50),
      },
    ]);
    const modes = detectFaults({ timestamps, channels }).map(({ mode }) => mode);
    expect(modes).toEqual(town.flatMap(() => ["network_light", "network_temperature", "single"]));
  });
});

describe("records that are thin", () => {
  it.each([
    [8, "two hours"],
    [12, "three hours"],
    [24, "six hours"],
  ])("fewer than 24 samples a day (every %i quarters): by its own history, bias found", (step) => {
    const random = createRandom("slow soil");
    const slow = Float64Array.from({ length: ROWS }, (_, i) => 25 + Math.sin(i / 900) + random.normal(0, 0.05));
    const channels = Array.from({ length: 6 }, (_, i) => ({ ...air(slow, i), property: "soil_moisture" }));
    const faulty = change(channels, [rowAt(12), rowAt(16)], (value) => value + 4);
    const results = detectFaults(thin(faulty, step));
    expect(results.every(({ mode }) => mode === "single")).toBe(true);
    expect(results.every(isSound)).toBe(true);
    const [start, end] = [rowAt(12) / step, rowAt(16) / step];
    expect(
      flags(results[0]!)
        .subarray(start, end)
        .some((flag) => flag === 1),
    ).toBe(true);
    expect(share(results[1]!)).toBeLessThan(0.05);
  });

  it("a town that measures every three hours is not judged as a network, and stays sound", () => {
    const results = detectFaults(thin(townOf(8, "three hours"), 12));
    expect(results.every(({ mode }) => mode === "single")).toBe(true);
    expect(results.every(isSound)).toBe(true);
  });

  it("irregular sampling: rows dropped at random change no healthy verdict and lose no bias", () => {
    const random = createRandom("irregular");
    const keep = Uint8Array.from({ length: ROWS }, () => (random.uniform() < 0.6 ? 1 : 0));
    const channels = change(townOf(12, "irregular town"), [rowAt(9), rowAt(14)], (value) => value + 3);
    const input = {
      timestamps: timestamps.filter((_, i) => keep[i] === 1),
      channels: channels.map((channel) => ({ ...channel, values: channel.values.filter((_, i) => keep[i] === 1) })),
    };
    const results = detectFaults(input);
    expect(results.every(({ mode }) => mode === "network_temperature")).toBe(true);
    const fromRow = input.timestamps.findIndex((time) => time >= timestamps[rowAt(9)]!);
    const toRow = input.timestamps.findIndex((time) => time >= timestamps[rowAt(14)]!);
    const inside = flags(results[0]!).subarray(fromRow, toRow);
    expect(inside.reduce((sum, flag) => sum + flag, 0) / inside.length).toBeGreaterThan(0.95);
    expect(Math.max(...results.slice(1).map(share))).toBeLessThan(0.01);
  });

  it("less than three days: error codes alone are flagged", () => {
    const rows = rowAt(2, 12);
    const channels = townOf(8, "short").map((channel) => ({ ...channel, values: channel.values.slice(0, rows) }));
    const coded = change(channels, [rowAt(1), rowAt(1, 2)], () => -9999);
    const results = detectFaults({ timestamps: timestamps.slice(0, rows), channels: coded });
    expect(results.every(({ limit }) => limit === "too_short")).toBe(true);
    expect(results[0]!.spans).toMatchObject([{ kind: "code", startIndex: rowAt(1), endIndex: rowAt(1, 2) }]);
    expect(results.slice(1).every(({ spans }) => spans.length === 0)).toBe(true);
  });

  it("nothing at all, one row, equal instants", () => {
    expect(detectFaults({ timestamps: new Float64Array(0), channels: [] })).toEqual([]);
    const one = detectFaults({ timestamps: timestamps.slice(0, 1), channels: [air(Float64Array.of(12), 0)] });
    expect(one.every(isSound)).toBe(true);
    const twice = timestamps.map((_, i) => timestamps[i - (i % 2)]!);
    const results = detectFaults({ timestamps: twice, channels: townOf(8, "twice") });
    expect(results.every(isSound)).toBe(true);
    expect(Math.max(...results.map(share))).toBeLessThan(0.01);
  });
});

describe("what faults look like at the edge", () => {
  it.each([-9999, 85, 0])("code %i instead of a measurement for six hours", (code) => {
    // A town around 20 °C, so that 0 is no weather.
    const warm = townOf(10, `code ${code}`).map((channel) => ({
      ...channel,
      values: channel.values.map((v) => v + 14),
    }));
    const results = detectFaults({ timestamps, channels: change(warm, [rowAt(10), rowAt(10, 6)], () => code) });
    expect(
      flags(results[0]!)
        .subarray(rowAt(10), rowAt(10, 6))
        .every((flag) => flag === 1),
    ).toBe(true);
    expect(Math.max(...results.slice(1).map(share))).toBeLessThan(0.005);
  });

  it("a bias in a network with hardly any noise has edges within an hour and its size within five percent", () => {
    const range = [rowAt(9, 6), rowAt(14)] as const;
    const channels = change(townOf(20, "no noise", 0.05), range, (value) => value + 2);
    const [result] = detectFaults({ timestamps, channels });
    expect(result!.spans).toMatchObject([{ kind: "bias" }]);
    const [span] = result!.spans;
    expect(Math.abs(span!.startIndex - range[0])).toBeLessThanOrEqual(ROWS_PER_HOUR);
    expect(Math.abs(span!.endIndex - range[1])).toBeLessThanOrEqual(ROWS_PER_HOUR);
    expect(Math.abs(span!.magnitude - 2)).toBeLessThan(0.1);
  });

  it("faulty most of the time: it says that the record is no reference for itself", () => {
    const channels = change(townOf(10, "mostly"), [0, Math.round(0.8 * ROWS)], () => 11.5);
    expect(detectFaults({ timestamps, channels })[0]!.limit).toBe("no_reference");
  });

  it("a sensor that stands there twice hardly changes the verdict on the others' healthy time", () => {
    const town = townOf(12, "twin");
    const plain = detectFaults({ timestamps, channels: town });
    const [first] = town;
    const twin = detectFaults({ timestamps, channels: [...town, { ...first!, id: "twin", deviceId: "twin" }] });
    plain.forEach((result, i) => expect(share(twin[i]!) - share(result)).toBeLessThan(0.01));
  });

  it("a clock put one hour forth for summer is no fault", () => {
    const own = townOf(12, "summer")[0]!.values;
    const channels = change(townOf(12, "summer"), [rowAt(14), ROWS - ROWS_PER_HOUR], (_, i) => own[i + ROWS_PER_HOUR]!);
    const [result] = detectFaults({ timestamps, channels });
    expect(result!.spans.filter(({ kind }) => kind === "clock_shift")).toEqual([]);
  });
});
