import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import type { Ctx } from "#lib/auth/context";
import { systemDb } from "#lib/db/client";
import { isAppError } from "#lib/errors";
import { newId, sha256Hex } from "#lib/ids";
import { artifactKey } from "#lib/objects/keys";
import { putTestObject } from "#lib/testing/objects";
import { createTestWorkspace } from "#lib/testing/runs";
import { zipOf } from "#lib/runner/testing/zips";
import { chartEntry } from "./service/chart-entry.ts";
import { readEntryRows } from "./service/read-entry-rows.ts";
import { listEntries } from "./service/list-entries.ts";
import { previewEntry } from "./service/preview-entry.ts";
import { sendEntry } from "./service/send-entry.ts";

const PNG = Buffer.concat([Buffer.from("89504e470d0a1a0a", "hex"), randomBytes(300_000)]);
const PAGE = "<script>alert(1)</script>";
const GEOJSON = JSON.stringify({ type: "Point", coordinates: [-122.3, 47.6] });

async function stored(ctx: Ctx, bytes: Buffer): Promise<string> {
  const { workspaceId } = ctx;
  const sha256 = sha256Hex(bytes);
  const objectKey = artifactKey(workspaceId, sha256);
  await putTestObject(objectKey, bytes);
  const file = { mediaType: "application/zip", fileName: "output.zip", sizeBytes: bytes.length };
  const { id } = await systemDb().artifact.create({ data: { id: newId(), workspaceId, sha256, objectKey, ...file } });
  return id;
}

async function refusal(work: Promise<unknown>) {
  const error: unknown = await work.then(
    () => null,
    (caught: unknown) => caught,
  );
  return isAppError(error) ? { code: error.code, detail: error.message } : error;
}

test("files of a zip are listed, previewed and sent; a page among them is only ever text or a download", async () => {
  const ctx = await createTestWorkspace();
  const rows = Array.from({ length: 300 }, (_, index) => `${index},${index / 2}`).join("\n");
  const zip = await zipOf({
    ...{ "means.csv": `hour,mean\n${rows}\n`, "deep/plot.png": PNG, "places.geojson": GEOJSON },
    ...{ "index.html": PAGE, "fake.png": PAGE, "model.bin": randomBytes(40) },
  });
  const id = await stored(ctx, zip);
  const { entries, isCut } = await listEntries(ctx, id);
  expect(isCut).toBe(false);
  expect(entries.map(({ path, kind }) => `${path} ${kind}`)).toEqual([
    ...["means.csv table", "deep/plot.png image", "places.geojson map", "index.html text", "fake.png image"],
    "model.bin none",
  ]);
  expect(entries[1]?.sizeBytes).toBe(PNG.length);

  const table = await previewEntry(ctx, id, "means.csv");
  expect(table).toMatchObject({ kind: "table", columns: ["hour", "mean"], isCut: true });
  expect(table.kind === "table" && [table.rows.length, table.rows[1]]).toEqual([100, ["1", "0.5"]]);
  expect(await previewEntry(ctx, id, "places.geojson")).toMatchObject({ points: [{ lat: 47.6, lon: -122.3 }] });
  expect(await previewEntry(ctx, id, "index.html")).toEqual({ kind: "text", text: PAGE, isCut: false });

  const picture = await sendEntry(ctx, id, { path: "deep/plot.png", inline: true });
  expect(picture.headers.get("content-type")).toBe("image/png");
  expect(Buffer.from(await picture.arrayBuffer()).equals(PNG)).toBe(true);
  const page = await sendEntry(ctx, id, { path: "index.html", inline: false });
  expect(page.headers.get("content-type")).toBe("application/octet-stream");
  expect(page.headers.get("content-disposition")).toContain("attachment");
  expect(page.headers.get("content-security-policy")).toContain("sandbox");
  expect(await page.text()).toBe(PAGE);
  const refused = { code: "unprocessable" };
  expect(await refusal(sendEntry(ctx, id, { path: "fake.png", inline: true }))).toMatchObject(refused);
  expect(await refusal(sendEntry(ctx, id, { path: "index.html", inline: true }))).toMatchObject(refused);
  expect(await refusal(previewEntry(ctx, id, "model.bin"))).toMatchObject(refused);
});

test("a file that is not there, another workspace's zip and what is no zip are refused with the reason", async () => {
  const [ctx, other] = [await createTestWorkspace(), await createTestWorkspace()];
  const id = await stored(ctx, await zipOf({ "a.csv": "a,b\n1,2\n" }));
  expect(await refusal(previewEntry(ctx, id, "../a.csv"))).toMatchObject({ code: "not_found" });
  expect(await refusal(listEntries(other, id))).toMatchObject({ code: "not_found" });
  const text = await stored(ctx, Buffer.from("no zip at all, only text"));
  expect(await refusal(listEntries(ctx, text))).toMatchObject({
    code: "unprocessable",
    detail: expect.stringContaining("output.zip cannot be looked into") as string,
  });
});

test("a directory larger than one read is read to its end", async () => {
  const ctx = await createTestWorkspace();
  const files = Object.fromEntries(
    Array.from({ length: 2_100 }, (_, index) => [`${"n".repeat(200)}-${index}.csv`, "a\n1"]),
  );
  const id = await stored(ctx, await zipOf(files));
  const listing = await listEntries(ctx, id);
  expect([listing.entries.length, listing.isCut]).toEqual([2_000, true]);
  const last = `${"n".repeat(200)}-2099.csv`;
  expect(await previewEntry(ctx, id, last)).toMatchObject({ kind: "table" });
});

test("a table is read page by page and drawn over its times, numbers or rows", async () => {
  const ctx = await createTestWorkspace();
  const times = Array.from({ length: 1_000 }, (_, row) => new Date(Date.UTC(2026, 0, 1, row)).toISOString());
  const lines = times.map((time, row) => `${time},"${row}",${row % 7 === 0 ? "" : row / 2},note ${row}`);
  const id = await stored(ctx, await zipOf({ "a/means.csv": `time,no,mean,note\n${lines.join("\n")}\n` }));
  const path = "a/means.csv";
  expect(await previewEntry(ctx, id, path)).toMatchObject({ kinds: ["time", "number", "number", "text"] });

  const page = await readEntryRows(ctx, id, { path, offset: 250, limit: 100 });
  expect([page.rows.length, page.rows[0], page.hasMore]).toEqual([100, [times[250], "250", "125", "note 250"], true]);
  const last = await readEntryRows(ctx, id, { path, offset: 950, limit: 100 });
  expect([last.rows.length, last.hasMore, last.isCut]).toEqual([50, false, false]);

  const overTime = await chartEntry(ctx, id, { path, x: "time", y: "mean" });
  expect(overTime).toMatchObject({ xKind: "time", hasOffset: true, rowCount: 857, pairs: 0 });
  expect([overTime.points.x[0], overTime.points.y[0]]).toEqual([Date.parse(times[1]!), 0.5]);
  expect(await chartEntry(ctx, id, { path, x: "no", y: "mean" })).toMatchObject({ xKind: "number", rowCount: 857 });
  expect(await chartEntry(ctx, id, { path, y: "no" })).toMatchObject({ xKind: "row", rowCount: 1000 });
  expect(await refusal(chartEntry(ctx, id, { path, y: "none" }))).toMatchObject({ code: "not_found" });
});

test("a table larger than is read shows its beginning and says that it goes on", { timeout: 60_000 }, async () => {
  const ctx = await createTestWorkspace();
  const row = `2026-01-01T00:00:00Z,1.5,${"x".repeat(70)}\n`;
  const bytes = Buffer.from(`time,value,note\n${row.repeat(Math.ceil(70_000_000 / row.length))}`);
  const id = await stored(ctx, await zipOf({ "big.csv": bytes }));
  const whole = Math.floor((64 * 2 ** 20) / row.length);
  const end = await readEntryRows(ctx, id, { path: "big.csv", offset: whole - 5, limit: 100 });
  expect(end).toMatchObject({ hasMore: false, isCut: true });
  expect(end.rows.at(-1)).toEqual(["2026-01-01T00:00:00Z", "1.5", "x".repeat(70)]);
  expect((await chartEntry(ctx, id, { path: "big.csv", y: "value" })).isCut).toBe(true);
});
