import { describe, expect, it } from "vitest";
import { createRandom } from "#lib/math/random";
import { FLAG } from "../../core/flag.ts";
import { BUDDY_TEMPERATURE, type BuddyOptions, type BuddyStation, checkBuddies } from "./buddy-check.ts";

/** Stations a kilometre apart on a line, at sea level. */
const line = (count: number): BuddyStation[] =>
  Array.from({ length: count }, (_, i) => ({ lat: 50, lon: 8 + i * 0.014, elevationM: 0 }));
const near: BuddyOptions = { ...BUDDY_TEMPERATURE, radiusM: 30_000 };
const flagsOf = (stations: BuddyStation[], values: number[], options = near) => [
  ...checkBuddies(stations, values, options).flags,
];

describe("checkBuddies", () => {
  it("measures the deviation against what a new value of these buddies would do", () => {
    const { deviations, flags } = checkBuddies(line(6), [10, 12, 14, 16, 18, 30], { ...near, rounds: 1 });
    // The last one's buddies: mean 14, variance 8, √(8 + 8/5).
    expect(deviations[5]).toBeCloseTo(16 / Math.sqrt(9.6), 10);
    expect([...flags]).toEqual([1, 1, 1, 1, 1, 4]);
  });

  it("sees in the second round what the worst one hid in the first", () => {
    const values = [10, 10.2, 9.8, 10.1, 9.9, 10, 14, 60];
    expect(flagsOf(line(8), values, { ...near, rounds: 1 })[6]).toBe(FLAG.good);
    expect(flagsOf(line(8), values)[6]).toBe(FLAG.fail);
  });

  it("does not judge the lonely, says so, and counts missing values as nobody's buddy", () => {
    const values = [10, 10, 10, 10, 10, NaN];
    expect(flagsOf(line(6), values)).toEqual([2, 2, 2, 2, 2, 9]);
    expect(flagsOf([], [])).toEqual([]);
  });

  it("moves values to the judged height, and keeps stations far above out", () => {
    const stations = line(7).map((station, i) => ({ ...station, elevationM: i === 6 ? 1_500 : i * 30 }));
    const values = stations.map(({ elevationM }) => 15 - 0.0065 * elevationM);
    const { deviations, flags } = checkBuddies(stations, values, near);
    expect(Math.max(...[...deviations].slice(0, 6).map(Math.abs))).toBeLessThan(1e-9);
    expect(flags[6]).toBe(FLAG.notEvaluated);
  });

  it("equals the plain sum over all pairs, in towns and on mountains", () => {
    const random = createRandom("buddies");
    const stations = Array.from({ length: 700 }, () => ({
      lat: 47 + random.normal(0, 0.1),
      lon: 8 + random.normal(0, 0.15),
      elevationM: Math.abs(random.normal(400, 300)),
    }));
    const values = stations.map((s) =>
      random.uniform() < 0.03 ? NaN : 15 - 0.006 * s.elevationM + random.normal(0, random.uniform() < 0.05 ? 8 : 1),
    );
    for (const options of [BUDDY_TEMPERATURE, { ...BUDDY_TEMPERATURE, elevationDiffMaxM: 0, threshold: 3 }]) {
      expect([...checkBuddies(stations, values, options).flags]).toEqual(plain(stations, values, options));
    }
  });

  it("equals it where cells are far larger than the circle: one town, and a station on the other side", () => {
    const random = createRandom("far");
    const stations = Array.from({ length: 400 }, (_, i) => ({
      lat: i === 0 ? -89 : 47 + random.normal(0, 0.02),
      lon: i === 0 ? -150 : 8 + random.normal(0, 0.03),
      elevationM: 0,
    }));
    const values = stations.map(() => random.normal(15, random.uniform() < 0.1 ? 8 : 1));
    const options = { ...BUDDY_TEMPERATURE, radiusM: 500 };
    const { flags } = checkBuddies(stations, values, options);
    expect([...flags]).toEqual(plain(stations, values, options));
    expect(new Set(flags)).toEqual(new Set([FLAG.good, FLAG.fail, FLAG.notEvaluated]));
  });
});

function plain(stations: BuddyStation[], values: number[], o: BuddyOptions): number[] {
  const at = stations.map(({ lat, lon }) => {
    const [p, l] = [(lat * Math.PI) / 180, (lon * Math.PI) / 180];
    return [Math.cos(p) * Math.cos(l), Math.cos(p) * Math.sin(l), Math.sin(p)].map((c) => c * 6_371_008.8);
  });
  const flags: number[] = values.map((value) => (Number.isNaN(value) ? 9 : 2));
  for (let round = 0; round < o.rounds; round++) {
    const before = [...flags];
    stations.forEach((own, i) => {
      if (before[i] === 9 || before[i] === 4) return;
      const near = stations.flatMap((other, j) => {
        if (i === j || before[j] === 9 || before[j] === 4) return [];
        if (Math.hypot(...at[i]!.map((c, k) => c - at[j]![k]!)) > o.radiusM) return [];
        if (o.elevationDiffMaxM <= 0) return [values[j]!];
        const up = own.elevationM - other.elevationM;
        return Math.abs(up) > o.elevationDiffMaxM ? [] : [values[j]! + o.elevationGradientPerM * up];
      });
      if (near.length < o.buddiesMin) return;
      const mean = near.reduce((sum, v) => sum + v, 0) / near.length;
      const variance = near.reduce((sum, v) => sum + (v - mean) ** 2, 0) / near.length;
      const usual = Math.max(Math.sqrt(variance + variance / near.length), o.standardDeviationMin);
      flags[i] = Math.abs(values[i]! - mean) / usual > o.threshold ? 4 : 1;
    });
  }
  return flags;
}
