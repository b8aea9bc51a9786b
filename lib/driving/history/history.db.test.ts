import { afterAll, beforeEach, expect, test } from "vitest";
import type { Ctx } from "#lib/auth/context";
import { closeDb, systemDb } from "#lib/db/client";
import { closePool } from "#lib/db/pool";
import { makeWorkspace } from "#lib/testing/people";
import { drivingAlertsQuery } from "../alerts/schema.ts";
import { judgeAlert } from "../alerts/service/judge-alert.ts";
import { listAlerts } from "../alerts/store.ts";
import { postRecords } from "../service/post-records.ts";
import { makeRecord, wallAt } from "../testing/records.ts";
import { episodesQuery, recordsQuery } from "./schema.ts";
import { listRecords } from "./service/list-records.ts";
import { readLedger } from "./service/read-ledger.ts";
import { listEpisodes } from "./store.ts";

let ctx: Ctx;
beforeEach(async () => {
  ctx = await makeWorkspace();
});
afterAll(async () => {
  await closeDb();
  await closePool();
});
const post = (...rows: unknown[]) => postRecords(ctx, rows, null);

test("an alert is acknowledged, or excused with a reason, and viewers are told", async () => {
  await post(makeRecord(0, { isOverspeed: 1 }), makeRecord(0, { driverID: "other", isOverspeed: 1 }));
  const unseen = await listAlerts(ctx, drivingAlertsQuery.parse({ verdict: "none" }));
  expect(unseen.items).toMatchObject([{ state: "open", verdict: null }, { state: "open" }]);
  const id = unseen.items[0]?.id ?? "";
  const judged = await judgeAlert(ctx, id, { verdict: "excused", comment: "ambulance" });
  expect(judged).toMatchObject({ id, verdict: "excused", verdictComment: "ambulance", verdictByLabel: "test" });
  expect((await listAlerts(ctx, drivingAlertsQuery.parse({ verdict: "none" }))).items).toHaveLength(1);
  const event = await systemDb().drivingEvent.findFirst({ where: { workspaceId: ctx.workspaceId, kind: "alert" } });
  expect(event?.payload).toMatchObject({ episodeId: id, verdict: "excused" });
  // The end of the episode leaves what people said.
  await post(
    makeRecord(5, { driverID: judged.driver, isOverspeedFinished: 1, overspeedTime: 5 }),
    makeRecord(500, { driverID: judged.driver }),
  );
  const [kept] = (await listAlerts(ctx, drivingAlertsQuery.parse({ driver: judged.driver }))).items;
  expect(kept).toMatchObject({ state: "closed", durationS: 5, verdict: "excused" });
  const foreign = await makeWorkspace();
  await expect(judgeAlert(foreign, id, { verdict: "acknowledged", comment: "" })).rejects.toThrow(/no such alert/);
});

test("records of a driver by time and of everybody by arrival, page after page", async () => {
  await post(makeRecord(10), makeRecord(20), makeRecord(20, { driverID: "other" }), makeRecord(15), makeRecord(20));
  const driver = "likun1000003";
  const first = await listRecords(ctx, recordsQuery.parse({ driver, limit: 2, from: wallAt(10), to: wallAt(20) }));
  expect(first.items.map(({ seq }) => seq)).toEqual([1, 4]);
  const rest = await listRecords(ctx, recordsQuery.parse({ driver, cursor: first.nextCursor }));
  expect(rest.items.map(({ seq, isLate }) => [seq, isLate])).toEqual([
    [2, false],
    [5, false],
  ]);
  const arrived = await listRecords(ctx, recordsQuery.parse({ fromSeq: 2, toSeq: 4, limit: 2 }));
  expect(arrived.items.map(({ seq }) => seq)).toEqual([2, 3]);
  const more = await listRecords(ctx, recordsQuery.parse({ fromSeq: 2, toSeq: 4, cursor: arrived.nextCursor }));
  expect(more.items.map(({ seq }) => seq)).toEqual([4]);
  expect(() => listRecords(ctx, recordsQuery.parse({ driver, fromSeq: 2 }))).toThrow(/not for both/);
});

test("episodes by kind, driver and period", async () => {
  await post(
    makeRecord(0, { isOverspeed: 1 }),
    makeRecord(5, { isOverspeedFinished: 1, overspeedTime: 5, isNeutralSlide: 1 }),
    makeRecord(9, { isNeutralSlideFinished: 1, neutralSlideTime: 4 }),
  );
  const list = async (query: object) => (await listEpisodes(ctx, episodesQuery.parse(query))).items;
  expect(await list({})).toMatchObject([
    { kind: "neutral-slide", startAt: wallAt(5), durationS: 4 },
    { kind: "overspeed", startAt: wallAt(0), endAt: wallAt(5) },
  ]);
  expect(await list({ kind: "overspeed", to: wallAt(0) })).toHaveLength(1);
  expect(await list({ driver: "nobody" })).toEqual([]);
});

test("the ledger notices a record that is not in the table", async () => {
  await post(makeRecord(0), makeRecord(1), 7);
  expect((await readLedger(ctx, 24)).total).toEqual({
    ...{ received: 3, stored: 2, duplicate: 0, rejected: 1, late: 0, calls: 1 },
    ...{ inTable: 2, isBalanced: true },
  });
  await systemDb().$executeRaw`delete from driving_records where workspace_id = ${ctx.workspaceId}::uuid and seq = 1`;
  expect((await readLedger(ctx, 24)).total).toMatchObject({ inTable: 1, isBalanced: false });
});
