import { afterAll, beforeEach, expect, it } from "vitest";
import type { Ctx } from "#lib/auth/context";
import { closeDb, systemDb } from "#lib/db/client";
import { closePool } from "#lib/db/pool";
import { newId } from "#lib/ids";
import { every, loadReadings, loadRegistry, type TestReading } from "#lib/sensors/testing/load";
import { makeWorkspace } from "#lib/testing/people";
import { exportObservations } from "./export-observations.ts";
import { exportSensors } from "./export-sensors.ts";
import { matchReferences } from "./match-references.ts";
import { readSeries } from "./read-series.ts";

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;
const START = Date.UTC(2026, 0, 1);
let ctx: Ctx;

beforeEach(async () => {
  ctx = await makeWorkspace();
});
afterAll(async () => {
  await closeDb();
  await closePool();
});

const idOf = async (code: string) =>
  (await systemDb().sensor.findFirstOrThrow({ where: { workspaceId: ctx.workspaceId, code }, select: { id: true } }))
    .id;

async function read(code: string, more: Partial<Parameters<typeof readSeries>[2]> = {}) {
  const answer = await readSeries(ctx, await idOf(code), {
    property: "air_temperature",
    widthPx: 1000,
    reference: true,
    ...more,
  });
  const observed = answer.chart.series.find(({ kind }) => kind === "observed");
  return { answer, t: observed?.points.t ?? [], v: observed?.points.v ?? [], drawn: answer.chart.drawn };
}

it("draws every point while they fit", async () => {
  const readings = every(15 * MINUTE, 200);
  await loadReadings(ctx, readings);
  const { t, v, drawn, answer } = await read("A");
  expect(t).toEqual(readings.map(({ atMs }) => atMs));
  expect(v).toEqual(readings.map(({ value }) => value));
  expect(drawn).toEqual({ points: 200, pairs: 0 });
  expect(answer.chart.unit).toBe("°C");
});

it("keeps a gap a gap", async () => {
  const readings = every(15 * MINUTE, 200).filter((_, i) => i < 80 || i >= 120);
  await loadReadings(ctx, readings);
  const { t, v } = await read("A");
  const hole = v.indexOf(null);
  expect(hole).toBe(80);
  expect(t[hole]).toBeGreaterThan(readings[79]?.atMs ?? 0);
  expect(t[hole]).toBeLessThan(readings[80]?.atMs ?? 0);
  expect(v.filter((value) => value === null)).toHaveLength(1);
});

it("reduces a long series to screen size with its extremes, gaps and exact number of points", async () => {
  const gapFrom = START + 60 * DAY;
  const gapTo = START + 75 * DAY;
  const readings = every(5 * MINUTE, 60_000).filter(({ atMs }) => atMs < gapFrom || atMs >= gapTo);
  readings[30_000] = { ...readings[30_000]!, value: 999 };
  readings[40_000] = { ...readings[40_000]!, value: -999 };
  await loadReadings(ctx, readings);
  const { t, v, drawn } = await read("A", { widthPx: 400 });
  expect(drawn?.points).toBe(readings.length);
  expect(t.length).toBeLessThanOrEqual(400 * 5);
  expect(v).toContain(999);
  expect(v).toContain(-999);
  const nulls = v.flatMap((value, i) => (value === null ? [t[i] ?? 0] : []));
  expect(nulls).toHaveLength(1);
  expect(nulls[0]).toBeGreaterThan(gapFrom - DAY);
  expect(nulls[0]).toBeLessThan(gapTo + DAY);
  const from = START + 10 * DAY + 123_456;
  const to = START + 200 * DAY - 7_000;
  const part = await read("A", { widthPx: 400, from: new Date(from), to: new Date(to) });
  expect(part.drawn?.points).toBe(readings.filter(({ atMs }) => atMs >= from && atMs <= to).length);
});

it("draws series of two minutes at a zoom where only a denser series has the finest rollup", async () => {
  await loadReadings(ctx, every(2 * MINUTE, 12_000));
  const { drawn } = await read("A", { from: new Date(START), to: new Date(START + 14 * DAY) });
  expect(drawn?.points).toBe((14 * DAY) / (2 * MINUTE) + 1);
});

it("shows the coarse beginning of a series that became dense later", async () => {
  const coarse = every(15 * MINUTE, 4 * 24 * 40);
  const dense = every(MINUTE, 20_000, { startMs: START + 40 * DAY });
  await loadReadings(ctx, coarse);
  await loadReadings(ctx, dense, 2);
  const { drawn, t } = await read("A", { from: new Date(START), to: new Date(START + 44 * DAY), widthPx: 4000 });
  expect(t[0]).toBe(START);
  expect(drawn?.points).toBe(coarse.length + 4 * 1440 + 1);
});

it("lays the nearest station that measures the same beside it, with the difference", async () => {
  await loadRegistry(ctx, [
    { code: "A", lat: 47.6, lon: -122.3 },
    { code: "NEAR", lat: 47.601, lon: -122.3, isReference: true },
    { code: "NEXT", lat: 47.61, lon: -122.3, isReference: true },
  ]);
  const shifted = (code: string, by: number): TestReading[] =>
    every(15 * MINUTE, 100, { code }).map((r) => ({ ...r, value: r.value - by }));
  await loadReadings(ctx, [
    ...shifted("A", 0),
    ...shifted("NEXT", 2),
    ...shifted("NEAR", 1).map((r) => ({ ...r, property: "ozone", unit: "ug/m3" })),
  ]);
  await matchReferences(ctx.workspaceId);
  const { answer } = await read("A");
  expect(answer.reference).toMatchObject({ code: "NEXT" });
  const residual = answer.chart.series.find(({ kind }) => kind === "residual");
  expect(residual?.points.v).toHaveLength(100);
  for (const value of residual?.points.v ?? []) expect(value).toBeCloseTo(2, 9);
});

it("keeps faults when there are more flags than a chart can hold, and counts all", async () => {
  await loadReadings(ctx, every(15 * MINUTE, 2000));
  const { id } = await systemDb().datastream.findFirstOrThrow({ where: { workspaceId: ctx.workspaceId } });
  const flag = (i: number, kind: number) => ({
    workspaceId: ctx.workspaceId,
    datastreamId: id,
    runId: newId(),
    check: kind === 4 ? "stuck" : "gap",
    flag: kind,
    reason: "",
    startAt: new Date(START + i * 15 * MINUTE),
    endAt: new Date(START + i * 15 * MINUTE),
    pointCount: 1,
  });
  await systemDb().flag.createMany({ data: [...Array.from({ length: 700 }, (_, i) => flag(i, 9)), flag(900, 4)] });
  const { answer } = await read("A");
  expect(answer.chart.flags).toHaveLength(500);
  expect(answer.chart.flags.filter(({ flag: kind }) => kind === 4)).toHaveLength(1);
  expect(answer.flagCounts).toEqual({ gap: 700, stuck: 1 });
});

it("refuses a sensor of another workspace and a range that ends before it starts", async () => {
  await loadReadings(ctx, every(MINUTE, 10));
  const id = await idOf("A");
  const query = { property: "air_temperature", widthPx: 1000, reference: true };
  await expect(readSeries(await makeWorkspace(), id, query)).rejects.toMatchObject({ code: "not_found" });
  await expect(readSeries(ctx, id, { ...query, property: "ozone" })).rejects.toMatchObject({ code: "not_found" });
  await expect(
    readSeries(ctx, id, { ...query, from: new Date(START + DAY), to: new Date(START) }),
  ).rejects.toMatchObject({ code: "invalid_input" });
});

it("exports every observation of the range exactly as it is stored", async () => {
  const readings = every(MINUTE, 12_345);
  await loadReadings(ctx, readings);
  const id = await idOf("A");
  const lines = (await (await exportObservations(ctx, id, { property: "air_temperature", format: "csv" })).text())
    .trimEnd()
    .split("\r\n");
  expect(lines).toHaveLength(readings.length + 1);
  const cells = lines.slice(1).map((line) => line.split(","));
  expect(cells.map((row) => [Date.parse(row[3] ?? ""), Number(row[4])])).toEqual(
    readings.map(({ atMs, value }) => [atMs, value]),
  );
  const part = await exportObservations(ctx, id, {
    from: new Date(START + 10 * MINUTE),
    to: new Date(START + 19 * MINUTE),
    format: "csv",
  });
  expect((await part.text()).trimEnd().split("\r\n")).toHaveLength(11);
  await expect(exportObservations(await makeWorkspace(), id, { format: "csv" })).rejects.toMatchObject({
    code: "not_found",
  });
});

it("exports every sensor of the filtered list once, with latest values, over all pages", async () => {
  const sensors = Array.from({ length: 1203 }, (_, i) => ({
    code: `S${i}`,
    lat: 40 + i / 1000,
    lon: 5,
    owner: i % 2 ? "=Ana" : "Bo",
  }));
  await loadRegistry(ctx, sensors);
  await loadReadings(ctx, every(MINUTE, 3, { code: "S7" }));
  const lines = (await (await exportSensors(ctx, { format: "csv" })).text()).trimEnd().split("\r\n");
  expect(lines[0]).toBe(
    "sensor,name,owner,state,since,reason,latitude,longitude,elevation_m,exposure,reference,last_observed_at,air_temperature (Cel)",
  );
  expect(new Set(lines.slice(1).map((line) => line.split(",")[0]))).toEqual(new Set(sensors.map(({ code }) => code)));
  expect(lines).toHaveLength(1204);
  expect(lines.find((line) => line.startsWith("S7,"))).toMatch(/,2026-01-01T00:02:00.000Z,10\.\d+$/);
  const ana = (await (await exportSensors(ctx, { owner: "=Ana", format: "csv" })).text()).trimEnd().split("\r\n");
  expect(ana).toHaveLength(602);
  // A spreadsheet must not take the name for a formula.
  expect(ana[1]).toContain(",'=Ana,");
});
