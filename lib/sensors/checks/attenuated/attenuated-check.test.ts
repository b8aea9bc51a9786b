import { expect, it } from "vitest";
import { at, DAY_STEPS, daily, profileOf, stream } from "../testing/series.ts";
import { AttenuatedCheck, learnAttenuation } from "./attenuated-check.ts";

const healthy = daily("open", 24);
const profile = profileOf(healthy);
const judge = (values: ArrayLike<number>) =>
  stream((closed) => new AttenuatedCheck(profile, { unit: "Cel" }, closed), values);
const calmed = (fromDay: number, toDay: number, share: number) =>
  healthy.map((value, i) => {
    const day = Math.floor(i / DAY_STEPS);
    return day >= fromDay && day < toDay ? 11 + share * (value - 11) : value;
  });

it("finds days that hardly move over their whole time, joined, and leaves lively days alone", () => {
  expect(judge(healthy)).toEqual([]);
  expect(judge(calmed(10, 13, 0.05))).toMatchObject([
    { check: "attenuated", flag: 3, startAtMs: at(10 * DAY_STEPS), endAtMs: at(13 * DAY_STEPS - 1) },
  ]);
});

it("leaves a dull day to the weather and a constant one to the stuck check", () => {
  expect(judge(calmed(10, 13, 0.4))).toEqual([]);
  expect(judge(calmed(10, 13, 0))).toEqual([]);
});

it("does not judge a day of which it saw a part only", () => {
  const day = calmed(10, 11, 0.05).slice(10 * DAY_STEPS, 10 * DAY_STEPS + 60);
  expect(judge(day)).toEqual([]);
});

it("learns nothing from less than a fortnight, nor where the steps of the sensor are as coarse as its calm", () => {
  expect(learnAttenuation(new Array<number>(13).fill(12), 0.1)).toBeNaN();
  expect(learnAttenuation(new Array<number>(14).fill(12), 0.1)).toBeCloseTo(2.4, 12);
  expect(learnAttenuation(new Array<number>(14).fill(12), 1)).toBeNaN();
});
