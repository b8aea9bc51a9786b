import { afterAll, beforeEach, expect, it } from "vitest";
import type { Ctx } from "#lib/auth/context";
import { closeDb, systemDb } from "#lib/db/client";
import { closePool } from "#lib/db/pool";
import { loadRegistry } from "#lib/sensors/testing/load";
import { makeWorkspace } from "#lib/testing/people";
import { matchReferences } from "./match-references.ts";

let ctx: Ctx;

beforeEach(async () => {
  ctx = await makeWorkspace();
});
afterAll(async () => {
  await closeDb();
  await closePool();
});

async function matchesOf(code: string) {
  await matchReferences(ctx.workspaceId);
  const rows = await systemDb().referenceMatch.findMany({
    where: { workspaceId: ctx.workspaceId, sensor: { code } },
    orderBy: { rank: "asc" },
    select: { distanceM: true, elevationDiffM: true, reference: { select: { code: true } } },
  });
  return rows.map(({ reference, ...match }) => ({ code: reference.code, ...match }));
}

const near = { lat: 47.6, lon: -122.3 };

it("finds the three nearest stations by great-circle distance, the nearest first", async () => {
  await loadRegistry(ctx, [
    { code: "S", ...near },
    { code: "R4", lat: 47.9, lon: -122.3, isReference: true },
    { code: "R2", lat: 47.62, lon: -122.3, isReference: true },
    { code: "R1", lat: 47.6, lon: -122.31, isReference: true },
    { code: "R3", lat: 47.7, lon: -122.3, isReference: true },
    { code: "NOT", ...near },
  ]);
  const matches = await matchesOf("S");
  expect(matches.map(({ code }) => code)).toEqual(["R1", "R2", "R3"]);
  // 0.01° of longitude at 47.6° N.
  expect(matches[0]?.distanceM).toBeCloseTo(749.8, 0);
});

it("never matches a sensor at 0, 0 or without position, nor a station there", async () => {
  await loadRegistry(ctx, [
    { code: "ZERO", lat: 0, lon: 0 },
    { code: "NONE" },
    { code: "GULF", lat: 0.1, lon: 0.1 },
    { code: "RZERO", lat: 0, lon: 0, isReference: true },
  ]);
  for (const code of ["ZERO", "NONE", "GULF"]) expect(await matchesOf(code)).toEqual([]);
});

it("leaves out stations farther than 50 km", async () => {
  await loadRegistry(ctx, [
    { code: "S", ...near },
    { code: "FAR", lat: near.lat + 0.46, lon: near.lon, isReference: true },
  ]);
  expect(await matchesOf("S")).toEqual([]);
});

it("leaves out stations more than 300 m higher or lower, and accepts unknown heights", async () => {
  await loadRegistry(ctx, [
    { code: "S", ...near, elevationM: 10 },
    { code: "PEAK", lat: 47.601, lon: near.lon, elevationM: 311, isReference: true },
    { code: "HILL", lat: 47.602, lon: near.lon, elevationM: 310, isReference: true },
    { code: "OPEN", lat: 47.603, lon: near.lon, isReference: true },
  ]);
  expect(await matchesOf("S")).toMatchObject([
    { code: "HILL", elevationDiffM: -300 },
    { code: "OPEN", elevationDiffM: null },
  ]);
});

it("follows when sensor or station moves, and does not match a station with itself", async () => {
  await loadRegistry(ctx, [
    { code: "S", ...near },
    { code: "R", lat: 47.61, lon: near.lon, isReference: true },
  ]);
  expect(await matchesOf("S")).toHaveLength(1);
  await loadRegistry(ctx, [{ code: "R", lat: 10, lon: 10, isReference: true }]);
  expect(await matchesOf("S")).toEqual([]);
  expect(await matchesOf("R")).toEqual([]);
});

it("sees only stations of its own workspace", async () => {
  await loadRegistry(await makeWorkspace(), [{ code: "R", ...near, isReference: true }]);
  await loadRegistry(ctx, [{ code: "S", ...near }]);
  expect(await matchesOf("S")).toEqual([]);
});
