import { afterAll, beforeEach, expect, it } from "vitest";
import type { Ctx } from "#lib/auth/context";
import { closeDb, systemDb } from "#lib/db/client";
import { closePool } from "#lib/db/pool";
import { every, loadReadings, type TestReading } from "#lib/sensors/testing/load";
import { makeWorkspace } from "#lib/testing/people";

const MINUTE = 60_000;
let ctx: Ctx;

beforeEach(async () => {
  ctx = await makeWorkspace();
});
afterAll(async () => {
  await closeDb();
  await closePool();
});

/** What the stored observations say, counted without any of the derived tables. */
function countObservations() {
  return systemDb().$queryRaw<{ count: number; sum: number; first: Date; last: Date }[]>`
    select count(*)::int as count, sum(value) as sum, min(observed_at) as first, max(observed_at) as last
    from observations where workspace_id = ${ctx.workspaceId}::uuid`;
}

function countRollups() {
  return systemDb().$queryRaw<{ bucketS: number; count: number; sum: number; low: number; high: number }[]>`
    select bucket_s as "bucketS", sum(point_count)::int as count, sum(value_sum) as sum, min(value_min) as low, max(value_max) as high
    from observation_rollups where workspace_id = ${ctx.workspaceId}::uuid group by 1 order by 1`;
}

async function expectTruth(readings: readonly TestReading[], levels: number[]) {
  const values = readings.map(({ value }) => value);
  const sum = values.reduce((a, b) => a + b, 0);
  const [stored] = await countObservations();
  expect(stored?.count).toBe(readings.length);
  expect(stored?.sum).toBeCloseTo(sum, 6);
  const rollups = await countRollups();
  expect(rollups.map(({ bucketS }) => bucketS)).toEqual(levels);
  for (const level of rollups) {
    expect(level.count).toBe(readings.length);
    expect(level.sum).toBeCloseTo(sum, 6);
    expect(level.low).toBe(Math.min(...values));
    expect(level.high).toBe(Math.max(...values));
  }
}

it("stores every reading once, with counts and rollups that equal an independent count", async () => {
  const readings = every(15 * MINUTE, 3000);
  expect(await loadReadings(ctx, readings)).toMatchObject({ stored: 3000, alreadyStored: 0 });
  await expectTruth(readings, [3600, 86_400]);
  const stream = await systemDb().datastream.findFirstOrThrow({ where: { workspaceId: ctx.workspaceId } });
  expect(stream).toMatchObject({
    observationCount: 3000n,
    stepS: 900,
    firstObservedAt: new Date(readings[0]?.atMs ?? 0),
    lastObservedAt: new Date(readings.at(-1)?.atMs ?? 0),
    lastValue: readings.at(-1)?.value,
  });
  const sensor = await systemDb().sensor.findFirstOrThrow({ where: { workspaceId: ctx.workspaceId } });
  expect(sensor.silentAfter?.getTime()).toBe((readings.at(-1)?.atMs ?? 0) + 90 * MINUTE);
});

it("adds nothing when the same file comes a second time", async () => {
  const readings = every(15 * MINUTE, 500);
  await loadReadings(ctx, readings);
  expect(await loadReadings(ctx, readings, 2)).toMatchObject({ stored: 0, alreadyStored: 500 });
  await expectTruth(readings, [3600, 86_400]);
});

it("adds only what is new of overlapping files, in whatever order they come", async () => {
  const all = every(10 * MINUTE, 2000);
  expect(await loadReadings(ctx, all.slice(800, 1500))).toMatchObject({ stored: 700 });
  expect(await loadReadings(ctx, all.slice(1200), 2)).toMatchObject({ stored: 500, alreadyStored: 300 });
  expect(await loadReadings(ctx, all.slice(0, 1000), 3)).toMatchObject({ stored: 800, alreadyStored: 200 });
  await expectTruth(all, [3600, 86_400]);
});

it("keeps the reading that was there first when a later file says something else for the same instant", async () => {
  const [first] = every(MINUTE, 1);
  await loadReadings(ctx, [{ ...first!, value: 1 }]);
  expect(await loadReadings(ctx, [{ ...first!, value: 99 }], 2)).toMatchObject({ stored: 0, alreadyStored: 1 });
  expect((await countObservations())[0]?.sum).toBe(1);
});

it("counts a reading once that stands in one file twice", async () => {
  const readings = every(MINUTE, 50);
  expect(await loadReadings(ctx, [...readings, ...readings])).toMatchObject({ stored: 50, alreadyStored: 50 });
});

it("keeps the finest rollup for dense series only", async () => {
  const readings = every(20_000, 1000);
  await loadReadings(ctx, readings);
  await expectTruth(readings, [300, 3600, 86_400]);
});

it("keeps quantities and sensors of one file apart", async () => {
  const temperature = every(MINUTE, 20, { code: "A" });
  const humidity = temperature.map((reading) => ({ ...reading, property: "relative_humidity", unit: "%" }));
  await loadReadings(ctx, [...temperature, ...humidity, ...every(MINUTE, 20, { code: "B" })]);
  const streams = await systemDb().datastream.findMany({ where: { workspaceId: ctx.workspaceId } });
  expect(
    streams.map(({ observedProperty, observationCount }) => `${observedProperty} ${observationCount}`).sort(),
  ).toEqual(["air_temperature 20", "air_temperature 20", "relative_humidity 20"]);
});

it("leaves nothing behind when the run fails before its end", async () => {
  const broken = [...every(MINUTE, 10), { code: "A", atMs: Date.UTC(1700, 0, 1), value: 1 }];
  await expect(loadReadings(ctx, broken)).rejects.toThrow(/1900/);
  expect((await countObservations())[0]?.count).toBe(0);
  expect(await systemDb().sensor.count({ where: { workspaceId: ctx.workspaceId } })).toBe(0);
});
