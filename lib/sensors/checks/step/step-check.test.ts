import { expect, it } from "vitest";
import { RecentValues } from "../core/recent-values.ts";
import { SpikeCheck } from "../spike/spike-check.ts";
import { at, daily, profileOf, STEP_MS, stream } from "../testing/series.ts";
import { StepCheck } from "./step-check.ts";

/** Spikes are marked before, as in the checker: what is a spike is no step. */
const judge = (values: Float64Array) =>
  stream((closed) => {
    const [profile, recent] = [profileOf(values), new RecentValues(STEP_MS)];
    const spike = new SpikeCheck(profile, { unit: "Cel", failFactor: 2 }, []);
    const step = new StepCheck(profile, { unit: "Cel" }, closed);
    const push = (atMs: number, value: number) => {
      recent.add(atMs, value);
      spike.push(recent);
      step.push(recent);
    };
    const finish = () => {
      step.settle(recent);
      step.finish();
    };
    return { push, finish };
  }, values);

it("finds a level that changes and stays, at its first value, and never fails it", () => {
  for (const size of [8, -8]) {
    const values = daily("step").map((value, i) => (i >= 800 ? value + size : value));
    expect(judge(values)).toMatchObject([{ check: "step", flag: 3, startAtMs: at(800), endAtMs: at(800) }]);
  }
});

it("decides at the end of the record about its last values, too", () => {
  const values = daily("last");
  const from = values.length - 2;
  expect(judge(values.map((value, i) => (i >= from ? value + 9 : value)))).toMatchObject([{ startAtMs: at(from) }]);
});

it("calls neither a healthy series nor a spike a step", () => {
  expect(judge(daily("calm"))).toEqual([]);
  const values = daily("spike");
  values[500]! += 9;
  expect(judge(values)).toEqual([]);
});
