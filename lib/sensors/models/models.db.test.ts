import { afterAll, expect, test } from "vitest";
import { closeDb, systemDb } from "#lib/db/client";
import { closePool } from "#lib/db/pool";
import { closeLive } from "#lib/live/subscribe";
import { createRun } from "#lib/runs/service/create-run";
import { getRunResult } from "#lib/runs/service/get-run-result";
import { loadReadings } from "#lib/sensors/testing/load";
import { Driver } from "#lib/testing/drive";
import { makeWorkspace } from "#lib/testing/people";
import { detectionRequest } from "../faults/service/request-detection.ts";
import { faultModel } from "./schema.ts";

const HOUR_MS = 3_600_000;
const HOURS = 14 * 24;
const START_MS = Date.UTC(2026, 8, 1);

afterAll(async () => {
  await closeLive();
  await closeDb();
  await closePool();
});

/** A town of eight; two of them read 3 °C too high on four days each. */
const readings = Array.from({ length: 8 * HOURS }, (_, n) => {
  const [j, hour] = [n % 8, Math.floor(n / 8)];
  const noise = ((Math.sin((hour * 7 + j) * 12.9898) * 43_758.5453) % 1) * 0.3;
  const fault = (j === 3 && hour >= 96 && hour < 192) || (j === 5 && hour >= 210 && hour < 300) ? 3 : 0;
  const daily = 4 * Math.sin(((hour - 9) / 24) * 2 * Math.PI);
  return { code: `T-${j}`, atMs: START_MS + hour * HOUR_MS, value: 10 + j * 0.3 + daily + noise + fault };
});

test("a dispute makes the detector less sure of that cause, and the card says so", async () => {
  const ctx = await makeWorkspace();
  await loadReadings(ctx, readings);
  const driver = new Driver(ctx);
  try {
    const detect = async () => {
      await createRun(ctx, await detectionRequest(ctx));
      await driver.work();
    };
    const biases = () =>
      systemDb().fault.findMany({ where: { workspaceId: ctx.workspaceId, kind: "bias" }, orderBy: { beginAt: "asc" } });
    await detect();
    const [first, second] = await biases();
    expect(second).toBeDefined();
    await systemDb().fault.update({ where: { id: first!.id }, data: { review: "disputed" } });

    const training = await createRun(ctx, { algorithm: "train-fault-model", params: {}, inputs: {} });
    await driver.work();
    const { result, view } = await getRunResult(ctx, training.id);
    expect(faultModel.parse(result)).toMatchObject({
      labelCount: 1,
      kinds: [{ kind: "bias", confirmed: 0, disputed: 1 }],
    });
    expect(JSON.stringify(view)).toContain("Learned from 1 review");
    expect(JSON.stringify(result)).not.toContain("T-3");

    expect(await detectionRequest(ctx)).toMatchObject({ inputs: { modelRunId: training.id } });
    await detect();
    const [, after] = await biases();
    expect(after!.id).toBe(second!.id);
    expect(after!.confidence).toBeLessThan(second!.confidence);
  } finally {
    driver.close();
  }
}, 60_000);

test("a sensor that is off all the time is found with a model that knew it healthy", async () => {
  const ctx = await makeWorkspace();
  const healthy = readings.filter(({ atMs }) => atMs < START_MS + 96 * HOUR_MS);
  const driver = new Driver(ctx);
  try {
    await loadReadings(ctx, healthy);
    await createRun(ctx, { algorithm: "train-fault-model", params: {}, inputs: {} });
    await driver.work();
    const later = healthy.map(({ code, atMs, value }) => ({
      ...{ code, atMs: atMs + 30 * 24 * HOUR_MS },
      value: code === "T-1" ? value + 4 : value,
    }));
    await loadReadings(ctx, later);
    const kindsWith = async (inputs: Record<string, unknown>) => {
      await createRun(ctx, { algorithm: "detect-faults", params: { windowDays: 10, onlyNew: false }, inputs });
      await driver.work();
      const where = { workspaceId: ctx.workspaceId };
      const faults = await systemDb().fault.findMany({ where, include: { sensor: true } });
      return faults.map(({ kind, sensor }) => `${sensor.code} ${kind}`);
    };
    expect(await kindsWith({})).toEqual([]);
    const { inputs } = await detectionRequest(ctx);
    expect(await kindsWith(inputs)).toEqual(["T-1 bias"]);
  } finally {
    driver.close();
  }
}, 60_000);

test("a detection with a model that is none says which", async () => {
  const ctx = await makeWorkspace();
  await loadReadings(ctx, readings.slice(0, 800));
  const driver = new Driver(ctx);
  const inputs = { modelRunId: "01a21de4-0000-7000-8000-000000000000" };
  const { id } = await createRun(ctx, { algorithm: "detect-faults", params: {}, inputs });
  await driver.work();
  driver.close();
  const run = await systemDb().run.findUniqueOrThrow({ where: { id } });
  expect(run).toMatchObject({ state: "failed", errorCode: "unprocessable" });
  expect(run.errorDetail).toContain("finished training of this workspace");
});
