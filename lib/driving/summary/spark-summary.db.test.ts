import { rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { downloadObject } from "#lib/datasets/cleaning/download-object";
import { closeDb, systemDb } from "#lib/db/client";
import { closeLive } from "#lib/live/subscribe";
import { openObject, putFile } from "#lib/objects/store";
import { makeScratchDir } from "#lib/runs/execute/scratch-dir";
import { getRunResult } from "#lib/runs/service/get-run-result";
import { settingsOf, startFakeEmr, type FakeEmr } from "#lib/spark/testing/fake-emr";
import { makeWorkspace } from "#lib/testing/people";
import { addFile } from "#lib/uploads/service/add-file";
import { dayFile, summarise } from "../testing/summarise.ts";
import { onDuckDb } from "./compute-on-duckdb.ts";
import { drivingSummaryResult } from "./schema.ts";

let fake: FakeEmr;
beforeAll(async () => {
  fake = await startFakeEmr();
  Object.assign(process.env, settingsOf(fake));
});
afterAll(async () => {
  await fake.close();
  await closeLive();
  await closeDb();
});

test("Spark's tables make the same result and the same files, and the run says who computed it", async () => {
  const ctx = await makeWorkspace();
  for (const [day, driver] of [
    ["2024-03-01", "anna"],
    ["2024-03-02", "ben"],
  ] as const)
    await addFile(ctx, { fileName: day, kind: "driving-records", chunks: [dayFile(day, driver)] });
  const first = await summarise(ctx, {});
  fake.onStart = (job) => computeInstead(job.body);
  const second = await summarise(ctx, { params: { engine: "spark" } });
  const read = async (id: string) => {
    const { result } = await getRunResult(ctx, id);
    const { computedBy, ...figures } = drivingSummaryResult.parse(result);
    const files = await systemDb().runArtifact.findMany({
      where: { runId: id, direction: "output", name: { not: "summary.json" } },
      include: { artifact: true },
      orderBy: { name: "asc" },
    });
    return { computedBy, figures, files: files.map(({ name, artifact }) => `${name} ${artifact.sha256}`) };
  };
  const [ours, theirs] = [await read(first), await read(second)];
  expect(theirs.figures).toEqual(ours.figures);
  expect(theirs.files).toEqual(ours.files);
  expect([ours.computedBy.slice(0, 6), theirs.computedBy]).toEqual(["DuckDB", "Spark 9.9.9 on EMR Serverless"]);
}, 90_000);

/** The cluster's part, on DuckDB: reads what the request names and writes a table's file for each of its tables. */
async function computeInstead(body: Record<string, unknown>): Promise<void> {
  const { jobDriver } = z
    .object({ jobDriver: z.object({ sparkSubmit: z.object({ entryPointArguments: z.array(z.string()) }) }) })
    .parse(body);
  const keyOf = (address: string) => address.replace(/^s3:\/\/[^/]+\//, "");
  const asked = z
    .object({ records: z.array(z.string()), tables: z.record(z.string(), z.string()), output: z.string() })
    .parse(JSON.parse(await text(await openObject(keyOf(jobDriver.sparkSubmit.entryPointArguments[0] ?? "")))));
  const folder = await makeScratchDir();
  const paths: string[] = [];
  for (const [index, address] of asked.records.entries())
    paths.push(await downloadObject(keyOf(address), join(folder, `${index}.parquet`)));
  const settings = { sessionGapS: 60, fromClockS: null, toClockS: null };
  const quiet = {
    signal: new AbortController().signal,
    onProgress: () => undefined,
    log: () => undefined,
    onMemory: () => undefined,
  };
  const computed = await onDuckDb({ paths })({ settings, stopMinS: 180 }, quiet);
  const about = "select '9.9.9' as spark_version, 1e0 as computed_s";
  for (const [name, query] of Object.entries({ ...computed.tables, about })) {
    const path = join(folder, `${name}.parquet`);
    await computed.copy(query, path, "parquet");
    const key = `${keyOf(asked.output)}/${name}/part-0.parquet`;
    await putFile(key, { path, sizeBytes: (await stat(path)).size, mediaType: "application/octet-stream" });
  }
  computed.close();
  const [logPath, said] = [join(folder, "stdout.gz"), gzipSync("all tables\n")];
  await writeFile(logPath, said);
  const logKey = `${keyOf(asked.output).replace(/out$/, "logs")}/applications/00abc/jobs/job1/SPARK_DRIVER/stdout.gz`;
  await putFile(logKey, { path: logPath, sizeBytes: said.length, mediaType: "application/gzip" });
  await rm(folder, { recursive: true, force: true });
}
