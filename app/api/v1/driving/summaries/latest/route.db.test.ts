import { afterAll, expect, test } from "vitest";
import { GET as getResult } from "#app/api/v1/runs/[runId]/result/route";
import { closeDb } from "#lib/db/client";
import { dayFile, summarise } from "#lib/driving/testing/summarise";
import { closeLive } from "#lib/live/subscribe";
import { makeApiKey, makeWorkspace } from "#lib/testing/people";
import { addFile } from "#lib/uploads/service/add-file";
import { GET as getLatest } from "./route.ts";

afterAll(async () => {
  await closeLive();
  await closeDb();
});

test("the newest summary has an address that leads to the one which always means the same", async () => {
  const ctx = await makeWorkspace();
  await addFile(ctx, { fileName: "day-1", kind: "driving-records", chunks: [dayFile("2024-03-01", "anna")] });
  const { key } = await makeApiKey(ctx, { scopes: ["runs:read"] });
  const call = (headers: object = {}) =>
    new Request("http://localhost:3000/x", { headers: { authorization: `Bearer ${key}`, ...headers } });
  const none = { params: Promise.resolve({}) };
  expect((await getLatest(call(), none)).status).toBe(404);
  const id = await summarise(ctx, { params: { exports: [] } });
  const latest = await getLatest(call(), none);
  expect([latest.status, latest.headers.get("location")]).toEqual([307, `/api/v1/runs/${id}/result`]);
  const segment = { params: Promise.resolve({ runId: id }) };
  const first = await getResult(call(), segment);
  const etag = first.headers.get("etag") ?? "";
  expect([first.status, first.headers.get("cache-control")]).toEqual([200, "private, no-cache"]);
  expect((await getResult(call({ "if-none-match": etag }), segment)).status).toBe(304);
  const stranger = await makeApiKey(await makeWorkspace(), { scopes: ["runs:read"] });
  const foreign = call({ authorization: `Bearer ${stranger.key}`, "if-none-match": etag });
  expect((await getResult(foreign, segment)).status).toBe(404);
}, 60_000);
