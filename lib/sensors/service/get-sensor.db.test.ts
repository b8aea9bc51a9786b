import { afterAll, beforeEach, expect, it } from "vitest";
import type { Ctx } from "#lib/auth/context";
import { closeDb, systemDb } from "#lib/db/client";
import { closePool } from "#lib/db/pool";
import { newId } from "#lib/ids";
import { listedSensor, listSensorsQuery, recentAnswer, sensorDetail } from "#lib/sensors/schema";
import { every, loadReadings, loadRegistry } from "#lib/sensors/testing/load";
import { makeWorkspace } from "#lib/testing/people";
import { getSensor } from "./get-sensor.ts";
import { listOwnerSummaries } from "./list-owners.ts";
import { listSensorsPage } from "./list-sensors.ts";
import { matchReferences } from "./match-references.ts";
import { readRecent } from "./read-recent.ts";

const MINUTE = 60_000;
let ctx: Ctx;
let startMs: number;

beforeEach(async () => {
  ctx = await makeWorkspace();
  startMs = ctx.now.getTime() - 100 * 15 * MINUTE;
  await loadRegistry(ctx, [
    { code: "A", lat: 47.6, lon: -122.3, owner: "Ana", elevationM: 10 },
    { code: "B", lat: 47.7, lon: -122.3, owner: "Ana" },
    { code: "R", lat: 47.61, lon: -122.3, elevationM: 40, isReference: true },
  ]);
  await loadReadings(ctx, [
    ...every(15 * MINUTE, 100, { code: "A", startMs }),
    ...every(15 * MINUTE, 100, { code: "R", startMs }),
  ]);
  await matchReferences(ctx.workspaceId);
});
afterAll(async () => {
  await closeDb();
  await closePool();
});

const idOf = async (code: string) =>
  (await systemDb().sensor.findFirstOrThrow({ where: { workspaceId: ctx.workspaceId, code }, select: { id: true } }))
    .id;
const list = (query: Record<string, string>) => listSensorsPage(ctx, listSensorsQuery.parse(query));

async function flagEnd(verdict: "fault" | "suspect"): Promise<void> {
  const stream = await systemDb().datastream.findFirstOrThrow({
    where: { workspaceId: ctx.workspaceId, sensor: { code: "A" } },
  });
  const span = (from: number, to: number) => ({
    startAt: new Date(startMs + from * 15 * MINUTE),
    endAt: new Date(startMs + to * 15 * MINUTE),
  });
  const flag = {
    workspaceId: ctx.workspaceId,
    datastreamId: stream.id,
    runId: newId(),
    check: "stuck",
    flag: 4,
    reason: "Stuck at 4.",
  };
  await systemDb().flag.createMany({
    data: [
      { ...flag, ...span(60, 99), pointCount: 40 },
      { ...flag, ...span(50, 51), pointCount: 2 },
    ],
  });
  await systemDb().sensor.updateMany({
    where: { id: await idOf("A") },
    data: { verdict, verdictReason: "Stuck at 4." },
  });
}

it("says why a sensor is faulty, since when, and how often each check flagged it", async () => {
  await flagEnd("fault");
  const sensor = sensorDetail.parse(await getSensor(ctx, await idOf("A")));
  expect(sensor).toMatchObject({
    state: "fault",
    reason: "Stuck at 4.",
    verdictCheck: "stuck",
    since: new Date(startMs + 60 * 15 * MINUTE).toISOString(),
    evidence: [{ check: "stuck", flag: 4, spanCount: 2, pointCount: 42, label: "Air temperature" }],
  });
});

it("lets silence win over an old verdict", async () => {
  await flagEnd("fault");
  const lastObservedAt = new Date(ctx.now.getTime() - 5 * 60 * MINUTE);
  await systemDb().sensor.updateMany({
    where: { id: await idOf("A") },
    data: { silentAfter: new Date(0), lastObservedAt },
  });
  expect(await getSensor(ctx, await idOf("A"))).toMatchObject({
    state: "silent",
    reason: "Nothing received for 5 h.",
    verdictCheck: null,
    since: lastObservedAt,
  });
  expect(await getSensor(ctx, await idOf("B"))).toMatchObject({
    state: "silent",
    reason: "No observation has been received.",
  });
});

it("brings the nearest stations with distance, height difference and their latest values", async () => {
  const { references } = await getSensor(ctx, await idOf("A"));
  expect(references).toMatchObject([
    { code: "R", elevationDiffM: -30, readings: [{ observedProperty: "air_temperature", unit: "Cel" }] },
  ]);
  expect(references[0]?.distanceM).toBeCloseTo(1112, 0);
});

it("lists sensors by id over pages, each once, with latest values", async () => {
  const first = await list({ limit: "2" });
  expect(first.items.map(({ code }) => code)).toEqual(["A", "B"]);
  expect(listedSensor.parse(first.items[0]).readings).toHaveLength(1);
  const second = await list({ limit: "2", cursor: first.nextCursor ?? "" });
  expect(second).toMatchObject({ items: [{ code: "R", state: "reference" }], nextCursor: null });
  expect((await list({ bbox: "-122.4,47.65,-122.2,47.75" })).items.map(({ code }) => code)).toEqual(["B"]);
});

it("gives the last week as hourly means with holes where hours are missing", async () => {
  const late = every(15 * MINUTE, 8, { code: "B", startMs: startMs + 30 * 60 * MINUTE });
  await loadReadings(ctx, [...every(15 * MINUTE, 8, { code: "B", startMs }), ...late]);
  const { items } = recentAnswer.parse(await readRecent(ctx, await idOf("B")));
  expect(items[0]?.v.filter((value) => value === null)).toHaveLength(1);
  expect(items[0]?.t).toEqual([...(items[0]?.t ?? [])].sort((a, b) => a - b));
});

it("counts an owner's sensors by state", async () => {
  expect(await listOwnerSummaries(ctx)).toMatchObject([
    { owner: "Ana", sensorCount: 2, byState: { good: 1, silent: 1 } },
  ]);
});

it("shows nothing of it to another workspace", async () => {
  const stranger = await makeWorkspace();
  const id = await idOf("A");
  await expect(getSensor(stranger, id)).rejects.toMatchObject({ code: "not_found" });
  await expect(readRecent(stranger, id)).rejects.toMatchObject({ code: "not_found" });
  expect((await listSensorsPage(stranger, listSensorsQuery.parse({}))).items).toEqual([]);
  expect(await listOwnerSummaries(stranger)).toEqual([]);
});
