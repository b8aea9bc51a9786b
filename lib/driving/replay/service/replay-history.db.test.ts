import { afterAll, beforeEach, expect, test } from "vitest";
import type { Ctx } from "#lib/auth/context";
import { closeDb } from "#lib/db/client";
import { closePool } from "#lib/db/pool";
import { makeWorkspace } from "#lib/testing/people";
import { postRecords } from "../../service/post-records.ts";
import { readEvents } from "../../testing/read-events.ts";
import { makeRecord, wallAt } from "../../testing/records.ts";
import { replayQuery } from "../schema.ts";
import { replayHistory } from "./replay-history.ts";

let ctx: Ctx;
beforeEach(async () => {
  ctx = await makeWorkspace();
  const rows = [
    makeRecord(0),
    makeRecord(100, { isOverspeed: 1 }),
    makeRecord(105, { isOverspeedFinished: 1, overspeedTime: 5 }),
    makeRecord(290),
    makeRecord(1000),
  ];
  await postRecords(ctx, rows, null);
});
afterAll(async () => {
  await closeDb();
  await closePool();
});

const play = (query: Record<string, string>, lastEventId?: string) => {
  const headers: Record<string, string> = lastEventId === undefined ? {} : { "last-event-id": lastEventId };
  const request = new Request("http://localhost:3000/api/v1/driving/replay", { headers });
  return replayHistory(ctx, request, replayQuery.parse({ speed: "600", ...query }));
};

test("plays records and alerts of a stretch in their order and ends", async () => {
  const events = await readEvents(play({ from: wallAt(60), to: wallAt(300) }), (seen) => seen.at(-1)?.event === "end");
  const seqs = events.filter(({ event }) => event === "records").flatMap(({ data }) => data.records as number[][]);
  expect(seqs.map(([seq]) => seq)).toEqual([2, 3, 4]);
  const alerts = events.filter(({ event }) => event.startsWith("overspeed"));
  expect(alerts.map(({ event, data }) => [event, data.at])).toEqual([
    ["overspeed-start", wallAt(100)],
    ["overspeed-end", wallAt(100)],
  ]);
  expect(events.at(-1)?.data).toMatchObject({ at: wallAt(300), speed: 600 });
});

test("goes on where somebody left, and begins again in a loop", async () => {
  const from = Date.parse(`${wallAt(250).replace(" ", "T")}Z`);
  const query = { from: wallAt(60), to: wallAt(300), loop: "true" };
  const events = await readEvents(play(query, String(from)), (seen) => seen.some(({ event }) => event === "loop"));
  const clocks = events.filter(({ event }) => event === "clock").map(({ data }) => Number(data.positionMs));
  expect(clocks[0]).toBeGreaterThanOrEqual(from);
  expect(events.some(({ event }) => event === "overspeed-start")).toBe(false);
});
