import { parquetReadObjects } from "hyparquet";
import { expect, test } from "vitest";
import { type ExportCell, exportFile, type ExportTable } from "./export-file.ts";

const at = "2026-03-04T05:06:07.000Z";
const ROWS: ExportCell[][] = [
  ["A", 47.5, 8.25, 1.5, true, at],
  ["=B,1", null, null, null, false, null],
];

function table(rows = ROWS): ExportTable {
  const names = ["code", "latitude", "longitude", "value", "open", "at"];
  const types = ["text", "number", "number", "number", "boolean", "time"] as const;
  return {
    name: "sensors",
    columns: names.map((name, i) => ({ name, type: types[i]! })),

    rows: (async function* () {
      yield* rows;
    })(),
  };
}

test("CSV has the columns and rows, and no formula", async () => {
  const answer = await exportFile(table(), "csv");
  expect(await answer.text()).toBe(
    `code,latitude,longitude,value,open,at\r\nA,47.5,8.25,1.5,true,${at}\r\n"'=B,1",,,,false,\r\n`,
  );
});

test("GeoJSON has each row as a feature, without a place where there is none", async () => {
  const answer = await exportFile(table(), "geojson");
  expect(answer.headers.get("content-type")).toBe("application/geo+json");
  expect(JSON.parse(await answer.text())).toEqual({
    type: "FeatureCollection",
    features: [
      {
        type: "Feature",
        geometry: { type: "Point", coordinates: [8.25, 47.5] },
        properties: { code: "A", value: 1.5, open: true, at },
      },
      { type: "Feature", geometry: null, properties: { code: "=B,1", value: null, open: false, at: null } },
    ],
  });
  expect(JSON.parse(await (await exportFile(table([]), "geojson")).text())).toMatchObject({ features: [] });
});

test("Parquet reads back as what went in, missing values as missing", async () => {
  const answer = await exportFile(table(), "parquet");
  const rows = await parquetReadObjects({ file: await answer.arrayBuffer() });
  expect(rows).toEqual([
    { code: "A", latitude: 47.5, longitude: 8.25, value: 1.5, open: true, at: new Date(at) },
    { code: "=B,1", latitude: null, longitude: null, value: null, open: false, at: null },
  ]);
  expect(await parquetReadObjects({ file: await (await exportFile(table([]), "parquet")).arrayBuffer() })).toEqual([]);
});
