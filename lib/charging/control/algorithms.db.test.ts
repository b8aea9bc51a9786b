import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import type { Ctx } from "#lib/auth/context";
import { closeDb, systemDb } from "#lib/db/client";
import { closePool } from "#lib/db/pool";
import { newId, sha256Hex } from "#lib/ids";
import { closeLive } from "#lib/live/subscribe";
import { artifactKey } from "#lib/objects/keys";
import { putFile } from "#lib/objects/store";
import { createRun } from "#lib/runs/service/create-run";
import { getRunResult } from "#lib/runs/service/get-run-result";
import { createParquetWriter } from "#lib/tables/parquet-writer";
import { Driver } from "#lib/testing/drive";
import { makeWorkspace } from "#lib/testing/people";
import { findPublishedTariff } from "../tariffs/published/published-tariffs.ts";
import { tariff } from "../tariffs/schema.ts";
import { createTariff, saveTariffVersion } from "../tariffs/service/save-tariff.ts";
import { applyControlModelResult } from "./apply/schema.ts";
import { optimiseChargingResult } from "./optimise/schema.ts";

afterAll(async () => {
  await closeLive();
  await closeDb();
  await closePool();
});

const sessions = Array.from({ length: 40 }, (_, i) => {
  const hour = 7 + (i % 4);
  const minute = String((i % 4) * 15).padStart(2, "0");
  return `${hour}:${minute} ${hour + 6 + (i % 3)}:${minute} ${5 + (i % 11)} 6.6`;
});

it("optimises a day, learns a control model and applies it to a forecast, as runs", async () => {
  const ctx = await makeWorkspace();
  const driver = new Driver(ctx);
  const ask = async (algorithm: string, inputs: Record<string, unknown>, params: Record<string, unknown> = {}) => {
    const { id } = await createRun(ctx, { algorithm, params, inputs });
    while (await driver.work());
    const run = await systemDb().run.findUniqueOrThrow({ where: { id } });
    if (run.state !== "succeeded") throw new Error(run.errorDetail ?? run.state);
    return { id, ...(await getRunResult(ctx, id)) };
  };
  try {
    const managed = optimiseChargingResult.parse((await ask("optimise-charging", { sessions })).result);
    expect(managed).toMatchObject({ sessionCount: 40, unmet: [] });
    expect(managed.certificate.solverUsd).toBeCloseTo(managed.managed.costUsd, 6);
    const artifact = await systemDb().artifact.findUniqueOrThrow({ where: { id: managed.artifactId! } });
    expect(artifact).toMatchObject({ fileName: "schedules.csv", mediaType: "text/csv" });

    const training = await ask("train-control-model", { sessions }, { days: 20, sessionsPerDay: 30 });
    await expect(ask("apply-control-model", { modelRunId: training.id, forecastRunId: training.id })).rejects.toThrow(
      "is no finished load forecast",
    );

    const [load] = managed.baselines.map(({ loadKw }) => loadKw);
    const segments = [{ segment: "work", label: "Workplace", loadKw: load }];
    const forecastRunId = await storeRun(ctx, "forecast-load", {
      stepMin: 15,
      days: [{ dayType: "weekday", segments }],
    });
    const applied = applyControlModelResult.parse(
      (await ask("apply-control-model", { modelRunId: training.id, forecastRunId })).result,
    );
    const [day] = applied.days;
    expect(day!.energyKwh).toBeCloseTo(managed.requestedKwh, 6);
    expect(day!.peakKw.controlled).toBeLessThan(day!.peakKw.uncontrolled);
  } finally {
    driver.close();
  }
}, 90_000);

it("charges under the version of a workspace's tariff that the run names", async () => {
  const ctx = await makeWorkspace();
  const driver = new Driver(ctx);
  try {
    const { id: tariffId } = await createTariff(ctx, {
      ...tariff.parse(findPublishedTariff("sdge-al-tou")),
      name: "Site",
    });
    await saveTariffVersion(ctx, tariffId, { ...tariff.parse(findPublishedTariff("PGEcev")), name: "Site, later" });
    const request = { algorithm: "optimise-charging", params: { tariffMonth: 1 }, inputs: { sessions, tariffId } };
    const { id } = await createRun(ctx, request);
    while (await driver.work());
    const managed = optimiseChargingResult.parse((await getRunResult(ctx, id)).result);
    expect(managed).toMatchObject({ tariffName: "Site", demandLabels: ["Month's maximum", "Peak"] });
    expect(managed.priceUsdPerKwh[4 * 17]).toBe(0.1275);
    expect(managed.certificate.solverUsd).toBeCloseTo(managed.managed.costUsd, 6);
  } finally {
    driver.close();
  }
}, 90_000);

it("reads the sessions of a dataset, of its busiest day", async () => {
  const ctx = await makeWorkspace();
  const driver = new Driver(ctx);
  try {
    const datasetId = await storeDataset(ctx, [
      { name: "start_s", values: [28_800, 30_000, 32_000, 28_800] },
      { name: "session_s", values: [18_000, 18_000, 18_000, 18_000] },
      { name: "energy_kwh", values: [8, 9, NaN, 10] },
      { name: "power_kw_max", values: [6.6, NaN, 6.6, 7.2] },
      { name: "start_year", values: [2019, 2019, 2019, 2019] },
      { name: "start_day_of_year", values: [7, 7, 7, 8] },
    ]);
    const { id } = await createRun(ctx, { algorithm: "optimise-charging", params: {}, inputs: { datasetId } });
    while (await driver.work());
    const { result } = await getRunResult(ctx, id);
    expect(optimiseChargingResult.parse(result)).toMatchObject({
      sessionCount: 2,
      requestedKwh: 17,
      notes: [
        "1 rows without a start, a stay or energy are left out.",
        "The day with the most energy: 2 of 3 sessions.",
        "1 sessions without a power are taken to charge at 6.6 kW.",
      ],
    });
    const other = await storeDataset(ctx, [{ name: "temperature", values: [20] }]);
    const wrong = await createRun(ctx, { algorithm: "optimise-charging", params: {}, inputs: { datasetId: other } });
    while (await driver.work());
    const run = await systemDb().run.findUniqueOrThrow({ where: { id: wrong.id } });
    expect(run.errorDetail).toContain("energy_kwh and either start_s");
  } finally {
    driver.close();
  }
}, 60_000);

it("refuses inputs that name no sessions, or a dataset that is not there", async () => {
  const ctx = await makeWorkspace();
  await expect(createRun(ctx, { algorithm: "optimise-charging", params: {}, inputs: {} })).rejects.toThrow();
  const inputs = { datasetId: newId() };
  await expect(createRun(ctx, { algorithm: "optimise-charging", params: {}, inputs })).rejects.toThrow("no dataset");
});

/** A finished run as another domain would leave it. */
async function storeRun(ctx: Ctx, algorithm: string, result: object): Promise<string> {
  const id = newId();
  const { workspaceId } = ctx;
  const told = { title: algorithm, seed: id, trigger: "test", startedByLabel: "test", timeoutS: 1, memoryMb: 1 };
  const row = {
    id,
    workspaceId,
    algorithm,
    version: 1,
    params: {},
    inputs: {},
    runKey: id,
    state: "succeeded",
    result,
  };
  await systemDb().run.create({ data: { ...row, ...told } });
  return id;
}

async function storeDataset(ctx: Ctx, columns: { name: string; values: number[] }[]): Promise<string> {
  const { workspaceId } = ctx;
  const folder = await mkdtemp(join(tmpdir(), "fieldport-test-"));
  const path = join(folder, "table.parquet");
  const declared = columns.map(({ name }) => ({ name, type: "double" as const }));
  const writer = await createParquetWriter(path, declared);
  const rows = columns[0]!.values.length;
  await writer.append(
    columns.map(({ values }) => Float64Array.from(values)),
    rows,
  );
  const { sizeBytes } = await writer.close();
  const sha256 = sha256Hex(await readFile(path));
  const objectKey = artifactKey(workspaceId, sha256);
  await putFile(objectKey, { path, sizeBytes, mediaType: "application/vnd.apache.parquet" });
  await rm(folder, { recursive: true });
  const artifact = { id: newId(), workspaceId, sha256, sizeBytes, mediaType: "application/vnd.apache.parquet" };
  await systemDb().artifact.create({ data: { ...artifact, fileName: "table.parquet", objectKey } });
  const counts = { rowsIn: rows, rowsKept: rows, rowsDropped: 0 };
  const none = { rowsRepaired: 0, rowsEmpty: 0, duplicates: 0, valuesKept: 0, byRule: [], columns: [] };
  const id = await storeRun(ctx, "clean-table", {});
  const dataset = {
    id,
    workspaceId,
    kind: "charging-sessions",
    name: "sessions",
    runId: id,
    tableArtifactId: artifact.id,
  };
  await systemDb().dataset.create({ data: { ...dataset, ...counts, qualityReport: { ...counts, ...none } } });
  return id;
}
