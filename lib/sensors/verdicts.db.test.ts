import { afterAll, beforeEach, expect, test } from "vitest";
import type { Ctx } from "#lib/auth/context";
import { closeDb, systemDb } from "#lib/db/client";
import { closePool } from "#lib/db/pool";
import { inWorkspaceSql } from "#lib/db/sql";
import { newId } from "#lib/ids";
import { makeWorkspace } from "#lib/testing/people";
import { updateVerdicts } from "./check-store.ts";
import { cancelMaintenance, planMaintenance } from "./maintenance/service/plan-maintenance.ts";
import { listWindows } from "./maintenance/store.ts";
import { getSensor } from "./service/get-sensor.ts";
import { countSensors } from "./map-store.ts";
import { loadReadings, loadRegistry } from "./testing/load.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
let ctx: Ctx;
let sensorId: string;
const nowMs = Math.floor(Date.now() / HOUR_MS) * HOUR_MS;

beforeEach(async () => {
  ctx = await makeWorkspace();
  await loadRegistry(ctx, [{ code: "S", lat: 47, lon: 8 }]);
  await loadReadings(
    ctx,
    Array.from({ length: 24 * 20 }, (_, i) => ({ code: "S", atMs: nowMs - i * HOUR_MS, value: i % 7 })),
  );
  sensorId = (await systemDb().sensor.findFirstOrThrow({ where: { workspaceId: ctx.workspaceId } })).id;
});
afterAll(async () => {
  await closeDb();
  await closePool();
});

/** The sensor after a check that flagged a day which ended so many days ago. */
async function afterFaultThatEnded(daysAgo: number) {
  const { workspaceId } = ctx;
  const stream = await systemDb().datastream.findFirstOrThrow({ where: { workspaceId } });
  const endAt = new Date(nowMs - daysAgo * DAY_MS);
  const span = { startAt: new Date(endAt.getTime() - DAY_MS), endAt, pointCount: 24 };
  const flag = { check: "stuck", flag: 4, reason: "It stands still.", runId: newId() };
  await systemDb().flag.create({ data: { workspaceId, datastreamId: stream.id, ...flag, ...span } });
  await inWorkspaceSql(ctx, (client) =>
    updateVerdicts(client, { workspaceId, runId: flag.runId, seriesIds: [String(stream.id)] }),
  );
  return { sensor: await getSensor(ctx, sensorId), ...span };
}

test("a fault that lasts has its state since it began", async () => {
  const { sensor, startAt } = await afterFaultThatEnded(0);
  expect(sensor).toMatchObject({ state: "fault", since: startAt, reason: "It stands still." });
});

test("a sensor that is good again has recovered, since the fault ended, for a week", async () => {
  const { sensor, endAt } = await afterFaultThatEnded(3);
  expect(sensor).toMatchObject({ state: "recovered", since: endAt });
  expect((await countSensors(ctx, {})).byState).toEqual({ recovered: 1 });
});

test("flags of a time in which somebody worked on the sensor give no state", async () => {
  const { workspaceId } = ctx;
  const window = { sensorIds: [sensorId], fromAt: new Date(nowMs - 2 * DAY_MS), comment: "new battery" };
  const planned = await planMaintenance(ctx, { ...window, untilAt: new Date(nowMs + HOUR_MS) });
  expect((await afterFaultThatEnded(0)).sensor.state).toBe("good");
  expect(planned).toMatchObject({ sensorCount: 1, comment: "new battery" });
  await cancelMaintenance({ ...ctx, now: new Date(nowMs - 1.5 * DAY_MS) }, planned.id);
  expect((await listWindows(ctx, { sensorId, limit: 5 })).items).toMatchObject([
    { id: planned.id, untilAt: new Date(nowMs - 1.5 * DAY_MS) },
  ]);
  expect((await afterFaultThatEnded(0)).sensor.state).toBe("fault");
  await expect(cancelMaintenance(await makeWorkspace(), planned.id)).rejects.toMatchObject({ code: "not_found" });
  await expect(cancelMaintenance(ctx, planned.id)).rejects.toMatchObject({ code: "conflict" });
  const foreign = await makeWorkspace();
  const input = { ...window, untilAt: new Date(nowMs + HOUR_MS) };
  await expect(planMaintenance(foreign, input)).rejects.toMatchObject({ code: "not_found" });
  const mine = { workspaceId: { in: [workspaceId, foreign.workspaceId] } };
  expect(await systemDb().maintenanceWindow.count({ where: mine })).toBe(1);
});

test("after a week it is good like any other", async () => {
  expect((await afterFaultThatEnded(9)).sensor.state).toBe("good");
});
