import { expect, it } from "vitest";
import { CountyIndex } from "./county-index.ts";

const index = new CountyIndex([
  { fips: "06085", name: "Santa Clara" },
  { fips: "06075", name: "San Francisco" },
  { fips: "06059", name: "Orange" },
  { fips: "12095", name: "Orange" },
  { fips: "24005", name: "Baltimore" },
  { fips: "24510", name: "Baltimore" },
  { fips: "24037", name: "St. Mary's" },
  { fips: "32510", name: "Carson City" },
  { fips: "35013", name: "Doña Ana" },
  { fips: "51095", name: "James City" },
]);
const find = (county: string, state = "") => {
  const answer = index.find({ county, state });
  return "county" in answer ? answer.county.fips : answer.problem;
};

it("finds a county with and without the word, by code, whatever the case, accents and points", () => {
  expect(find("San Francisco")).toBe("06075");
  expect(find(" san francisco County", "CA")).toBe("06075");
  expect(find("San Francisco City and County")).toBe("06075");
  expect(find("6085")).toBe("06085");
  expect(find("Saint Marys County", "US-MD")).toBe("24037");
  expect(find("Dona Ana", "New Mexico")).toBe("35013");
  expect(find("Carson City", "nevada")).toBe("32510");
  expect(find("James City County", "Virginia")).toBe("51095");
});

it("lets the state decide between counties of one name, and does not guess without it", () => {
  expect(find("Orange", "California")).toBe("06059");
  expect(find("Orange County", "fl")).toBe("12095");
  expect(index.find({ county: "Orange", state: "" })).toEqual({
    problem: "several-states",
    candidates: ["Orange, California", "Orange, Florida"],
  });
});

it("tells a county from the city of its name by the word after it", () => {
  expect(find("Baltimore County", "MD")).toBe("24005");
  expect(find("Baltimore city", "MD")).toBe("24510");
  expect(find("Baltimore", "MD")).toBe("county-or-city");
});

it("says what is unknown", () => {
  expect(find("Santa Carla", "CA")).toBe("unknown-county");
  expect(find("Santa Clara", "Kalifornien")).toBe("unknown-state");
  expect(find("Santa Clara", "NV")).toBe("unknown-county");
});

it("takes the state of the other names for one that several states have", () => {
  const fips = (names: string[]) =>
    index
      .findAll(names.map((county) => ({ county, state: "" })))
      .map((answer) => ("county" in answer ? answer.county.fips : answer.problem));
  expect(fips(["Santa Clara", "Orange"])).toEqual(["06085", "06059"]);
  expect(fips(["Santa Clara", "Doña Ana", "Orange"])).toEqual(["06085", "35013", "several-states"]);
  expect(fips(["Orange"])).toEqual(["several-states"]);
});
