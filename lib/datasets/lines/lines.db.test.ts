import { expect, test } from "vitest";
import { systemDb } from "#lib/db/client";
import { newId, sha256Hex } from "#lib/ids";
import { artifactKey } from "#lib/objects/keys";
import { putTestObject } from "#lib/testing/objects";
import { createTestWorkspace } from "#lib/testing/runs";
import type { Ctx } from "#lib/auth/context";
import { readLines } from "./service/read-lines.ts";
import { searchLines } from "./service/search-lines.ts";

async function stored(ctx: Ctx, bytes: Buffer, mediaType = "text/plain"): Promise<string> {
  const { workspaceId } = ctx;
  const sha256 = sha256Hex(bytes);
  const objectKey = artifactKey(workspaceId, sha256);
  await putTestObject(objectKey, bytes);
  const file = { mediaType, fileName: "machine.log", sizeBytes: bytes.length };
  const { id } = await systemDb().artifact.create({ data: { id: newId(), workspaceId, sha256, objectKey, ...file } });
  return id;
}

test("lines out of the middle of a long log, its end, and what is in it", async () => {
  const ctx = await createTestWorkspace();
  const text = Array.from({ length: 200_000 }, (_, number) => `step ${number}: ${number % 1000 ? "ok" : "Überlauf"}`);
  const id = await stored(ctx, Buffer.from(`${text.join("\n")}\n`));
  expect(await readLines(ctx, id, { from: 123_456, count: 3 })).toEqual({
    total: 200_000,
    from: 123_456,
    lines: text.slice(123_456, 123_459),
  });
  expect((await readLines(ctx, id, { from: 199_999, count: 500 })).lines).toEqual([text[199_999]]);
  expect((await readLines(ctx, id, { from: 200_000, count: 500 })).lines).toEqual([]);
  const found = await searchLines(ctx, id, { q: "überlauf", limit: 2 });
  expect(found).toEqual({
    total: 200,
    hits: [
      { line: 0, text: text[0] },
      { line: 1000, text: text[1000] },
    ],
  });
});

test("another workspace's log and what is no text are refused", async () => {
  const [ctx, other] = [await createTestWorkspace(), await createTestWorkspace()];
  const id = await stored(ctx, Buffer.from("one line\n"));
  await expect(readLines(other, id, { from: 0, count: 1 })).rejects.toMatchObject({ code: "not_found" });
  await expect(searchLines(other, id, { q: "one", limit: 1 })).rejects.toMatchObject({ code: "not_found" });
  const zip = await stored(ctx, Buffer.from("PK"), "application/zip");
  await expect(readLines(ctx, zip, { from: 0, count: 1 })).rejects.toMatchObject({ code: "unprocessable" });
});
