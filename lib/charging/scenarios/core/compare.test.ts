import { expect, test } from "vitest";
import { compareReadings, type StatedReading } from "./compare.ts";

const reading = (npv: number, firstYear: number, miles: string): StatedReading => ({
  figures: [{ group: "Present values", name: "Bills", unit: "$", value: npv }],
  series: [{ name: "Utility Bills", unit: "$", axis: "year", first: firstYear, values: [npv, npv + 1] }],
  assumptions: [
    { name: "Miles", unit: "mi", value: miles },
    { name: "Discount rate", unit: "", value: "0.07" },
  ],
});

test("figures stand side by side, years on one axis, and only what differs is named", () => {
  const compared = compareReadings([reading(5, 2020, "11000"), null, reading(7, 2021, "12000")]);
  expect(compared.figures).toEqual([{ group: "Present values", name: "Bills", unit: "$", values: [5, null, 7] }]);
  expect(compared.series).toEqual([
    {
      ...{ name: "Utility Bills", unit: "$", axis: "year", at: [2020, 2021, 2022] },
      values: [
        [5, 6, null],
        [null, null, null],
        [null, 7, 8],
      ],
    },
  ]);
  expect(compared.assumptions).toEqual([{ name: "Miles", unit: "mi", values: ["11000", "", "12000"] }]);
  expect(compareReadings([reading(1, 2020, "1"), reading(2, 2020, "1")]).assumptions).toEqual([]);
});
