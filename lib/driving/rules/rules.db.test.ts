import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeEach, expect, test, vi } from "vitest";
import type { Ctx } from "#lib/auth/context";
import { closeDb, systemDb } from "#lib/db/client";
import { closePool } from "#lib/db/pool";
import { parseSignature, digestOf } from "#lib/secrets/hook-signature";
import { makeMember, makeWorkspace } from "#lib/testing/people";
import { tickFeed } from "../ingest/tick-feed.ts";
import { postRecords } from "../service/post-records.ts";
import { makeRecord } from "../testing/records.ts";
import { sendWebhooks } from "./delivery/send-webhooks.ts";
import { tellPeople } from "./delivery/tell-people.ts";
import { ruleDefinition, ruleInput, type RuleInput } from "./schema.ts";
import { changeGeofence, createGeofence, deleteGeofence } from "./service/change-geofences.ts";
import { previewRule } from "./service/preview-rule.ts";
import { readRule, readRules } from "./service/read-rules.ts";
import { changeRule, createRule, deleteRule, renewRuleSecret } from "./service/change-rules.ts";

vi.stubEnv("FIELDPORT_PRIVATE_HOSTS", "127.0.0.1");

let ctx: Ctx;
beforeEach(async () => {
  ctx = await makeWorkspace();
});
afterAll(async () => {
  await closeDb();
  await closePool();
});

const NAME = "Town";
const make = (change: Record<string, unknown> = {}): RuleInput =>
  ruleInput.parse({ name: NAME, source: "speed", limitKmh: 100, severity: "critical", ...change });
const post = (...rows: unknown[]) => postRecords(ctx, rows, null);
const fast = (second: number, Speed = 120, more = {}) => makeRecord(second, { Speed, ...more });
const slow = (second: number) => fast(second, 60);

const ofWorkspace = () => ({ workspaceId: ctx.workspaceId });
const episodes = () =>
  systemDb().drivingEpisode.findMany({ where: { ...ofWorkspace(), kind: "rule" }, orderBy: { startAt: "asc" } });
const alerts = () => systemDb().drivingAlert.findMany({ where: { ...ofWorkspace(), kind: "rule" } });
const deliveries = () => systemDb().drivingDelivery.findMany({ where: ofWorkspace(), orderBy: { id: "asc" } });
const told = async () => {
  const where = { ...ofWorkspace(), kind: { not: "frame" } };
  const rows = await systemDb().drivingEvent.findMany({ where, orderBy: { eventNo: "asc" } });
  return rows.map(({ kind, payload }) => ({ kind, payload: payload as Record<string, unknown> }));
};

test("an own limit raises an alert that names rule, version and severity, and ends it; the device's are as before", async () => {
  const { id } = await createRule(ctx, make());
  await post(fast(0), fast(10, 130), slow(20));
  expect(await episodes()).toMatchObject([{ state: "closed", durationS: 20, peakSpeedKmh: 130, recordCount: 3 }]);
  expect(await alerts()).toMatchObject([{ state: "closed", severity: "critical", speedKmh: 120 }]);
  const said = await told();
  expect(said.map(({ kind }) => kind)).toEqual(["rule-start", "rule-end"]);
  expect(said[0]?.payload).toMatchObject({
    rule: NAME,
    ruleId: id,
    ruleVersion: 1,
    severity: "critical",
    speedKmh: 120,
  });
  await post(fast(30, 60, { isOverspeed: 1 }));
  const device = await systemDb().drivingEpisode.findMany({ where: { ...ofWorkspace(), kind: "overspeed" } });
  expect(device).toHaveLength(1);
});

test("a changed rule judges what arrives after the change, a deleted one nothing more", async () => {
  const { id } = await createRule(ctx, make());
  await post(fast(0, 90));
  const changed = await changeRule(ctx, id, make({ limitKmh: 80 }));
  expect(changed.version).toBe(2);
  await post(fast(10, 90), fast(20, 90));
  expect(await episodes()).toMatchObject([{ state: "open" }]);
  expect((await told())[0]?.payload).toMatchObject({ ruleVersion: 2 });
  await deleteRule(ctx, id);
  await post(fast(30, 90), fast(40, 90));
  expect(await episodes()).toMatchObject([{ state: "closed" }]);
});

test("inside a geofence only; while a rule uses it it cannot be deleted, and its new border counts from then on", async () => {
  const shape = { kind: "circle", lat: 32.05, lon: 118.77, radiusM: 1000 } as const;
  const { id: geofenceId } = await createGeofence(ctx, { name: "School", shape });
  await createRule(ctx, make({ geofenceIds: [geofenceId] }));
  await post(fast(0, 120, { Latitude: 33 }), fast(10), fast(20, 120, { Latitude: 33 }));
  expect(await episodes()).toMatchObject([{ state: "closed", place: "School", durationS: 10 }]);
  await expect(deleteGeofence(ctx, geofenceId)).rejects.toMatchObject({ code: "conflict" });
  await changeGeofence(ctx, geofenceId, { name: "School", shape: { ...shape, lat: 33 } });
  await post(fast(30, 120, { Latitude: 33 }));
  expect(await episodes()).toHaveLength(2);
});

test("a session that came late has its episodes, and nobody is told", async () => {
  await createRule(ctx, make({ delivery: { webhookUrls: ["https://example.org/hook"] } }));
  await post(slow(20_000));
  await post(fast(0), fast(10), slow(20));
  expect(await episodes()).toMatchObject([{ state: "closed" }]);
  expect([await alerts(), await deliveries(), await told()]).toEqual([[], [], []]);
});

test("records out of order give the episodes of the right order; one that is none any more is withdrawn", async () => {
  await createRule(ctx, make({ minDurationS: 20, delivery: { webhookUrls: ["https://example.org/hook"] } }));
  await post(fast(0), fast(10), fast(20), slow(30));
  expect(await alerts()).toMatchObject([{ state: "closed" }]);
  await post(slow(15));
  expect(await episodes()).toMatchObject([{ state: "withdrawn" }]);
  expect(await alerts()).toMatchObject([{ state: "withdrawn" }]);
  expect((await told()).map(({ kind }) => kind)).toEqual(["rule-start", "rule-end", "rule-withdrawn"]);
  expect(await deliveries()).toEqual([]);
});

test("what was too short becomes an episode by a straggler before it, without a live alert", async () => {
  await createRule(ctx, make({ minDurationS: 30 }));
  await post(fast(10), fast(30), slow(40));
  expect(await episodes()).toEqual([]);
  await post(fast(0));
  expect(await episodes()).toMatchObject([{ state: "closed", durationS: 40 }]);
  expect(await alerts()).toEqual([]);
});

test("a driver who falls silent leaves it unclosed, and a record within the gap takes it up again", async () => {
  await createRule(ctx, make());
  await post(fast(0));
  await systemDb().$executeRaw`
    update drivers set last_received_at = now() - interval '61 s' where workspace_id = ${ctx.workspaceId}::uuid`;
  await tickFeed(ctx);
  await tickFeed(ctx);
  expect(await episodes()).toMatchObject([{ state: "unclosed" }]);
  await post(fast(30), slow(35));
  expect(await episodes()).toMatchObject([{ state: "closed", durationS: 35 }]);
  const kinds = (await told()).map(({ kind }) => kind);
  expect(kinds).toEqual(["rule-start", "rule-unclosed", "rule-start", "rule-end"]);
});

test("in quiet hours, across midnight, alerts are recorded and shown, but not delivered", async () => {
  const quietHours = { from: "22:00", to: "06:00" };
  await createRule(ctx, make({ quietHours, delivery: { webhookUrls: ["https://example.org/hook"] } }));
  const at = (driver: string, Time: string) => fast(0, 120, { driverID: driver, Time });
  await post(
    at("early", "2026-11-01 05:59:59"),
    at("day", "2026-11-01 06:00:00"),
    at("late", "2026-11-01 22:00:00"),
    at("night", "2026-11-02 00:30:00"),
  );
  const raised = await alerts();
  // "early" and "day" are not late: their drivers are new and the fleet is where they are.
  expect(raised.filter(({ isQuiet }) => !isQuiet)).toHaveLength(1);
  expect((await deliveries()).map(({ alertId }) => alertId)).toEqual(
    raised.filter(({ isQuiet }) => !isQuiet).map(({ id }) => id),
  );
});

test("a burst reaches each person once, in one entry, and the next ones wait for the minute", async () => {
  const { userId } = await makeMember(ctx, "viewer");
  const { id: ruleId } = await createRule(ctx, make({ delivery: { inbox: true, memberIds: [userId] } }));
  const burst = Array.from({ length: 300 }, (_, i) => fast(0, 120, { driverID: `d${i}` }));
  await post(...burst);
  const rule = { workspaceId: ctx.workspaceId, ruleId };
  const now = new Date();
  await Promise.all([tellPeople(rule, now), tellPeople(rule, now), tellPeople(rule, now)]);
  const inbox = () => systemDb().notification.findMany({ where: ofWorkspace(), orderBy: { id: "asc" } });
  expect(await inbox()).toMatchObject([{ userId, kind: "driving_alert", title: "300 alerts by “Town”" }]);
  await post(fast(0, 125, { driverID: "later", Time: "2026-03-01 08:00:30" }));
  await tellPeople(rule, new Date(now.getTime() + 59_000));
  expect(await inbox()).toHaveLength(1);
  await tellPeople(rule, new Date(now.getTime() + 60_000));
  expect((await inbox())[1]?.title).toContain("Critical: later breaks “Town” at 125 km/h");
  expect((await deliveries()).every(({ state }) => state === "sent")).toBe(true);
});

test("a letter without a mail server is a failure that can be seen", async () => {
  const { userId } = await makeMember(ctx, "viewer");
  const { id: ruleId } = await createRule(ctx, make({ delivery: { email: true, memberIds: [userId] } }));
  await post(fast(0));
  await tellPeople({ workspaceId: ctx.workspaceId, ruleId }, new Date());
  const [letter] = await deliveries();
  expect(letter).toMatchObject({ channel: "email", state: "failed" });
  expect(letter?.lastError).toContain("SMTP_URL");
});

/** A receiver that answers what it is told to, in turn, and remembers what it took. */
async function misbehaving(answers: (number | "hang up")[]) {
  const taken: { key: string; signature: string; body: string }[] = [];
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (part: Buffer) => (body += part.toString()));
    request.on("end", () => {
      taken.push({
        ...{ key: String(request.headers["idempotency-key"]), body },
        signature: String(request.headers["fieldport-signature"]),
      });
      const answer = answers.shift() ?? 200;
      if (answer === "hang up") request.socket.destroy();
      else response.writeHead(answer).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { taken, url: `http://127.0.0.1:${port}/hook`, close: () => server.close() };
}

const makeDue = () => systemDb().drivingDelivery.updateMany({ where: ofWorkspace(), data: { nextAt: new Date(0) } });

test("a receiver that fails, hangs up or is told twice knows every alert by its key, signed", async () => {
  const receiver = await misbehaving([500, "hang up", 200]);
  const { id: ruleId } = await createRule(ctx, make({ delivery: { webhookUrls: [receiver.url] } }));
  const { secret } = await renewRuleSecret(ctx, ruleId);
  await post(fast(0));
  const rule = { workspaceId: ctx.workspaceId, ruleId };
  await sendWebhooks(rule);
  expect(await deliveries()).toMatchObject([{ state: "waiting", attempts: 1, lastError: "It answered 500." }]);
  await sendWebhooks(rule);
  expect(receiver.taken, "not before its time").toHaveLength(1);
  await makeDue();
  await sendWebhooks(rule);
  await makeDue();
  // A worker that was killed between sending and noting leaves the delivery waiting.
  await Promise.all([sendWebhooks(rule), sendWebhooks(rule)]);
  expect(await deliveries()).toMatchObject([{ state: "sent", attempts: 3, lastError: null }]);
  await systemDb().drivingDelivery.updateMany({ where: ofWorkspace(), data: { state: "waiting" } });
  await makeDue();
  await sendWebhooks(rule);
  expect(new Set(receiver.taken.map(({ key }) => key)).size).toBe(1);
  const [first] = receiver.taken;
  const signature = parseSignature(first?.signature ?? null);
  expect(digestOf(secret, signature?.signedAtS ?? 0, first?.body ?? "").toString("hex")).toBe(signature?.digest);
  expect(JSON.parse(first?.body ?? "")).toMatchObject({
    type: "driving.alert",
    rule: { id: ruleId, name: NAME, version: 1, severity: "critical" },
    alert: { driver: "likun1000003", speedKmh: 120 },
  });
  receiver.close();
});

test("an address inside our own network is given up at once, with the reason", async () => {
  const { id: ruleId } = await createRule(ctx, make({ delivery: { webhookUrls: ["http://10.0.0.1:9/hook"] } }));
  await post(fast(0));
  await sendWebhooks({ workspaceId: ctx.workspaceId, ruleId });
  const [delivery] = await deliveries();
  expect(delivery).toMatchObject({ state: "failed", attempts: 1 });
  expect(delivery?.lastError).toContain("FIELDPORT_PRIVATE_HOSTS");
});

test("who may not change rules sees only the hosts of webhooks", async () => {
  const url = "https://example.org/hook?token=abc";
  const { id } = await createRule(ctx, make({ delivery: { webhookUrls: [url] } }));
  const viewer: Ctx = { ...ctx, permissions: new Set(["driving:read"]) };
  expect((await readRule(ctx, id)).delivery.webhookUrls).toEqual([url]);
  expect((await readRule(viewer, id)).delivery.webhookUrls).toEqual(["https://example.org"]);
  expect((await readRules(viewer))[0]?.delivery.webhookUrls).toEqual(["https://example.org"]);
});

test("a preview finds in the last seven days what the rule would have found, and leaves nothing behind", async () => {
  const DAY_S = 86_400;
  const definition = (change = {}) => ruleDefinition.parse({ source: "speed", limitKmh: 100, ...change });
  expect(await previewRule(ctx, definition())).toMatchObject({ episodeCount: 0, driversTotal: 0, to: null });
  const other = { driverID: "other" };
  const long = [fast(8 * DAY_S, 120, other), fast(8 * DAY_S + 20, 120, other), fast(8 * DAY_S + 30, 60, other)];
  await post(fast(0), slow(10), fast(8 * DAY_S), slow(8 * DAY_S + 10), fast(8 * DAY_S + 40), ...long);
  const week = { driversTotal: 2, driversRead: 2, recordCount: 6, to: "2017-01-09 08:00:40" };
  expect(await previewRule(ctx, definition())).toEqual({
    ...week,
    episodeCount: 3,
    driverCount: 2,
    from: "2017-01-02 08:00:40",
  });
  expect(await previewRule(ctx, definition({ minDurationS: 20 }))).toMatchObject({ episodeCount: 1, driverCount: 1 });
  const { id } = await createGeofence(ctx, { name: "Far", shape: { kind: "circle", lat: -30, lon: 10, radiusM: 500 } });
  expect(await previewRule(ctx, definition({ geofenceIds: [id] }))).toMatchObject({ episodeCount: 0, recordCount: 6 });
  expect(await episodes()).toEqual([]);
});
