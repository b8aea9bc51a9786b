import { afterAll, beforeEach, expect, test } from "vitest";
import type { Ctx } from "#lib/auth/context";
import { closeDb } from "#lib/db/client";
import { closePool } from "#lib/db/pool";
import { makeWorkspace } from "#lib/testing/people";
import { postRecords } from "../service/post-records.ts";
import { makeRecord } from "../testing/records.ts";
import { listGeofences } from "./geofence-store.ts";
import type { GeofenceInput } from "./schema.ts";
import { createGeofence, importGeofences } from "./service/change-geofences.ts";
import { exportGeofences } from "./service/export-geofences.ts";
import { readGeofencesPage } from "./service/read-geofences-page.ts";

let ctx: Ctx;
beforeEach(async () => {
  ctx = await makeWorkspace();
});
afterAll(async () => {
  await closeDb();
  await closePool();
});

const HOLED: GeofenceInput = {
  name: "Port",
  shape: {
    kind: "polygon",
    rings: [
      [[10.123456789012345, 50], [11, 50], [11, 51], [10, 51]], // prettier-ignore
      [[10.4, 50.4], [10.6, 50.4], [10.6, 50.6]], // prettier-ignore
    ],
  },
};
const CIRCLE: GeofenceInput = {
  name: "Depot “north”",
  shape: { kind: "circle", lat: 50.1, lon: 10.1, radiusM: 512.5 },
};

const namesAndShapes = async (of: Ctx) => (await listGeofences(of)).map(({ name, shape }) => ({ name, shape }));

test("what one workspace exports another imports with equal names and shapes", async () => {
  for (const input of [HOLED, CIRCLE]) await createGeofence(ctx, input);
  const file = await exportGeofences(ctx);
  expect(file.headers.get("content-type")).toBe("application/geo+json");
  const other = await makeWorkspace();
  await importGeofences(other, { text: await file.text(), name: "Geofence" });
  expect(await namesAndShapes(other)).toEqual(await namesAndShapes(ctx));
});

test("an import with one wrong area adds none", async () => {
  const features = [[0, 50], [200, 50]].map((coordinates) => {
    return { type: "Feature", properties: { radiusM: 100 }, geometry: { type: "Point", coordinates } };
  }); // prettier-ignore
  const text = JSON.stringify({ type: "FeatureCollection", features });
  await expect(importGeofences(ctx, { text, name: "Site" })).rejects.toMatchObject({
    code: "unprocessable",
    fields: [{ pointer: "/features/1", detail: "Site 2: The centre is not a place on the map." }],
  });
  expect(await listGeofences(ctx)).toEqual([]);
});

test("the page opens on the geofences, without any where the vehicles are, else on the world", async () => {
  expect((await readGeofencesPage(ctx)).initialView).toMatchObject({ zoom: 2 });
  await postRecords(ctx, [makeRecord(0)], null);
  expect((await readGeofencesPage(ctx)).initialView).toEqual({ lat: 32.05, lon: 118.77, zoom: 9 });
  await createGeofence(ctx, HOLED);
  expect((await readGeofencesPage(ctx)).initialView).toEqual({ bbox: { west: 10, south: 50, east: 11, north: 51 } });
});
