import { afterAll, beforeAll, expect, test } from "vitest";
import type { Ctx } from "#lib/auth/context";
import { closeDb, systemDb } from "#lib/db/client";
import { closePool } from "#lib/db/pool";
import { every, loadReadings, loadRegistry } from "#lib/sensors/testing/load";
import { makeWorkspace } from "#lib/testing/people";
import { makeFault, makeRun } from "#lib/testing/rows";
import { readOwnerPage } from "./read-owner-page.ts";

let ctx: Ctx;

beforeAll(async () => {
  ctx = await makeWorkspace();
  const many = Array.from({ length: 120 }, (_, i) => ({
    code: `S${String(i).padStart(3, "0")}`,
    owner: "Ana / Bo & Co",
  }));
  await loadRegistry(ctx, [
    ...many.map((sensor, i) => ({ ...sensor, lat: 47 + i / 1000, lon: -122 })),
    { code: "OTHER", owner: "Cy", lat: 10, lon: 10 },
  ]);
  await loadReadings(ctx, every(60_000, 10, { code: "S001", startMs: Date.now() - 600_000 }));
});
afterAll(async () => {
  await closeDb();
  await closePool();
});

test("an owner sees all her sensors, page by page, with what is wrong with each", async () => {
  const { workspaceId } = ctx;
  const { id: sensorId } = await systemDb().sensor.findFirstOrThrow({ where: { workspaceId, code: "S001" } });
  const faultId = await makeFault(workspaceId, sensorId, await makeRun(workspaceId));
  await systemDb().fault.update({ where: { id: faultId }, data: { isOpen: true } });

  const codes: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await readOwnerPage(ctx, "Ana / Bo & Co", { cursor });
    codes.push(...page!.sensors.map(({ code }) => code));
    cursor = page!.nextCursor ?? undefined;
  } while (cursor);
  expect(new Set(codes).size).toBe(120);
  expect(codes).not.toContain("OTHER");

  const first = await readOwnerPage(ctx, "Ana / Bo & Co", {});
  expect(first?.counts).toMatchObject({ matching: 120, byState: { silent: 119, good: 1 } });
  const sensor = first?.sensors.find(({ code }) => code === "S001");
  expect(sensor).toMatchObject({ state: "good", fault: { id: faultId, kind: "bias" } });
  expect(sensor?.readings[0]?.observedProperty).toBe("air_temperature");
  await systemDb().fault.update({ where: { id: faultId }, data: { review: "disputed" } });
  expect(
    (await readOwnerPage(ctx, "Ana / Bo & Co", {}))?.sensors.find(({ code }) => code === "S001")?.fault,
  ).toBeNull();
});

test("searches within the owner's sensors", async () => {
  const page = await readOwnerPage(ctx, "Ana / Bo & Co", { q: "s01" });
  expect(page).toMatchObject({ matching: 10, counts: { matching: 120 } });
  expect(page?.sensors).toHaveLength(10);
});

test("an owner that no sensor of this workspace names is none", async () => {
  expect(await readOwnerPage(ctx, "Nobody", {})).toBeNull();
  expect(await readOwnerPage(await makeWorkspace(), "Ana / Bo & Co", {})).toBeNull();
});
