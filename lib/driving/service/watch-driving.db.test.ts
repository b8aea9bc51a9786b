import { afterAll, beforeEach, expect, test } from "vitest";
import type { Ctx } from "#lib/auth/context";
import { closeDb, systemDb } from "#lib/db/client";
import { closePool } from "#lib/db/pool";
import { closeLive } from "#lib/live/subscribe";
import { makeWorkspace } from "#lib/testing/people";
import { tickFeed } from "../ingest/tick-feed.ts";
import { closeFeeds } from "../live/live-feeds.ts";
import { STREAM_RECORDS_MAX } from "../live/render.ts";
import { readEvents, type ReadEvent } from "../testing/read-events.ts";
import { makeRecord, wallAt } from "../testing/records.ts";
import { postRecords } from "./post-records.ts";
import { watchDriving } from "./watch-driving.ts";

let ctx: Ctx;
beforeEach(async () => {
  ctx = await makeWorkspace();
});
afterAll(async () => {
  await closeFeeds();
  await closeLive();
  await closeDb();
  await closePool();
});

const post = (...rows: unknown[]) => postRecords(ctx, rows, null);
const watch = (lastEventId?: number) =>
  watchDriving(
    ctx,
    new Request("http://localhost:3000/api/v1/driving/live", {
      headers: lastEventId === undefined ? {} : { "last-event-id": String(lastEventId) },
    }),
  );
const saw =
  (...kinds: string[]) =>
  (events: readonly ReadEvent[]) =>
    kinds.every((kind) => events.some(({ event }) => event === kind));
const numbered = (events: readonly ReadEvent[]) =>
  events.filter(({ event, id }) => id !== null && event !== "snapshot");
/** As if half a minute had passed. */
const passBoundary = async () => {
  await systemDb().$executeRaw`
    update driving_feeds set frame_no = frame_no - 1 where workspace_id = ${ctx.workspaceId}::uuid`;
  await tickFeed(ctx);
};

test("two viewers are told the same, and a late comer finds in the snapshot what is open", async () => {
  const both = [await watch(), await watch()].map((response) =>
    readEvents(response, saw("snapshot", "overspeed-start", "records")),
  );
  await post(makeRecord(0, { isOverspeed: 1 }));
  const [first, second] = await Promise.all(both);
  expect(numbered(first ?? [])).toEqual(numbered(second ?? []));
  expect(numbered(first ?? [])).toMatchObject([
    { event: "overspeed-start", data: { driver: "likun1000003", at: wallAt(0), speedKmh: 125 } },
  ]);
  const records = first?.find(({ event }) => event === "records");
  expect(records?.data).toMatchObject({ fromSeq: 1, toSeq: 1 });
  const row = [1, "likun1000003", "华AVM936", wallAt(0), 125, 32.05, 118.77, null, 16, 0, null, null, null];
  expect(records?.data.records).toEqual([row]);

  const [snapshot] = await readEvents(await watch(), saw("snapshot"));
  expect(snapshot?.data).toMatchObject({
    openEpisodes: [{ kind: "overspeed", driver: "likun1000003", peakSpeedKmh: 125 }],
    drivers: [{ driver: "likun1000003", speedKmh: 125, recordCount: 1 }],
    records: [row],
  });
});

test("a frame holds everything received since the one before, late records marked", async () => {
  await post(makeRecord(100));
  await passBoundary();
  const reading = readEvents(await watch(), saw("frame"));
  await post(makeRecord(110), makeRecord(50));
  await passBoundary();
  const frame = (await reading).find(({ event }) => event === "frame");
  expect(frame?.data).toMatchObject({ fromSeq: 2, toSeq: 3, count: 2, lateCount: 1, isTruncated: false });
  const isLate = (frame?.data.columns as string[]).indexOf("isLate");
  expect((frame?.data.records as unknown[][]).map((row) => row[isLate])).toEqual([0, 1]);
  const { frameNo, endsAtMs, nextAtMs } = frame?.data as Record<string, number>;
  expect(endsAtMs).toBe((frameNo ?? 0) * 30_000);
  expect(nextAtMs).toBe((endsAtMs ?? 0) + 30_000);
});

test("a frame too large to be pushed names its records and still counts the late ones", async () => {
  await post(makeRecord(9000));
  await passBoundary();
  const reading = readEvents(await watch(), saw("frame"));
  await post(...Array.from({ length: STREAM_RECORDS_MAX }, (_, index) => makeRecord(9001 + index)), makeRecord(50));
  await passBoundary();
  const frame = (await reading).find(({ event }) => event === "frame");
  const count = STREAM_RECORDS_MAX + 1;
  expect(frame?.data).toMatchObject({
    fromSeq: 2,
    toSeq: count + 1,
    count,
    lateCount: 1,
    isTruncated: true,
    records: [],
  });
});

test("a viewer who comes back is told exactly what it missed", async () => {
  await post(makeRecord(0, { isOverspeed: 1 }));
  const [snapshot] = await readEvents(await watch(), saw("snapshot"));
  const lastId = snapshot?.id ?? NaN;
  await post(makeRecord(5, { isOverspeedFinished: 1, overspeedTime: 5 }), makeRecord(9, { isOverspeed: 1 }));
  await passBoundary();
  const resumed = readEvents(await watch(lastId), (events) => numbered(events).length === 4);
  await post(makeRecord(100));
  const ids = numbered(await resumed).map(({ id }) => id);
  expect(ids).toEqual([1, 2, 3, 4].map((step) => lastId + step));
  // A number from another life is answered with a snapshot.
  const [again] = await readEvents(await watch(1_000_000), (events) => events.length > 0);
  expect(again?.event).toBe("snapshot");
});

test("a driver who falls silent leaves his episode unclosed, and a record within the gap takes it up again", async () => {
  await post(makeRecord(0, { isOverspeed: 1 }));
  await systemDb().$executeRaw`
    update drivers set last_received_at = now() - interval '61 s' where workspace_id = ${ctx.workspaceId}::uuid`;
  await tickFeed(ctx);
  await tickFeed(ctx);
  const states = () => systemDb().drivingEpisode.findMany({ where: { workspaceId: ctx.workspaceId } });
  expect(await states()).toMatchObject([{ state: "unclosed" }]);
  await post(makeRecord(30), makeRecord(31, { isOverspeedFinished: 1, overspeedTime: 31 }));
  expect(await states()).toMatchObject([{ state: "closed", durationS: 31 }]);
  const told = await systemDb().drivingEvent.findMany({
    where: { workspaceId: ctx.workspaceId, kind: { not: "frame" } },
    orderBy: { eventNo: "asc" },
  });
  expect(told.map(({ kind }) => kind)).toEqual([
    "overspeed-start",
    "overspeed-unclosed",
    "overspeed-start",
    "overspeed-end",
  ]);
});
