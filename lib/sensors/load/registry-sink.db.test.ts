import { afterAll, beforeEach, expect, it } from "vitest";
import type { Ctx } from "#lib/auth/context";
import { closeDb, systemDb } from "#lib/db/client";
import { closePool } from "#lib/db/pool";
import { every, loadReadings, loadRegistry } from "#lib/sensors/testing/load";
import { makeWorkspace } from "#lib/testing/people";

let ctx: Ctx;
const find = (code: string) => systemDb().sensor.findFirstOrThrow({ where: { workspaceId: ctx.workspaceId, code } });

beforeEach(async () => {
  ctx = await makeWorkspace();
});
afterAll(async () => {
  await closeDb();
  await closePool();
});

it("adds sensors once and changes nothing when the same list comes again", async () => {
  const list = [
    { code: "A", lat: 47.6, lon: -122.3, owner: "Ana", isReference: true },
    { code: "B", lat: 47.7, lon: -122.2 },
  ];
  expect(await loadRegistry(ctx, list)).toMatchObject({ stored: 2, alreadyStored: 0 });
  const before = await find("A");
  expect(await loadRegistry(ctx, list)).toMatchObject({ stored: 0, alreadyStored: 2 });
  expect(await find("A")).toEqual(before);
});

it("moves a sensor and keeps what the newer list leaves empty", async () => {
  await loadRegistry(ctx, [{ code: "A", name: "Roof", lat: 47.6, lon: -122.3, owner: "Ana" }]);
  expect(await loadRegistry(ctx, [{ code: "A", lat: 48, lon: -122 }])).toMatchObject({ stored: 1 });
  const sensor = await find("A");
  expect(sensor).toMatchObject({ name: "Roof", ownerName: "Ana", latitude: 48, longitude: -122 });
  expect(sensor.mercatorX).toBeCloseTo((180 - 122) / 360, 12);
});

it("keeps a sensor at 0, 0 or without position, but not on the map", async () => {
  await loadRegistry(ctx, [{ code: "ZERO", lat: 0, lon: 0 }, { code: "NONE" }]);
  for (const code of ["ZERO", "NONE"]) {
    expect(await find(code)).toMatchObject({ latitude: null, longitude: null, mercatorX: null });
  }
});

it("places a sensor that came with its readings first", async () => {
  await loadReadings(ctx, every(60_000, 5));
  await loadRegistry(ctx, [{ code: "A", lat: 47.6, lon: -122.3 }]);
  expect(await systemDb().sensor.count({ where: { workspaceId: ctx.workspaceId } })).toBe(1);
  expect(await find("A")).toMatchObject({ latitude: 47.6, lastObservedAt: new Date(Date.UTC(2026, 0, 1, 0, 4)) });
});
