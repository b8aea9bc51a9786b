import { expect, it } from "vitest";
import { parseHourlyCsv } from "./parse-hourly-csv.ts";

const parse = (text: string, fromYear = 2000, toYear = 2100) =>
  parseHourlyCsv({ bytes: new TextEncoder().encode(text), fileName: "x.csv", fromYear, toYear });

it("reads numbers as they are written, to the last digits", () => {
  const written = [
    "0.03405823721753696",
    "-12",
    "1e-05",
    "6.678441787624236e-08",
    "123456789012345678",
    ".5",
    "+3E2",
    "0",
  ];
  const table = parse(`Timestep,2020\n${written.map((text, i) => `${i},${text}`).join("\n")}`);
  const [column] = table.columns;
  written.forEach((text, i) => {
    const expected = Number(text);
    expect(Math.abs(column![i]! - expected)).toBeLessThanOrEqual(4e-16 * Math.abs(expected));
  });
});

it("keeps the wanted years of a Windows file with a byte order mark, and no row for its last line end", () => {
  const table = parse("\uFEFFTimestep, 2020,2021,2022\r\n0, 1,2,3\r\n1,4 ,5,6\r\n", 2020, 2021);
  expect(table.years).toEqual([2020, 2021]);
  expect(table.columns.map((column) => [...column])).toEqual([
    [1, 4],
    [2, 5],
  ]);
  expect(table.hourCount).toBe(2);
});

it("has the first column without a name", () => {
  expect(parse(",2019,2020\n0,1,2\n", 2020).columns.map((column) => [...column])).toEqual([[2]]);
});

it("says where a value is missing or no number", () => {
  expect(() => parse("Timestep,2020,2021\n0,1,2\n1,3\n")).toThrow("x.csv, row 3: there are only 1 years of values.");
  expect(() => parse("Timestep,2020\n0,1\n1,\n")).toThrow("x.csv, row 3: year 1 is not a number.");
  expect(() => parse("Timestep,2020\n0,1.2.3\n")).toThrow("row 2: year 1 is not a number");
  expect(() => parse("Timestep,2020\n0,12kW\n")).toThrow("row 2: year 1 is not a number");
  expect(() => parse("")).toThrow("the first line must name");
  expect(() => parse("a,b\n1,2\n")).toThrow("the first line must name");
});
