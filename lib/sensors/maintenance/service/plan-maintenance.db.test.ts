import { afterAll, beforeEach, expect, test } from "vitest";
import type { Ctx } from "#lib/auth/context";
import { closeDb, systemDb } from "#lib/db/client";
import { closePool } from "#lib/db/pool";
import { loadRegistry } from "#lib/sensors/testing/load";
import { makeWorkspace } from "#lib/testing/people";
import { listWindows } from "../store.ts";
import { cancelMaintenance, planMaintenance } from "./plan-maintenance.ts";

const HOUR_MS = 3_600_000;
let ctx: Ctx;
let ids: Map<string, string>;

beforeEach(async () => {
  ctx = await makeWorkspace();
  await loadRegistry(
    ctx,
    ["A", "B", "C"].map((code) => ({ code, owner: code === "C" ? "Bo" : "Ana" })),
  );
  const rows = await systemDb().sensor.findMany({ where: { workspaceId: ctx.workspaceId } });
  ids = new Map(rows.map(({ code, id }) => [code, id]));
});
afterAll(async () => {
  await closeDb();
  await closePool();
});

const plan = (codes: readonly string[], fromH: number, untilH: number, comment = "New battery") => {
  const [fromAt, untilAt] = [fromH, untilH].map((hour) => new Date(ctx.now.getTime() + hour * HOUR_MS));
  const sensorIds = codes.map((code) => ids.get(code)!);
  return planMaintenance(ctx, { sensorIds, fromAt: fromAt!, untilAt: untilAt!, comment });
};
const countWindows = async () => (await listWindows(ctx, { limit: 50 })).items.length;

test("a time that overlaps is refused with the window that is there; one that follows at once is not", async () => {
  await plan(["A"], 2, 4);
  for (const [from, until] of [
    [1, 3],
    [3, 5],
    [1, 9],
    [2.5, 3],
  ] as const) {
    await expect(plan(["A"], from, until)).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringMatching(/^A has maintenance from .*\d\d:\d\d to .*\(New battery\) already\. /) as unknown,
    });
  }
  await plan(["A"], 4, 5);
  await plan(["A"], 1, 2);
  await plan(["B"], 2, 4);
  expect(await countWindows()).toBe(4);
});

test("of several sensors all are planned or none, and those in the way are named", async () => {
  await plan(["B"], 2, 4);
  await expect(plan(["A", "B", "C"], 3, 5)).rejects.toThrow(/^1 of 3 sensors have .* already: B; B from /);
  const owner = { owner: "Ana", fromAt: new Date(ctx.now.getTime() + 3 * HOUR_MS), comment: "" };
  const untilAt = new Date(ctx.now.getTime() + 5 * HOUR_MS);
  await expect(planMaintenance(ctx, { ...owner, untilAt })).rejects.toMatchObject({ code: "conflict" });
  expect(await countWindows()).toBe(1);
});

test("what was cancelled or ended is not in the way", async () => {
  const ahead = await plan(["A"], 2, 4);
  await cancelMaintenance(ctx, ahead.id);
  const lasting = await plan(["A"], -1, 4);
  await cancelMaintenance(ctx, lasting.id);
  await plan(["A"], 1, 3);
  expect(await countWindows()).toBe(2);
});

test("two people who plan at the same moment do not both get the time", async () => {
  const outcomes = await Promise.allSettled([1, 2, 3].map(() => plan(["A"], 2, 4)));
  expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  expect(await countWindows()).toBe(1);
});
