import { expect, it } from "vitest";
import { RecentValues } from "../core/recent-values.ts";
import { at, daily, profileOf, STEP_MS, stream } from "../testing/series.ts";
import { SpikeCheck } from "./spike-check.ts";

const judge = (values: Float64Array, profile = profileOf(values)) =>
  stream((closed) => {
    const recent = new RecentValues(STEP_MS);
    const check = new SpikeCheck(profile, { unit: "Cel", failFactor: 2 }, closed);
    const push = (atMs: number, value: number) => {
      recent.add(atMs, value);
      check.push(recent);
    };
    return { push, finish: () => check.finish() };
  }, values);

it("finds spikes of one to three values with their edges, upwards and downwards alike", () => {
  for (const width of [1, 2, 3]) {
    const values = daily("spike");
    for (let i = 500; i < 500 + width; i++) values[i]! += 9;
    const up = judge(values);
    expect(up).toMatchObject([{ check: "spike", startAtMs: at(500), endAtMs: at(499 + width), pointCount: width }]);
    const [down] = judge(values.map((value) => -value));
    expect(down).toMatchObject({ startAtMs: up[0]!.startAtMs, endAtMs: up[0]!.endAtMs, score: up[0]!.score });
  }
});

it("fails what is far beyond the limit, suspects what is just beyond", () => {
  const values = daily("sizes");
  const limit = profileOf(values).spikeLimits[1]!;
  for (const [factor, flag] of [
    [1.6, 3],
    [4, 4],
  ] as const) {
    const spiked = Float64Array.from(values);
    spiked[600] = Math.max(values[599]!, values[601]!) + factor * limit;
    expect(judge(spiked, profileOf(values))).toMatchObject([{ flag, startAtMs: at(600) }]);
  }
});

it("calls neither a healthy series nor a level that stays a spike", () => {
  expect(judge(daily("calm"))).toEqual([]);
  const values = daily("level").map((value, i) => (i >= 500 ? value + 8 : value));
  expect(judge(values).filter(({ startAtMs }) => startAtMs >= at(498) && startAtMs <= at(502))).toEqual([]);
});

it("does not change with a constant added", () => {
  const values = daily("shift");
  values[700]! += 12;
  const spans = (moved: Float64Array) =>
    judge(moved, profileOf(values)).map(({ startAtMs, score }) => [startAtMs, score]);
  expect(spans(values.map((value) => value + 64))).toEqual(spans(values));
});

it("learns nothing from too short a series, and then judges nothing", () => {
  expect(judge(Float64Array.of(1, 2, 1, 60, 1, 2))).toEqual([]);
});
