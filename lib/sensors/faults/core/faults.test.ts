import { describe, expect, test } from "vitest";
import { confidenceOf } from "./confidence.ts";
import { faultSentence } from "./fault-words.ts";
import { layGrid } from "./lay-grid.ts";
import { splitBlocks, type BlockMember } from "../../blocks/split-blocks.ts";

test("confidence grows with the score and stays a share", () => {
  const shares = [1, 1.1, 1.3, 1.7, 2.5, 20].map((score) => confidenceOf("network_temperature", score));
  expect(shares).toEqual(shares.toSorted((a, b) => a - b));
  expect(shares[0]).toBeCloseTo(0.3);
  expect(shares.at(-1)).toBeCloseTo(0.99);
});

test.each([
  [{ kind: "bias", magnitude: -2.13, unit: "Cel" }, "Reads 2.1 °C too low against its neighbours, for 2 d."],
  [
    { kind: "clock_shift", magnitude: 5, unit: "h" },
    "Its clock is 5 h behind: it shows what its neighbours show then, for 2 d.",
  ],
  [{ kind: "scale", magnitude: 0.15, unit: "" }, "Reads 0.15 times what its neighbours make one expect, for 2 d."],
  [{ kind: "noise", magnitude: null, unit: "" }, "Scatters more than it usually does, for 2 d."],
] as const)("%j is said in words", (fault, sentence) => {
  expect(faultSentence({ ...fault, mode: "network_temperature", durationS: 172_800 })).toBe(sentence);
});

describe("layGrid", () => {
  const series = (datastreamId: string, times: number[], values: number[]) => ({
    ...{
      datastreamId,
      sensorId: datastreamId,
      sensorCode: datastreamId,
      observedProperty: "air_temperature",
      unit: "Cel",
    },
    times: Float64Array.from(times),
    values: Float64Array.from(values),
  });
  const minutes = (...at: number[]) => at.map((minute) => minute * 60_000);

  test("series with other instants share rows, gaps are missing, the newest of a row counts", () => {
    const input = layGrid([series("a", minutes(0, 15, 16, 45), [1, 2, 3, 4]), series("b", minutes(20), [9])], 900_000);
    expect([...input.timestamps]).toEqual(minutes(0, 15, 30, 45));
    expect(input.channels.map(({ values }) => [...values])).toEqual([
      [1, 3, NaN, 4],
      [NaN, 9, NaN, NaN],
    ]);
  });

  test("nothing gives an empty grid", () => {
    expect(layGrid([], 900_000)).toEqual({ timestamps: new Float64Array(0), channels: [] });
  });
});

describe("splitBlocks", () => {
  const members = (count: number, stepMs: number, placed = true): BlockMember[] =>
    Array.from({ length: count }, (_, i) => ({
      sensorId: `${stepMs}-${i}`,
      x: placed ? (i % 40) / 40 : null,
      y: placed ? Math.floor(i / 40) / 40 : null,
      stepMs,
    }));

  test("every sensor is in one block, blocks are small and of one step", () => {
    const all = [...members(1000, 900_000), ...members(200, 600_000, false), ...members(7, 61_000)];
    const blocks = splitBlocks(all);
    expect(blocks.flatMap(({ sensorIds }) => sensorIds).sort()).toEqual(all.map(({ sensorId }) => sensorId).sort());
    expect(Math.max(...blocks.map(({ sensorIds }) => sensorIds.length))).toBeLessThanOrEqual(150);
    for (const { sensorIds } of blocks) expect(new Set(sensorIds.map((id) => id.split("-")[0])).size).toBe(1);
  });
});
