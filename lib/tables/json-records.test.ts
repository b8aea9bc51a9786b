import { expect, it } from "vitest";
import { JsonRecordParser } from "./json-records.ts";

const RECORDS = [
  { id: "a", cost: { excl: 1.5 }, note: 'brackets ] } and "quotes" \\' },
  { id: "b", evses: [{ uid: "x" }, { uid: "y" }], tags: [1, 2], gone: null },
  { id: "c" },
];
const FLAT = [
  { id: "a", "cost.excl": "1.5", note: 'brackets ] } and "quotes" \\' },
  { id: "b", "evses.0.uid": "x", tags: "[1,2]" },
  { id: "c" },
];

const LAYOUTS = {
  list: JSON.stringify(RECORDS),
  "indented list": JSON.stringify(RECORDS, null, 2),
  envelope: JSON.stringify({ status_code: 1000, data: RECORDS, timestamp: "now" }),
  lines: RECORDS.map((record) => JSON.stringify(record)).join("\n"),
};

for (const [name, text] of Object.entries(LAYOUTS)) {
  it(`reads the same records from a ${name}, wherever it is cut`, () => {
    for (const size of [1, 3, 7, 50, text.length]) {
      const parser = new JsonRecordParser();
      const rows = [];
      for (let at = 0; at < text.length; at += size) rows.push(...parser.push(text.slice(at, at + size)));
      rows.push(...parser.end());
      expect(rows, `pieces of ${size}`).toEqual(FLAT);
    }
  });
}

it("says which record is damaged or cut off", () => {
  expect(() => new JsonRecordParser().push('[{"a": 1}, {"a": x}]')).toThrow("Record 2");
  const parser = new JsonRecordParser();
  parser.push('[{"a": 1}, {"a": ');
  expect(() => parser.end()).toThrow("middle of record 2");
});
