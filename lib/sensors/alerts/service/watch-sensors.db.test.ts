import { beforeEach, describe, expect, test } from "vitest";
import { systemContext, type Ctx } from "#lib/auth/context";
import { systemDb } from "#lib/db/client";
import { newId } from "#lib/ids";
import { makeMember, makeWorkspace, type Person } from "#lib/testing/people";
import { listAlerts, listWatchedWorkspaceIds } from "../store.ts";
import { planMaintenance } from "../../maintenance/service/plan-maintenance.ts";
import { watchSensors } from "./watch-sensors.ts";

const MINUTE_MS = 60_000;
let workspace: Ctx;
let coordinator: Person;
let viewer: Person;

beforeEach(async () => {
  workspace = await makeWorkspace();
  coordinator = await makeMember(workspace, "editor");
  viewer = await makeMember(workspace, "viewer");
});

/** The watch as it runs that many minutes from now. */
const watchAfter = (minutes: number) =>
  watchSensors(systemContext(workspace.workspaceId, "test", new Date(Date.now() + minutes * MINUTE_MS)));

interface Change {
  lastMinutesAgo?: number;
  silentMinutesAgo?: number;
  verdict?: string;
  ownerUserId?: string;
}

async function makeSensor(code: string, change: Change = {}): Promise<string> {
  const id = newId();
  const ago = (minutes: number) => new Date(Date.now() - minutes * MINUTE_MS);
  const data = {
    id,
    code,
    workspaceId: workspace.workspaceId,
    verdict: change.verdict ?? "good",
    verdictReason: "Stuck at 21.5 °C.",
    lastObservedAt: ago(change.lastMinutesAgo ?? 5),
    silentAfter: ago(change.silentMinutesAgo ?? -600),
    ownerUserId: change.ownerUserId ?? null,
  };
  await systemDb().sensor.create({ data });
  return id;
}

const reports = (id: string, minutesAhead = 600) =>
  systemDb().sensor.update({
    where: { id },
    data: { lastObservedAt: new Date(), silentAfter: new Date(Date.now() + minutesAhead * MINUTE_MS) },
  });

async function inboxOf({ userId }: Person): Promise<string[]> {
  const { workspaceId } = workspace;
  const rows = await systemDb().notification.findMany({ where: { workspaceId, userId }, orderBy: { id: "asc" } });
  return rows.map(({ title }) => title);
}

const open = async () => (await listAlerts(workspace, { limit: 50, state: "open" })).items;

test("a sensor that falls silent is told once, and that it reports again after half an hour", async () => {
  const id = await makeSensor("KIT-1", { lastMinutesAgo: 120, silentMinutesAgo: 60 });
  await watchAfter(0);
  await watchAfter(1);
  expect(await inboxOf(coordinator)).toEqual(["KIT-1 is silent"]);
  expect(await open()).toMatchObject([{ sensorCode: "KIT-1", condition: "silent", endedAt: null }]);
  await reports(id);
  await watchAfter(2);
  expect(await open()).toHaveLength(1);
  await watchAfter(33);
  expect(await open()).toEqual([]);
  expect(await inboxOf(coordinator)).toEqual(["KIT-1 is silent", "KIT-1 reports again"]);
});

test("an archive raises nothing and is not watched", async () => {
  await makeSensor("OLD", { lastMinutesAgo: 60 * 24 * 400, silentMinutesAgo: 60 * 24 * 399 });
  await watchAfter(0);
  expect(await open()).toEqual([]);
  expect(await listWatchedWorkspaceIds()).not.toContain(workspace.workspaceId);
});

test("a fault is told after ten minutes, and silence does not end it", async () => {
  const id = await makeSensor("KIT-2", { verdict: "fault" });
  await watchAfter(0);
  expect(await inboxOf(coordinator)).toEqual([]);
  await watchAfter(11);
  expect(await inboxOf(coordinator)).toEqual(["KIT-2 has a fault"]);
  await systemDb().sensor.update({ where: { id }, data: { silentAfter: new Date(Date.now() - MINUTE_MS) } });
  await watchAfter(12);
  await watchAfter(200);
  expect((await open()).map(({ condition }) => condition).sort()).toEqual(["fault", "silent"]);
});

test("a fault that is gone before ten minutes leaves no trace", async () => {
  const id = await makeSensor("KIT-3", { verdict: "fault" });
  await watchAfter(0);
  await systemDb().sensor.update({ where: { id }, data: { verdict: "good" } });
  await watchAfter(5);
  const { workspaceId } = workspace;
  expect(await systemDb().sensorAlert.count({ where: { workspaceId } })).toBe(0);
});

test("work on a sensor alarms nobody, and what is still wrong afterwards is told then", async () => {
  const id = await makeSensor("KIT-5", { verdict: "fault", lastMinutesAgo: 120, silentMinutesAgo: 60 });
  const [fromAt, untilAt] = [new Date(Date.now() - 60 * MINUTE_MS), new Date(Date.now() + 60 * MINUTE_MS)];
  await planMaintenance(workspace, { sensorIds: [id], fromAt, untilAt, comment: "" });
  await watchAfter(0);
  await watchAfter(59);
  expect(await inboxOf(coordinator)).toEqual([]);
  await watchAfter(61);
  expect(await inboxOf(coordinator)).toEqual(["KIT-5 is silent"]);
});

test("a low battery is told from its level, and ends only well above it", async () => {
  const id = await makeSensor("KIT-4");
  const { workspaceId } = workspace;
  const stream = { workspaceId, sensorId: id, observedProperty: "battery_level", unit: "%" };
  const { id: streamId } = await systemDb().datastream.create({ data: { ...stream, lastValue: 12 } });
  const charge = (lastValue: number) => systemDb().datastream.update({ where: { id: streamId }, data: { lastValue } });
  await watchAfter(0);
  await watchAfter(31);
  expect(await inboxOf(coordinator)).toEqual(["KIT-4 has a low battery"]);
  await charge(25);
  await watchAfter(32);
  await watchAfter(500);
  expect(await open()).toHaveLength(1);
  await charge(90);
  await watchAfter(501);
  await watchAfter(870);
  expect(await open()).toEqual([]);
});

test("a battery in volts is low by what it reaches when full; of an unknown kind nobody is told", async () => {
  const { workspaceId } = workspace;
  const batteryOf = async (code: string, fullV: number, lastValue: number) => {
    const sensorId = await makeSensor(code);
    const stream = { workspaceId, sensorId, observedProperty: "battery_voltage", unit: "V", lastValue };
    const { id } = await systemDb().datastream.create({ data: stream });
    await systemDb().$executeRaw`
      insert into observation_rollups (workspace_id, datastream_id, bucket_s, bucket_at, first_at, last_at, value_min, value_max, value_sum, point_count)
      select ${workspaceId}::uuid, ${id}, 86400, d, d, d, 1, ${fullV}::float8, 1, 1
      from generate_series(date_trunc('day', now()) - interval '20 days', now(), '1 day') d`;
    return id;
  };
  const lithium = await batteryOf("LI", 4.15, 3.4);
  await batteryOf("LEAD", 13.1, 12.6);
  await batteryOf("USB", 5.1, 3.4);
  await watchAfter(0);
  await watchAfter(31);
  expect(await inboxOf(coordinator)).toEqual(["LI has a low battery"]);
  await systemDb().datastream.update({ where: { id: lithium }, data: { lastValue: 4.1 } });
  await watchAfter(32);
  await watchAfter(400);
  expect(await open()).toEqual([]);
});

describe("who is told", () => {
  test("a viewer hears of the own sensor, the coordinator of all, together when they fall silent together", async () => {
    const silent = { lastMinutesAgo: 120, silentMinutesAgo: 60 };
    await makeSensor("MINE", { ...silent, ownerUserId: viewer.userId });
    for (let i = 0; i < 9; i++) await makeSensor(`KIT-${i}`, silent);
    await watchAfter(0);
    expect(await inboxOf(viewer)).toEqual(["MINE is silent"]);
    expect(await inboxOf(coordinator)).toEqual(["10 sensors are silent"]);
  });
});
