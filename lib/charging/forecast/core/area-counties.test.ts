import { expect, it } from "vitest";
import { CountyIndex } from "#lib/geo/county-index";
import { countiesOf } from "./area-counties.ts";

const index = new CountyIndex([
  { fips: "06059", name: "Orange" },
  { fips: "12095", name: "Orange" },
  { fips: "06085", name: "Santa Clara" },
]);
const codes = (...names: string[]) => countiesOf(names, index).map((county) => county?.fips ?? null);

it("reads a state after a comma, takes that of the other areas without one, and leaves other names alone", () => {
  expect(codes("Orange, CA", "Orange County, Florida")).toEqual(["06059", "12095"]);
  expect(codes("Orange", "Santa Clara")).toEqual(["06059", "06085"]);
  expect(codes("Orange")).toEqual([null]);
  expect(codes("Depot 7, north yard", "Santa Clara")).toEqual([null, "06085"]);
});
