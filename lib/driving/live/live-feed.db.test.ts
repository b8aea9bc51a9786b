import { afterAll, expect, test } from "vitest";
import { closeDb, systemDb } from "#lib/db/client";
import { closePool } from "#lib/db/pool";
import { closeLive } from "#lib/live/subscribe";
import { makeWorkspace } from "#lib/testing/people";
import { tickFeed } from "../ingest/tick-feed.ts";
import { postRecords } from "../service/post-records.ts";
import { makeRecord } from "../testing/records.ts";
import { LiveFeed, Viewer } from "./live-feed.ts";

afterAll(async () => {
  await closeLive();
  await closeDb();
  await closePool();
});

/** A process's feed with one viewer; resolves with everything numbered once that many events came. */
async function watchFeed(workspaceId: string, count: number) {
  const feed = new LiveFeed(workspaceId);
  await feed.start();
  const numbered: string[] = [];
  const { promise, resolve } = Promise.withResolvers<string[]>();
  const write = (bytes: Uint8Array) => {
    const text = Buffer.from(bytes).toString("utf8");
    numbered.push(...text.split("\n\n").filter((block) => block.startsWith("id: ")));
    if (numbered.length >= count) resolve(numbered);
  };
  const viewer = new Viewer({ write, send: () => undefined, close: () => undefined });
  feed.join(viewer);
  viewer.ready(0);
  return { feed, numbered: promise };
}

test("feeds of different processes give their viewers the same bytes, whoever closed the frame", async () => {
  const ctx = await makeWorkspace();
  const { workspaceId } = ctx;
  const feeds = await Promise.all([watchFeed(workspaceId, 3), watchFeed(workspaceId, 3)]);
  await postRecords(ctx, [makeRecord(0, { isOverspeed: 1 }), makeRecord(3)], null);
  await postRecords(ctx, [makeRecord(5, { isOverspeedFinished: 1, overspeedTime: 5 })], null);
  await systemDb().$executeRaw`
    update driving_feeds set frame_no = frame_no - 1 where workspace_id = ${workspaceId}::uuid`;
  // Both find the boundary passed; one of them closes the frame.
  await Promise.all([tickFeed(ctx), tickFeed(ctx)]);
  const [one, other] = await Promise.all(feeds.map(({ numbered }) => numbered));
  expect(one).toEqual(other);
  expect(one?.map((block) => /^event: (\S+)$/m.exec(block)?.[1])).toEqual([
    "overspeed-start",
    "overspeed-end",
    "frame",
  ]);
  expect(one?.map((block) => /^id: (\d+)$/m.exec(block)?.[1])).toEqual(["1", "2", "3"]);
  for (const { feed } of feeds) feed.stop();
});
