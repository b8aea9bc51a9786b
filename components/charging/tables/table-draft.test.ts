import { expect, it } from "vitest";
import { draftRows, newRow, readRows } from "./table-draft.ts";

const ROWS = [
  { county: "Alameda", year: 2030, evCount: 1204, shareFraction: null },
  { county: "Napa", year: 2030, evCount: null, shareFraction: 0.25 },
];

it("rows come back from their draft as they were", () => {
  expect(readRows("adoption", draftRows("adoption", ROWS))).toEqual({ rows: ROWS, faults: [] });
});

it("says which cell is wrong", () => {
  const [first, second] = draftRows("adoption", ROWS);
  const typed = [
    first!,
    { ...second!, cells: { ...second!.cells, year: "soon" } },
    newRow("adoption", [first!, second!]),
  ];
  expect(readRows("adoption", typed).faults.map(({ row, column }) => [row, column])).toEqual([
    [1, "year"],
    [2, "county"],
    [2, "year"],
  ]);
});

it("reads numbers as people write them, and gives a new row a key of its own", () => {
  const [first] = draftRows("adoption", ROWS);
  const typed = { ...first!, cells: { ...first!.cells, evCount: "1,204,000" } };
  expect(readRows("adoption", [typed]).rows[0]).toMatchObject({ evCount: 1_204_000 });
  expect(newRow("ports", [{ key: 7, cells: {} }])).toMatchObject({ key: 8, cells: { level: "L1" } });
});
