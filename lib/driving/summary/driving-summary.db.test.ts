import { text } from "node:stream/consumers";
import { afterAll, expect, test } from "vitest";
import type { Ctx } from "#lib/auth/context";
import { closeDb, systemDb } from "#lib/db/client";
import { closePool } from "#lib/db/pool";
import { closeLive } from "#lib/live/subscribe";
import { openObject } from "#lib/objects/store";
import { createRun } from "#lib/runs/service/create-run";
import { getRunResult } from "#lib/runs/service/get-run-result";
import { Driver } from "#lib/testing/drive";
import { makeWorkspace } from "#lib/testing/people";
import { addFile } from "#lib/uploads/service/add-file";
import { postRecords } from "../service/post-records.ts";
import { dayFile, summarise } from "../testing/summarise.ts";
import { drivingSummaryResult } from "./schema.ts";

afterAll(async () => {
  await closeLive();
  await closeDb();
  await closePool();
});

test("uploaded day files become datasets, and these a summary with its files", async () => {
  const ctx = await makeWorkspace();
  await addFile(ctx, { fileName: "day-1", kind: "driving-records", chunks: [dayFile("2024-03-01", "anna")] });
  await addFile(ctx, { fileName: "day-2", kind: "auto", chunks: [dayFile("2024-03-02", "ben")] });
  const id = await summarise(ctx, {});
  const { result, view } = await getRunResult(ctx, id);
  const { total, drivers, days, trips, overspeedEpisodes, datasetCount } = drivingSummaryResult.parse(result);
  expect(total).toMatchObject({ recordCount: 120, overspeedCount: 2, overspeedS: 120, drivingS: 2 * 59 * 60 });
  expect(total.distanceKm).toBeCloseTo(2 * 59 * 1.11195, 2);
  expect([datasetCount, drivers.length, days.map(({ day }) => day), trips.count, overspeedEpisodes.count]).toEqual([
    ...[2, 2, ["2024-03-01", "2024-03-02"], 2, 2],
  ]);
  expect(view.map(({ kind }) => kind)).toContain("series");
  const files = await systemDb().runArtifact.findMany({
    where: { runId: id, direction: "output" },
    include: { artifact: true },
  });
  const contentOf = async (name: string) =>
    text(await openObject(files.find((file) => file.name === name)?.artifact.objectKey ?? "none"));
  expect(files).toHaveLength(19);
  expect((await contentOf("drivers.csv")).split("\n")[1]).toContain("2024-03-01 08:00:00");
  const tracks = JSON.parse(await contentOf("trips.geojson")) as {
    features: { geometry: { coordinates: unknown[] } }[];
  };
  expect(tracks.features.map(({ geometry }) => geometry.coordinates.length)).toEqual([60, 60]);
  expect(await contentOf("trips.gpx")).toContain("<time>2024-03-02T08:00:00.000Z</time>");
}, 60_000);

test("a period takes its days only, and an empty one says so", async () => {
  const ctx = await makeWorkspace();
  await addFile(ctx, { fileName: "day-1", kind: "driving-records", chunks: [dayFile("2024-03-01", "anna")] });
  const day = { fromDay: "2024-03-01", toDay: "2024-03-01" };
  const { result } = await getRunResult(ctx, await summarise(ctx, { params: { ...day, exports: [] } }));
  expect(drivingSummaryResult.parse(result).total.recordCount).toBe(60);
  const empty = await summarise(ctx, { params: { fromDay: "2024-03-05" } });
  const run = await systemDb().run.findUniqueOrThrow({ where: { id: empty } });
  expect(run).toMatchObject({ state: "failed", errorCode: "unprocessable" });
  expect(run.errorDetail).toContain("No record lies in this period");
}, 60_000);

test("a dataset of another workspace is not found, and without records a run is refused at once", async () => {
  const ctx = await makeWorkspace();
  const other = await makeWorkspace();
  await addFile(other, { fileName: "day-1", kind: "driving-records", chunks: [dayFile("2024-03-01", "anna")] });
  const driver = new Driver(other);
  await driver.work();
  driver.close();
  const dataset = await systemDb().dataset.findFirstOrThrow({ where: { workspaceId: other.workspaceId } });
  const ask = (inputs: object) => createRun(ctx, { algorithm: "driving-summary", params: {}, inputs: { ...inputs } });
  await expect(ask({})).rejects.toThrow("Upload a file of them");
  await expect(ask({ datasetIds: [dataset.id] })).rejects.toThrow("Not every one");
}, 60_000);

test("records that were sent give the summary of the file that holds the same ones", async () => {
  const [filed, sent] = [await makeWorkspace(), await makeWorkspace()];
  const text = dayFile("2024-03-01", "anna");
  await addFile(filed, { fileName: "day-1", kind: "driving-records", chunks: [text] });
  const rows = text.trim().split("\n").map(toPosted);
  expect(await postRecords(sent, rows, null)).toMatchObject({ accepted: 60, rejected: 0 });
  const read = async (ctx: Ctx, params: object) => {
    const { result } = await getRunResult(ctx, await summarise(ctx, { params: { exports: [], ...params } }));
    const { total, drivers, days, trips } = drivingSummaryResult.parse(result);
    return { total, drivers, days, trips };
  };
  expect(await read(sent, { records: "received" })).toEqual(await read(filed, {}));
  const both = await read(filed, { records: "both" });
  expect(both.total.recordCount).toBe(60);
  await expect(createRun(sent, { algorithm: "driving-summary", params: {}, inputs: {} })).rejects.toThrow("send some");
}, 60_000);

test("an engine that is not set up is refused at once, with what to do", async () => {
  const ctx = await makeWorkspace();
  await addFile(ctx, { fileName: "day-1", kind: "driving-records", chunks: [dayFile("2024-03-01", "anna")] });
  const asked = { algorithm: "driving-summary", params: { engine: "spark" }, inputs: {} };
  await expect(createRun(ctx, asked)).rejects.toThrow("FIELDPORT_SPARK");
});

/** A line of a file as a vehicle posts it. */
function toPosted(line: string): Record<string, unknown> {
  const [driverID, carPlateNumber, Latitude, Longitude, Speed, Direction, siteName, Time, ...flags] = line.split(",");
  return {
    ...{ driverID, carPlateNumber, Latitude, Longitude, Speed, Direction, siteName, Time },
    ...{ isOverspeed: flags[5], isOverspeedFinished: flags[6], overspeedTime: flags[7] },
  };
}
