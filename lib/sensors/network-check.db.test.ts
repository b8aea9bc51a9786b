import { afterAll, expect, test } from "vitest";
import { closeDb, systemDb } from "#lib/db/client";
import { closePool } from "#lib/db/pool";
import { closeLive } from "#lib/live/subscribe";
import { createRandom } from "#lib/math/random";
import { createRun } from "#lib/runs/service/create-run";
import { getRunResult } from "#lib/runs/service/get-run-result";
import { loadReadings, loadRegistry } from "#lib/sensors/testing/load";
import { Driver } from "#lib/testing/drive";
import { makeWorkspace } from "#lib/testing/people";
import { checkNetworkResult } from "./checks/network/schema.ts";

const HOUR_MS = 3_600_000;
const START_MS = Date.UTC(2026, 8, 1);
const CODES = Array.from({ length: 30 }, (_, i) => `T-${i}`);

afterAll(async () => {
  await closeLive();
  await closeDb();
  await closePool();
});

function readings(from: number, hours: number) {
  const random = createRandom(`readings ${from}`);
  return CODES.flatMap((code, j) =>
    Array.from({ length: hours }, (_, i) => {
      const hour = from + i;
      const daily = 4 * Math.sin(((hour - 9) / 24) * 2 * Math.PI);
      const fault = j === 7 && hour >= 60 && hour < 90 ? 12 : 0;
      return { code, atMs: START_MS + hour * HOUR_MS, value: 10 + daily + random.normal(0, 0.3) + fault };
    }),
  );
}

test("a deviating station among thirty is flagged, kept beside the other checks' flags, and judged again only with news", async () => {
  const ctx = await makeWorkspace();
  const random = createRandom("town");
  const at = () => ({ lat: 48 + random.uniform(0, 0.05), lon: 7.8 + random.uniform(0, 0.05), elevationM: 300 });
  await loadRegistry(
    ctx,
    CODES.map((code) => ({ code, ...at() })),
  );
  await loadReadings(ctx, readings(0, 120));
  const driver = new Driver(ctx);
  const run = async (algorithm: string) => {
    const { id } = await createRun(ctx, { algorithm, params: {}, inputs: {} });
    await driver.work();
    return id;
  };
  const flagged = async () => {
    const flags = await systemDb().flag.findMany({
      where: { workspaceId: ctx.workspaceId, check: { in: ["buddy", "spatial consistency"] } },
      include: { datastream: { include: { sensor: true } } },
    });
    return flags.map(({ check, datastream }) => `${datastream.sensor.code} ${check}`).sort();
  };
  try {
    await run("check-network");
    expect(await flagged()).toEqual(["T-7 buddy", "T-7 spatial consistency"]);
    await run("range-step-stuck");
    expect(await flagged()).toHaveLength(2);

    await loadReadings(ctx, readings(120, 24).slice(0, 24), 2);
    const again = checkNetworkResult.parse((await getRunResult(ctx, await run("check-network"))).result);
    expect(again.seriesCount).toBe(30);
    expect(await flagged()).toHaveLength(2);
    const { params } = await systemDb().run.findFirstOrThrow({
      where: { workspaceId: ctx.workspaceId, algorithm: "check-network" },
    });
    expect(params).toMatchObject({ threshold: 4, hoursMin: 6 });
  } finally {
    driver.close();
  }
}, 60_000);

test("a sensor that measures at another step than those around is judged by them, also when only they have news", async () => {
  const ctx = await makeWorkspace();
  const random = createRandom("two steps");
  const at = () => ({ lat: 48 + random.uniform(0, 0.05), lon: 7.8 + random.uniform(0, 0.05), elevationM: 300 });
  await loadRegistry(
    ctx,
    [...CODES, "OFTEN"].map((code) => ({ code, ...at() })),
  );
  const often = Array.from({ length: 480 }, (_, i) => {
    const daily = 4 * Math.sin(((i / 4 - 9) / 24) * 2 * Math.PI);
    return { code: "OFTEN", atMs: START_MS + (i * HOUR_MS) / 4, value: 10 + daily + (i >= 240 ? 12 : 0) };
  });
  await loadReadings(ctx, often);
  const driver = new Driver(ctx);
  const judge = async () => {
    await createRun(ctx, { algorithm: "check-network", params: {}, inputs: {} });
    await driver.work();
    const flags = await systemDb().flag.findMany({ where: { workspaceId: ctx.workspaceId, check: "buddy" } });
    return flags.map(({ startAt }) => startAt.getTime());
  };
  try {
    expect(await judge()).toEqual([]);
    const healthy = readings(0, 120).filter(({ code }) => code !== "T-7");
    await loadReadings(ctx, healthy, 2);
    expect(await judge()).toEqual([START_MS + 60 * HOUR_MS]);
  } finally {
    driver.close();
  }
}, 60_000);
