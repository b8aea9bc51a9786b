import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Ctx } from "#lib/auth/context";
import { closeDb, systemDb } from "#lib/db/client";
import { closePool } from "#lib/db/pool";
import { closeLive } from "#lib/live/subscribe";
import { createPipeline } from "#lib/pipelines/service/create-pipeline";
import { deletePipeline } from "#lib/pipelines/service/delete-pipeline";
import { getExecution, listExecutionsOf } from "#lib/pipelines/service/get-execution";
import { retryExecution } from "#lib/pipelines/service/retry-execution";
import { startExecution } from "#lib/pipelines/service/start-execution";
import { startOnNewData } from "#lib/pipelines/service/start-on-new-data";
import { Driver } from "#lib/testing/drive";
import { misbehaveInTurn, type Emulator, type Misdeed } from "#lib/testing/emulators/emulator";
import { GROW_KEY, growTimes, makeGrowSensors, startGrowEmulator, type GrowSensor } from "#lib/testing/emulators/grow";
import { makeWorkspace } from "#lib/testing/people";
import { addFile } from "#lib/uploads/service/add-file";

const DAY_MS = 86_400_000;
const NOW_MS = Math.floor(Date.now() / DAY_MS) * DAY_MS;
const SENSORS = makeGrowSensors(12, { startMs: NOW_MS - 5 * DAY_MS, endMs: NOW_MS - 60_000 });
SENSORS[3] = { ...SENSORS[3]!, stuckFromMs: NOW_MS - 2 * DAY_MS };

let ctx: Ctx;
let driver: Driver;
let emulator: Emulator;

beforeEach(async () => {
  vi.stubEnv("FIELDPORT_PRIVATE_HOSTS", "127.0.0.1");
  ctx = await makeWorkspace();
  driver = new Driver(ctx);
});
afterEach(async () => {
  driver.close();
  await emulator.close();
});
afterAll(async () => {
  await closeLive();
  await closeDb();
  await closePool();
});

interface Opened {
  misbehave?: (request: number) => Misdeed | null;
  sensors?: GrowSensor[];
  runsOnNewData?: boolean;
}

async function open({ sensors = SENSORS, runsOnNewData = false, ...plan }: Opened = {}) {
  emulator = await startGrowEmulator(sensors, { requestsPerSecond: Infinity, ...plan });
  const settings = { source: { kind: "grow", baseUrl: `${emulator.url}/api` } };
  const input = {
    slug: "sensor-network",
    name: "Gardens",
    settings,
    secret: GROW_KEY,
    cron: null,
    runsOnNewData,
  };
  return (await createPipeline(ctx, input)).id;
}

async function start(pipelineId: string, input = {}): Promise<string> {
  const id = await startExecution(ctx, pipelineId, input);
  if (id === null) throw new Error("skipped");
  return id;
}

const statesOf = async (id: string) => (await getExecution(ctx, id)).steps.map(({ name, state }) => `${name} ${state}`);
const countReadings = () =>
  systemDb().$queryRaw<{ n: number }[]>`
    select count(*)::int as n from observations o join datastreams d on d.id = o.datastream_id
    where d.workspace_id = ${ctx.workspaceId}::uuid`.then((rows) => rows[0]?.n ?? 0);
const waitingStarts = () =>
  systemDb().$queryRaw<{ n: number }[]>`
    select count(*)::int as n from graphile_worker.jobs where key = ${`new-data:${ctx.workspaceId}`}`.then(
    (rows) => rows[0]?.n ?? 0,
  );
const trueReadings = (sensors = SENSORS) =>
  sensors.reduce((sum, sensor) => sum + 4 * growTimes(sensor, 0, NOW_MS).length, 0);

const ALL_DONE = ["sensors", "references", "addresses", "readings", "detect", "analyse"].map(
  (name) => `${name} ${name === "addresses" ? "skipped" : "succeeded"}`,
);

describe("the sensor pipeline", () => {
  it("brings sensors, readings and faults, and every reading leads back to what the source answered", async () => {
    const id = await start(await open());
    await driver.drive(id);
    expect(await statesOf(id)).toEqual(ALL_DONE);
    expect((await getExecution(ctx, id)).state).toBe("succeeded");
    const { workspaceId } = ctx;
    expect(await systemDb().sensor.count({ where: { workspaceId, mercatorX: { not: null } } })).toBe(12);
    expect(await countReadings()).toBe(trueReadings());
    const [stuck] = await systemDb().fault.findMany({ where: { workspaceId }, include: { sensor: true } });
    expect(stuck).toMatchObject({ kind: "stuck", sensor: { code: SENSORS[3]!.code } });
    const dataset = await systemDb().dataset.findFirstOrThrow({
      where: { workspaceId, kind: "sensor-readings" },
      include: { uploads: { include: { upload: { include: { artifact: { include: { runArtifacts: true } } } } } } },
    });
    const writer = dataset.uploads[0]?.upload.artifact?.runArtifacts.find(({ direction }) => direction === "output");
    const run = await systemDb().run.findUniqueOrThrow({ where: { id: writer?.runId ?? "" } });
    expect(run.algorithm).toBe("extract-readings");
  });

  it("asks for what is new only, and has nothing to do when there is nothing", async () => {
    const pipelineId = await open();
    await driver.drive(await start(pipelineId));
    const asked = emulator.requests.length;
    const again = await start(pipelineId);
    await driver.drive(again);
    expect((await getExecution(ctx, again)).steps.find(({ name }) => name === "readings")?.note).toBe("Nothing new.");
    expect(emulator.requests.slice(asked).some(({ path }) => path.includes("timeSeries/get"))).toBe(false);
    expect(await countReadings()).toBe(trueReadings());
  });

  it("loses and doubles nothing when the source misbehaves", async () => {
    const misdeeds = ["too_many", "malformed", "reordered", "duplicated", "nulls", "reset"] as const;
    const id = await start(await open({ misbehave: misbehaveInTurn(misdeeds, 2) }));
    await driver.drive(id);
    expect(await statesOf(id)).toEqual(ALL_DONE);
    expect(await countReadings()).toBe(trueReadings());
  });

  it("waits for a source that is away, goes on by itself, and on request at once, from the failed step", async () => {
    let isAway = true;
    // The list answers; the readings do not.
    const id = await start(await open({ misbehave: (n) => (isAway && n >= 4 ? "closed" : null) }));
    await driver.drive(id);
    const waiting = (await getExecution(ctx, id)).steps.find(({ name }) => name === "readings");
    expect(waiting).toMatchObject({
      state: "running",
      attempt: 1,
      errorDetail: expect.stringContaining("503") as string,
    });
    expect(waiting?.retryAt).not.toBeNull();
    isAway = false;
    const lists = emulator.requests.filter(({ path }) => path.includes("locations")).length;
    await retryExecution(ctx, id);
    await driver.drive(id);
    expect(await statesOf(id)).toEqual(ALL_DONE);
    expect(await countReadings()).toBe(trueReadings());
    // One list more, by the readings step itself: the sensors step was not done again.
    expect(emulator.requests.filter(({ path }) => path.includes("locations")).length).toBe(lists + 1);
  }, 60_000);

  it("stops at a refused key and says so, without the key", async () => {
    const pipelineId = await open();
    await systemDb().pipeline.update({ where: { id: pipelineId }, data: { sealedSecret: null } });
    const id = await start(pipelineId);
    await driver.drive(id);
    const execution = await getExecution(ctx, id);
    expect(execution.state).toBe("failed");
    expect(execution.steps[0]).toMatchObject({
      state: "failed",
      errorDetail: expect.stringContaining("needs a key") as string,
    });
  });

  it("reads a time again as a backfill without moving on what is new", async () => {
    const pipelineId = await open();
    await driver.drive(
      await start(pipelineId, { fromAt: new Date(NOW_MS - 3 * DAY_MS), untilAt: new Date(NOW_MS - 2 * DAY_MS) }),
    );
    const sensorDay = SENSORS.reduce(
      (n, s) => n + 4 * growTimes(s, NOW_MS - 3 * DAY_MS, NOW_MS - 2 * DAY_MS).length,
      0,
    );
    expect(await countReadings()).toBe(sensorDay);
    await driver.drive(await start(pipelineId));
    expect(await countReadings()).toBe(trueReadings());
  }, 60_000);

  it("runs once at a time; a schedule's start meanwhile is counted, a person's refused", async () => {
    const pipelineId = await open();
    const id = await start(pipelineId);
    expect(await startExecution(ctx, pipelineId, { trigger: "schedule" })).toBeNull();
    await expect(startExecution(ctx, pipelineId, {})).rejects.toMatchObject({ code: "conflict" });
    expect((await getExecution(ctx, id)).skippedStarts).toBe(1);
    await deletePipeline(ctx, pipelineId);
    expect(await systemDb().pipelineExecution.count({ where: { id } })).toBe(0);
  });

  it("runs when new files arrive, not for files it brought itself, and again when they arrive during a run", async () => {
    const pipelineId = await open({ runsOnNewData: true, sensors: SENSORS.slice(0, 2) });
    const first = await start(pipelineId);
    await driver.drive(first);
    expect(await waitingStarts()).toBe(0);

    const reading = `sensor_id,observed_at,air_temperature_c\nT1,${new Date(NOW_MS - 60_000).toISOString()},10.5\n`;
    await addFile(ctx, { fileName: "own.csv", kind: "sensor-readings", chunks: [reading] });
    while (await driver.work());
    expect(await waitingStarts()).toBe(1);
    await systemDb().$executeRaw`select graphile_worker.remove_job(${`new-data:${ctx.workspaceId}`})`;

    await startOnNewData(ctx);
    const { items } = await listExecutionsOf(ctx, pipelineId, { limit: 10 });
    expect(items.map(({ trigger, state }) => `${trigger} ${state}`)).toEqual(["new_data running", "person succeeded"]);
    await startOnNewData(ctx);
    expect(await waitingStarts()).toBe(1);
    expect((await getExecution(ctx, items[0]?.id ?? "")).skippedStarts).toBe(0);
  }, 60_000);
});
