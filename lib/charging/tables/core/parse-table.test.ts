import { describe, expect, it } from "vitest";
import { parseTable } from "./parse-table.ts";
import { checkRows } from "./table-kinds.ts";

describe("a file of a table", () => {
  it("may have its columns in any order, under other names, with columns nobody asked for", () => {
    const rows = parseTable(
      "adoption",
      "\uFEFFyear;BEV_population;County;fips\r\n2030;1,204;Alameda;1\r\n\r\n",
      "a.csv",
    );
    expect(rows).toEqual([{ county: "Alameda", year: 2030, evCount: 1204 }]);
    expect(checkRows("adoption", rows)).toEqual({
      rows: [{ county: "Alameda", year: 2030, evCount: 1204, shareFraction: null }],
      faults: [],
    });
  });

  it("may be JSON, and ZIP codes keep their zeros", () => {
    const text = JSON.stringify({ rows: [{ zip: "02134", year: null, level: "level 2", ports: 4 }] });
    const rows = parseTable("ports", text, "a.json");
    expect(checkRows("ports", rows).rows).toEqual([{ place: "02134", year: null, level: "L2", portCount: 4 }]);
    expect(checkRows("ports", parseTable("ports", "zip,year,level,ports\n02134,,DCFC,4", "a.csv")).rows).toEqual([
      { place: "02134", year: null, level: "DC fast", portCount: 4 },
    ]);
  });

  it("names the column that is missing", () => {
    expect(() => parseTable("adoption", "county,evs\nA,1", "a.csv")).toThrow(
      "a.csv has no column “Year” (year). It has county, evs.",
    );
    expect(() => parseTable("adoption", "county,year\nA,2030", "a.csv")).toThrow("“Electric vehicles” (evCount) and");
    expect(() => parseTable("ports", "[1]", "a.json")).toThrow("a.json, row 1: expected an object");
    expect(() => parseTable("ports", "{", "a.json")).toThrow("a.json is no JSON");
    expect(() => parseTable("ports", "{}", "a.json")).toThrow("a.json has no list of rows");
  });
});

describe("rows of a table", () => {
  it("say row by row what is wrong, and keep the others", () => {
    const { rows, faults } = checkRows("adoption", [
      { county: "Alameda", year: 2030, evCount: 5 },
      { county: "", year: 2030, evCount: 5 },
      { county: "Napa", year: 20.5, evCount: 5 },
      { county: "Napa", year: 2030, evCount: 5, shareFraction: 0.1 },
      { county: "ALAMEDA", year: 2030, shareFraction: 0.2 },
      { county: "Yolo", year: 2030, evCount: "many" },
    ]);
    expect(rows).toHaveLength(1);
    expect(faults).toEqual([
      { row: 1, column: "county", message: "Name the place." },
      { row: 2, column: "year", message: "Write a year, as 2030." },
      { row: 3, column: "evCount", message: "Give the number of vehicles or their share, one of the two." },
      { row: 4, column: "county", message: "ALAMEDA, 2030 stands in row 1 already." },
      { row: 5, column: "evCount", message: "Write a number." },
    ]);
  });
});
