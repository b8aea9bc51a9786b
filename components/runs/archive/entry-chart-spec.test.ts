import { expect, it } from "vitest";
import { axisChoices, ROW_AXIS } from "./entry-chart-spec.ts";

const table = (columns: string[], kinds: ("time" | "number" | "text")[]) => ({ columns, kinds });

it("draws the first number over the first time", () => {
  const choices = axisChoices(table(["site", "mean", "hour", "n"], ["text", "number", "time", "number"]));
  expect(choices).toMatchObject({ x: "hour", y: "mean" });
  expect(choices.xs.map(({ key }) => key)).toEqual(["mean", "hour", "n", ROW_AXIS]);
  expect(choices.ys.map(({ key }) => key)).toEqual(["mean", "n"]);
});

it("draws numbers over numbers without a time, and over the rows when there is one column of them", () => {
  expect(axisChoices(table(["a", "b"], ["number", "number"]))).toMatchObject({ x: "a", y: "b" });
  expect(axisChoices(table(["a", "b"], ["text", "number"]))).toMatchObject({ x: ROW_AXIS, y: "b" });
});
