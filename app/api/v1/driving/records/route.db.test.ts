import { afterAll, beforeEach, describe, expect, test } from "vitest";
import type { Ctx } from "#lib/auth/context";
import { closeDb, systemDb } from "#lib/db/client";
import { closePool } from "#lib/db/pool";
import { makeApiKey, makeWorkspace } from "#lib/testing/people";
import { POST as addData } from "../../../../addData/route.ts";
import { POST } from "./route.ts";

let ctx: Ctx;
let key: string;
beforeEach(async () => {
  ctx = await makeWorkspace();
  ({ key } = await makeApiKey(ctx, { scopes: ["records:write"] }));
});
afterAll(async () => {
  await closeDb();
  await closePool();
});

async function send(handler: typeof POST, body: unknown, headers: Record<string, string> = {}) {
  const request = new Request("http://localhost:3000/api/v1/driving/records", {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${key}`, ...headers },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
  const response = await handler(request, { params: Promise.resolve({}) });
  return { status: response.status, text: await response.text() };
}
async function post(body: unknown, headers: Record<string, string> = {}) {
  const { status, text } = await send(POST, body, headers);
  return { status, answer: JSON.parse(text) as Record<string, unknown> };
}

const at = (second: number) =>
  new Date(Date.UTC(2017, 0, 1, 8, 0, second)).toISOString().slice(0, 19).replace("T", " ");
const record = (second: number, more: object = {}) => ({
  ...{ driverID: "likun1000003", carPlateNumber: "华AVM936", Latitude: "32.05", Longtitude: "118.77", Speed: "125" },
  Time: at(second),
  ...more,
});
const episodes = () =>
  systemDb().drivingEpisode.findMany({ where: { workspaceId: ctx.workspaceId }, orderBy: { startSeq: "asc" } });
const alerts = () => systemDb().drivingAlert.findMany({ where: { workspaceId: ctx.workspaceId } });
const events = () =>
  systemDb().drivingEvent.findMany({ where: { workspaceId: ctx.workspaceId }, orderBy: { eventNo: "asc" } });
const stored = () => systemDb().$queryRaw<{ seq: bigint; isLate: boolean }[]>`
  select seq, is_late as "isLate" from driving_records where workspace_id = ${ctx.workspaceId}::uuid order by seq`;

/** received = stored + duplicate + rejected, and the table holds what the ledger says. */
async function expectBalance(expected: object) {
  const { _sum } = await systemDb().drivingLedgerHour.aggregate({
    where: { workspaceId: ctx.workspaceId },
    _sum: { received: true, stored: true, duplicate: true, rejected: true, late: true },
  });
  const sums = Object.fromEntries(Object.entries(_sum).map(([name, value]) => [name, Number(value)]));
  expect(sums).toMatchObject(expected);
  expect(sums.received).toBe((sums.stored ?? 0) + (sums.duplicate ?? 0) + (sums.rejected ?? 0));
  expect(await stored()).toHaveLength(sums.stored ?? -1);
}

describe("POST /driving/records", () => {
  test("says of every record what became of it, and the ledger agrees", async () => {
    const { status, answer } = await post([record(0), record(1, { Speed: 301 }), 7, record(1)]);
    expect(status).toBe(200);
    expect(answer).toMatchObject({ accepted: 2, duplicate: 0, rejected: 2, late: 0, repeated: false });
    expect(answer.rows).toEqual([
      { index: 0, state: "accepted" },
      { index: 1, state: "rejected", reason: "Speed: 301 is not between 0 and 300" },
      { index: 2, state: "rejected", reason: "record: An object was expected" },
      { index: 3, state: "accepted" },
    ]);
    await expectBalance({ received: 4, stored: 2, rejected: 2 });
  });

  test("records of equal content are different records", async () => {
    await post([record(0), record(0), record(0)]);
    await post(record(0));
    await expectBalance({ received: 4, stored: 4 });
    expect((await stored()).map(({ seq }) => Number(seq))).toEqual([1, 2, 3, 4]);
  });

  test("a producer's number is taken once for each driver, also inside one call", async () => {
    const first = await post([record(0, { sequence: 1 }), record(1, { sequence: "2" }), record(1, { sequence: 2 })]);
    expect(first.answer).toMatchObject({ accepted: 2, duplicate: 1 });
    const again = await post([record(1, { sequence: 2 }), record(2, { sequence: 3 })]);
    expect(again.answer.rows).toEqual([
      { index: 0, state: "duplicate" },
      { index: 1, state: "accepted" },
    ]);
    expect((await post([record(0, { driverID: "other", sequence: 1 })])).answer).toMatchObject({ accepted: 1 });
    await expectBalance({ received: 6, stored: 4, duplicate: 2 });
  });

  test("a repeated call gets its first answer and adds nothing; its key is good for nothing else", async () => {
    const body = [record(0), { driverID: "x" }];
    const first = await post(body, { "idempotency-key": "k1" });
    const again = await post(body, { "idempotency-key": "k1" });
    expect(again).toEqual({ status: 200, answer: { ...first.answer, repeated: true } });
    expect((await post([record(5)], { "idempotency-key": "k1" })).status).toBe(422);
    await expectBalance({ received: 4, stored: 1, duplicate: 1, rejected: 2 });
  });

  test("the same call many times at once is carried out once", async () => {
    const calls = Array.from({ length: 20 }, () => post([record(0)], { "idempotency-key": "same" }));
    const answers = await Promise.all(calls);
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 20 }, () => 200));
    expect(answers.filter(({ answer }) => answer.repeated === false)).toHaveLength(1);
    await expectBalance({ received: 20, stored: 1, duplicate: 19 });
  });

  test("CSV and NDJSON", async () => {
    const line = "likun1000003,华AVM936,32.05,118.77,72,211,,2017-01-01 08:00:05";
    const csv = await post(`${line}\n${line},,,,,,,,,1,,,\n`, { "content-type": "text/csv" });
    expect(csv.answer).toMatchObject({ accepted: 2 });
    const lines = `${JSON.stringify(record(9))}\nnonsense\n`;
    const ndjson = await post(lines, { "content-type": "application/x-ndjson" });
    expect(ndjson.answer).toMatchObject({ accepted: 1, rejected: 1 });
    expect((await post(`${line}\n`.repeat(5001), { "content-type": "text/csv" })).status).toBe(413);
  });

  test("nothing readable is no success, but is counted", async () => {
    const { status, answer } = await post({ ...record(0), Latitude: "north" });
    expect(status).toBe(422);
    expect(answer.errors).toEqual([{ pointer: "/0", detail: "Latitude: A number was expected" }]);
    await expectBalance({ received: 1, rejected: 1 });
    expect((await post([])).status).toBe(400);
  });
});

describe("episodes and alerts", () => {
  test("are written with the record: raised, cleared, told in order", async () => {
    await post(record(0, { isOverspeed: "1" }));
    expect(await alerts()).toMatchObject([{ state: "open", speedKmh: 125, clearedAt: null }]);
    await post(record(4, { Speed: 149 }));
    await post(record(7, { isOverspeedFinished: "1", overspeedTime: "7", Speed: 120 }));
    expect(await episodes()).toMatchObject([
      { kind: "overspeed", state: "closed", durationS: 7, reportedS: 7, peakSpeedKmh: 149, recordCount: 3 },
    ]);
    expect(await alerts()).toMatchObject([{ state: "closed", clearedAt: expect.any(Date) as Date }]);
    const told = (await events()).filter(({ kind }) => kind !== "frame");
    expect(told.map(({ kind }) => kind)).toEqual(["overspeed-start", "overspeed-end"]);
    expect(told[1]?.payload).toMatchObject({ driver: "likun1000003", at: at(0), endedAt: at(7), peakSpeedKmh: 149 });
  });

  test("a gap leaves an episode unclosed", async () => {
    await post([record(0, { isOverspeed: "1" }), record(61)]);
    expect(await episodes()).toMatchObject([{ state: "unclosed", durationS: null }]);
    expect((await events()).map(({ kind }) => kind)).toEqual(["overspeed-start", "overspeed-unclosed"]);
  });

  test("a late record changes the episodes it belongs to, raises no alert and is counted", async () => {
    await post([record(0, { isOverspeed: "1" }), record(100)]);
    const [before] = await episodes();
    // What was missing: the episode went on, ended, and another one began and ended.
    const { answer } = await post([
      record(50, { isOverspeedFinished: "1", overspeedTime: 50 }),
      record(60, { isOverspeed: 1 }),
      record(70, { isOverspeedFinished: 1, overspeedTime: 10 }),
    ]);
    expect(answer).toMatchObject({ accepted: 3, late: 3 });
    const after = await episodes();
    expect(after).toMatchObject([
      { id: before?.id, state: "closed", durationS: 50 },
      { state: "closed", durationS: 10 },
    ]);
    expect(await alerts()).toMatchObject([{ id: before?.id, state: "closed" }]);
    const kinds = (await events()).map(({ kind }) => kind);
    expect(kinds).toEqual(["overspeed-start", "overspeed-unclosed", "overspeed-end"]);
    await expectBalance({ stored: 5, late: 3 });
  });

  test("a session that comes hours after the fleet went on raises no alert", async () => {
    await post(record(8 * 3600));
    const old = { driverID: "other" };
    const { answer } = await post([
      record(0, { ...old, isOverspeed: 1 }),
      record(5, { ...old, isOverspeedFinished: 1, overspeedTime: 5 }),
    ]);
    expect(answer).toMatchObject({ accepted: 2, late: 2 });
    expect(await episodes()).toMatchObject([{ state: "closed", durationS: 5 }]);
    expect(await alerts()).toEqual([]);
  });
});

test("POST /addData takes a record of texts and answers a line of text", async () => {
  const { status, text } = await send(addData, record(0, { isFatigueDriving: "1" }));
  expect(status).toBe(200);
  expect(text).toMatch(/^Task \S+ added to queue at \S+\. 0 tasks in the queue$/);
  expect((await send(addData, "")).status).toBe(400);
  await expectBalance({ received: 1, stored: 1 });
});
