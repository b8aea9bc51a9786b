import { afterAll, expect, test } from "vitest";
import { closeDb, systemDb } from "#lib/db/client";
import { closePool } from "#lib/db/pool";
import { closeLive } from "#lib/live/subscribe";
import { createRun } from "#lib/runs/service/create-run";
import { getRunResult } from "#lib/runs/service/get-run-result";
import { Driver } from "#lib/testing/drive";
import { makeWorkspace } from "#lib/testing/people";
import { rangeStepStuckResult } from "./checks/range-step-stuck/schema.ts";
import { every, loadReadings } from "./testing/load.ts";

const MINUTE_MS = 60_000;
const START_MS = Date.UTC(2026, 0, 1);

afterAll(async () => {
  await closeLive();
  await closeDb();
  await closePool();
});

test("a series that stops before the others of its file is flagged silent, from its last value to theirs", async () => {
  const ctx = await makeWorkspace();
  const step = 15 * MINUTE_MS;
  const readings = ["A", "B", "C"].flatMap((code) =>
    every(step, code === "B" ? 200 : 300, { code, startMs: START_MS }),
  );
  await loadReadings(ctx, readings);
  const driver = new Driver(ctx);
  try {
    await createRun(ctx, { algorithm: "range-step-stuck", params: {}, inputs: {} });
    await driver.work();
    const where = { workspaceId: ctx.workspaceId, check: { in: ["late", "silent"] } };
    const found = await systemDb().flag.findMany({ where, include: { datastream: { include: { sensor: true } } } });
    expect(found.map(({ check, datastream }) => [check, datastream.sensor.code])).toEqual([["silent", "B"]]);
    expect(found[0]).toMatchObject({
      startAt: new Date(START_MS + 199 * step),
      endAt: new Date(START_MS + 299 * step),
    });
  } finally {
    driver.close();
  }
}, 60_000);

test("a check of what is new reads the series with news only; the others keep their flags", async () => {
  const ctx = await makeWorkspace();
  const readings = ["A", "B"].flatMap((code) => [
    ...every(15 * MINUTE_MS, 200, { code, startMs: START_MS }),
    { code, atMs: START_MS + 201 * 15 * MINUTE_MS, value: 85 },
  ]);
  await loadReadings(ctx, readings);
  const driver = new Driver(ctx);
  const check = async (params: Record<string, unknown>) => {
    const { id } = await createRun(ctx, { algorithm: "range-step-stuck", params, inputs: {} });
    await driver.work();
    const { series } = rangeStepStuckResult.parse((await getRunResult(ctx, id)).result);
    return series.map(({ sensorCode }) => sensorCode).sort();
  };
  const flagged = () => systemDb().flag.count({ where: { workspaceId: ctx.workspaceId, check: "range" } });
  try {
    expect(await check({ onlyNew: true })).toEqual(["A", "B"]);
    expect(await flagged()).toBe(2);
    await loadReadings(ctx, every(15 * MINUTE_MS, 20, { code: "B", startMs: START_MS + 300 * 15 * MINUTE_MS }), 2);
    expect(await check({ onlyNew: true })).toEqual(["B"]);
    expect(await flagged()).toBe(2);
    // Other limits judge everything anew.
    expect(await check({ onlyNew: true, gapSteps: 5 })).toEqual(["A", "B"]);
    expect(await check({})).toEqual(["A", "B"]);
    expect(await flagged()).toBe(2);
  } finally {
    driver.close();
  }
}, 60_000);
