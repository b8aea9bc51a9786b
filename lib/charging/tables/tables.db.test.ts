import { afterAll, beforeEach, expect, test } from "vitest";
import type { Ctx } from "#lib/auth/context";
import { closeDb, inWorkspace } from "#lib/db/client";
import { closePool } from "#lib/db/pool";
import { makeWorkspace } from "#lib/testing/people";
import { tableQuery } from "./schema.ts";
import { getTable, readTable } from "./service/get-table.ts";
import { importTable, saveTable } from "./service/save-table.ts";

let ctx: Ctx;

beforeEach(async () => {
  ctx = await makeWorkspace();
});
afterAll(async () => {
  await closeDb();
  await closePool();
});

const row = (evCount: number) => ({ county: "Alameda", year: 2030, evCount });
const save = (evCount: number, basedOn: string | null) =>
  saveTable(ctx, "adoption", { rows: [row(evCount)], basedOn, source: "" });

test("a save adds a version, the one before can still be read, and saving the same again adds none", async () => {
  expect(await getTable(ctx, "adoption")).toMatchObject({ id: null, version: 0, rows: [], versions: [] });
  const first = await save(5, null);
  const second = await save(6, first.id);
  expect([first.version, second.version]).toEqual([1, 2]);
  expect((await save(6, second.id)).version).toBe(2);
  expect((await getTable(ctx, "adoption", 1)).rows).toMatchObject([row(5)]);
  expect(second.versions.map(({ version, rowCount }) => [version, rowCount])).toEqual([
    [2, 1],
    [1, 1],
  ]);
  await expect(getTable(ctx, "adoption", 3)).rejects.toMatchObject({ code: "not_found" });
  expect((await getTable(ctx, "ports")).version).toBe(0);
});

test("of people who save at once one goes through, and the others are told", async () => {
  const { id } = await save(1, null);
  const outcomes = await Promise.allSettled([2, 3, 4].map((evCount) => save(evCount, id)));
  expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  await expect(save(5, id)).rejects.toMatchObject({ code: "conflict" });
  await expect(save(5, null)).rejects.toMatchObject({ code: "conflict" });
});

test("a wrong row is refused with its place, and nothing is saved", async () => {
  const file = { fileName: "a.csv", text: "county,year,evs\nAlameda,2030,5\nNapa,soon,6\n", basedOn: null };
  await expect(importTable(ctx, "adoption", file)).rejects.toMatchObject({
    code: "invalid_input",
    message: "a.csv, row 2, Year: Write a year, as 2030.",
    fields: [{ pointer: "/rows/1/year" }],
  });
  expect((await getTable(ctx, "adoption")).version).toBe(0);
});

test("the exported file is one that the import reads, to the same rows", async () => {
  const file = {
    fileName: "ports.csv",
    text: "place,year,level,portCount\n02134,,L2,5\nNapa,2030,DC fast,6\n",
    basedOn: null,
  };
  const imported = await importTable(ctx, "ports", file);
  const csv = (await readTable(ctx, "ports", tableQuery.parse({ format: "csv" }))) as Response;
  const again = await importTable(ctx, "ports", {
    fileName: "ports.csv",
    text: await csv.text(),
    basedOn: imported.id,
  });
  expect(again.version).toBe(1);
  expect(again.rows).toEqual(imported.rows);
});

test("versions stand, and another workspace has its own", async () => {
  const { id } = await save(1, null);
  const change = inWorkspace(ctx, (tx) => tx.chargingTable.updateMany({ where: { id: id! }, data: { source: "x" } }));
  await expect(change).rejects.toThrow(/permission denied/);
  const other = await makeWorkspace();
  expect((await getTable(other, "adoption")).rows).toEqual([]);
});
