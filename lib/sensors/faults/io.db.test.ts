import { beforeAll, describe, expect, test } from "vitest";
import type { Ctx } from "#lib/auth/context";
import { systemDb } from "#lib/db/client";
import { inWorkspaceSql } from "#lib/db/sql";
import { newId } from "#lib/ids";
import { createRandom } from "#lib/math/random";
import { loadReadings, loadRegistry, type TestReading } from "#lib/sensors/testing/load";
import { makeWorkspace } from "#lib/testing/people";
import { makeRun } from "#lib/testing/rows";
import { detectFaultsAlgorithm } from "./algorithm.ts";
import { detectFaultsIo } from "./io.ts";
import { reviewFault } from "./service/review-fault.ts";
import { listFaults } from "./store.ts";

const HOUR_MS = 3_600_000;
const HOURS = 24 * 20;
const START_MS = Date.UTC(2026, 0, 1);
const FAULTY = { fromH: 24 * 8, toH: 24 * 12 };

let ctx: Ctx;
beforeAll(async () => {
  ctx = await makeWorkspace();
  const codes = Array.from({ length: 8 }, (_, i) => `T-${i}`);
  await loadRegistry(
    ctx,
    codes.map((code, i) => ({ code, lat: 47.5 + i * 0.01, lon: -122.3 })),
  );
  const weather = createRandom("town");
  const town = Array.from({ length: HOURS }, () => weather.normal(0, 0.3)).map(
    (
      (sum) => (step: number) =>
        (sum += step)
    )(0),
  );
  const readings: TestReading[] = codes.flatMap((code, j) => {
    const own = createRandom(code);
    return town.map((level, hour) => {
      const isFaulty = j === 0 && hour >= FAULTY.fromH && hour < FAULTY.toH;
      const daily = 4 * Math.sin(((hour - 9) / 24) * 2 * Math.PI);
      const value = 10 + j * 0.2 + level + daily + own.normal(0, 0.2) + (isFaulty ? 3 : 0);
      return { code, atMs: START_MS + hour * HOUR_MS, value: Math.round(value * 100) / 100 };
    });
  });
  await loadReadings(ctx, readings);
}, 60_000);

const detectionOf = new Map<string, unknown[]>();

/** One detection, as the worker makes it. */
async function detect({ toMs = null as number | null, onlyNew = false } = {}): Promise<string> {
  const inputs = { sensorCodes: null, toMs, modelRunId: null };
  const runId = await makeRun(ctx.workspaceId);
  const params = { windowDays: 45, onlyNew };
  const tools = {
    signal: new AbortController().signal,
    rng: createRandom("x"),
    onProgress: () => {},
    log: () => {},
    onMemory: () => {},
  };
  await inWorkspaceSql(ctx, async (client) => {
    const scope = { ctx, runId, client, tempDir: "" };
    const data = await detectFaultsIo.open(scope, { inputs, params });
    const result = detectFaultsAlgorithm.result.parse(await detectFaultsAlgorithm.run(params, data, tools));
    detectionOf.set(runId, result.judged);
    await detectFaultsIo.commit!(scope, { inputs, params, data, result });
  });
  return runId;
}

const faults = async () => (await listFaults(ctx, { limit: 50 })).items;
const countFlags = () =>
  inWorkspaceSql(ctx, async (client) => {
    const { rows } = await client.query<{ count: number }>(
      `select count(*)::int as count from flags where workspace_id = $1 and starts_with("check", 'fault: ')`,
      [ctx.workspaceId],
    );
    return rows[0]!.count;
  });

describe("detection over a workspace", () => {
  test("finds the fault, its span and size, and flags it", async () => {
    const runId = await detect();
    const found = await faults();
    expect(found).toMatchObject([
      { sensorCode: "T-0", kind: "bias", mode: "network_temperature", isOpen: false, runId },
    ]);
    const [fault] = found;
    expect(fault!.magnitude).toBeCloseTo(3, 0);
    const hour = (at: unknown) => ((at as Date).getTime() - START_MS) / HOUR_MS;
    expect(Math.abs(hour(fault!.beginAt) - FAULTY.fromH)).toBeLessThanOrEqual(1);
    expect(Math.abs(hour(fault!.endAt) - (FAULTY.toH - 1))).toBeLessThanOrEqual(1);
    expect(await countFlags()).toBe(1);
  });

  test("maintenance explains it, also in two windows; it reopens when it lasts beyond, unless somebody decided", async () => {
    const { workspaceId } = ctx;
    const at = (hour: number) => new Date(START_MS + hour * HOUR_MS);
    const [fault] = await faults();
    const sensors = { create: [{ sensorId: fault!.sensorId, workspaceId }] };
    const window = (fromH: number, untilH: number) => {
      const span = { fromAt: at(fromH), untilAt: at(untilH), createdAt: at(0), byLabel: "test" };
      return systemDb().maintenanceWindow.create({ data: { id: newId(), workspaceId, ...span, sensors } });
    };
    await window(FAULTY.fromH - 2, FAULTY.fromH + 24);
    const { id: lastId } = await window(FAULTY.fromH + 24, FAULTY.toH + 2);
    const reviewed = async () => {
      await detect();
      return (await faults()).map(({ id, review }) => `${id} ${review}`);
    };
    expect(await reviewed()).toEqual([`${fault!.id} maintenance`]);
    expect(await countFlags()).toBe(0);
    await systemDb().maintenanceWindow.update({ where: { id: lastId }, data: { untilAt: at(FAULTY.toH - 24) } });
    expect(await reviewed()).toEqual([`${fault!.id} unreviewed`]);
    expect(await countFlags()).toBe(1);
    await reviewFault(ctx, fault!.id, { verdict: "maintenance", comment: "It took a day longer." });
    expect(await reviewed()).toEqual([`${fault!.id} maintenance`]);
    await systemDb().maintenanceWindow.deleteMany({ where: { workspaceId } });
  });

  test("a second detection keeps the fault and what was said of it; a disputed one is not flagged again", async () => {
    const [before] = await faults();
    await reviewFault(ctx, before!.id, { verdict: "disputed", comment: "A heater stood beside it." });
    expect(await countFlags()).toBe(0);
    const runId = await detect();
    expect(await faults()).toMatchObject([{ id: before!.id, review: "disputed", runId }]);
    expect(await countFlags()).toBe(0);
    await reviewFault(ctx, before!.id, { verdict: "confirmed", comment: "" });
    await detect();
    expect(await countFlags()).toBe(1);
  });

  test("a fault nobody looked at goes when it is not found any more", async () => {
    const [known] = await faults();
    await reviewFault(ctx, known!.id, { verdict: "unreviewed", comment: "" });
    await inWorkspaceSql(ctx, (client) =>
      client.query(
        `update observations set value = value - 3 where datastream_id = (select datastream_id from faults where id = $1)
         and observed_at >= to_timestamp($2) and observed_at < to_timestamp($3)`,
        [known!.id, (START_MS + FAULTY.fromH * HOUR_MS) / 1000, (START_MS + FAULTY.toH * HOUR_MS) / 1000],
      ),
    );
    await detect();
    expect(await faults()).toEqual([]);
    expect(await countFlags()).toBe(0);
  });
});

test("only what has something new is judged again, and all of it for another detector", async () => {
  await detect();
  const judgedBy = (runId: string) => detectionOf.get(runId) ?? [];
  expect(judgedBy(await detect({ onlyNew: true }))).toEqual([]);
  const at = START_MS + (HOURS + 1) * HOUR_MS;
  await loadReadings(ctx, [{ code: "T-1", atMs: at, value: 11 }]);
  // Neighbours vote on each other: the whole block is judged, and nothing is left for the next time.
  expect(judgedBy(await detect({ onlyNew: true })).length).toBeGreaterThan(1);
  expect(judgedBy(await detect({ onlyNew: true }))).toEqual([]);
});

test("what is unknown cannot be reviewed", async () => {
  await expect(reviewFault(ctx, newId(), { verdict: "confirmed", comment: "" })).rejects.toMatchObject({
    code: "not_found",
  });
});
