import { buffer } from "node:stream/consumers";
import { gzipSync } from "node:zlib";
import { afterAll, expect, test } from "vitest";
import { ZipFile } from "yazl";
import { z } from "zod";
import type { Ctx } from "#lib/auth/context";
import { closeDb, systemDb } from "#lib/db/client";
import { closePool } from "#lib/db/pool";
import { fieldsOf } from "#lib/forms/fields-of";
import { closeLive } from "#lib/live/subscribe";
import { createRun } from "#lib/runs/service/create-run";
import { getRunResult } from "#lib/runs/service/get-run-result";
import { listInputChoices } from "#lib/runs/service/list-input-choices";
import { Driver } from "#lib/testing/drive";
import { makeWorkspace } from "#lib/testing/people";
import { addFile } from "#lib/uploads/service/add-file";
import { getUpload } from "#lib/uploads/service/require-upload";
import { smallCase } from "../testing/small-case.ts";
import { costBenefitInputs, costBenefitResult } from "./schema.ts";

afterAll(async () => {
  await closeLive();
  await closeDb();
  await closePool();
});

/** As people pack it: hourly tables as .csv.gz, the rest plain. */
async function zipOfSmallCase(): Promise<Buffer> {
  const files = smallCase();
  const zip = new ZipFile();
  for (const path of files.paths) {
    const bytes = await files.read(path);
    const isHourly = /\/(load_profiles|marginal_costs)\//.test(path);
    zip.addBuffer(isHourly ? gzipSync(bytes) : Buffer.from(bytes), isHourly ? `${path}.gz` : path);
  }
  zip.end();
  return buffer(zip.outputStream);
}

async function compute(ctx: Ctx, uploadId: string, params: Record<string, unknown>): Promise<string> {
  const driver = new Driver(ctx);
  try {
    await driver.work();
    const { id } = await createRun(ctx, { algorithm: "cost-benefit", params, inputs: { uploadId } });
    await driver.work();
    return id;
  } finally {
    driver.close();
  }
}

test("an uploaded case becomes tables, tests and a view", async () => {
  const ctx = await makeWorkspace();
  const uploadId = await addFile(ctx, { fileName: "small.zip", kind: "auto", chunks: [await zipOfSmallCase()] });
  const { result, view } = await getRunResult(ctx, await compute(ctx, uploadId, { discountRate: 0.04 }));
  const { caseName, control, tests, assumptions, npvResults } = costBenefitResult.parse(result);
  expect({ caseName, control, tests: tests.length, npv: npvResults.length }).toEqual({
    ...{ caseName: "small", control: "plain", tests: 4, npv: 26 },
  });
  expect(assumptions.find(({ key }) => key === "discountRate")).toMatchObject({ value: 0.04, origin: "changed" });
  expect(assumptions.find(({ key }) => key === "inflationRate")).toMatchObject({ value: 0.02, origin: "case" });
  expect(view.map(({ kind }) => kind)).toContain("tornado");
}, 60_000);

test("an upload that is no case says what is missing", async () => {
  const ctx = await makeWorkspace();
  const uploadId = await addFile(ctx, { fileName: "config.csv", kind: "auto", chunks: ["Attribute,Value\na,1\n"] });
  const id = await compute(ctx, uploadId, {});
  const run = await systemDb().run.findUniqueOrThrow({ where: { id } });
  expect(run).toMatchObject({ state: "failed", errorCode: "unprocessable" });
  expect(run.errorDetail).toContain("config.csv is no zip");
}, 60_000);

test("a zip of a case is recognised and kept whole; nothing asks for columns", async () => {
  const ctx = await makeWorkspace();
  const driver = new Driver(ctx);
  const uploadId = await addFile(ctx, { fileName: "small.zip", kind: "auto", chunks: [await zipOfSmallCase()] });
  await driver.work();
  driver.close();
  expect(await getUpload(ctx, uploadId)).toMatchObject({
    ...{ kind: "charging-case", state: "checked", reason: null, run: null, readBy: "cost-benefit" },
  });
  const choices = await listInputChoices(ctx, fieldsOf(z.toJSONSchema(costBenefitInputs, { io: "input" })));
  expect(choices).toEqual({ uploadId: [expect.objectContaining({ value: uploadId, label: "small.zip" })] });
}, 60_000);

test("a zip said to be a case that holds none is refused with what is missing", async () => {
  const ctx = await makeWorkspace();
  const driver = new Driver(ctx);
  const zip = new ZipFile();
  zip.addBuffer(Buffer.from("Attribute,Value\na,1\n"), "case/config.csv");
  zip.end();
  const bytes = await buffer(zip.outputStream);
  const uploadId = await addFile(ctx, { fileName: "half.zip", kind: "charging-case", chunks: [bytes] });
  await driver.work();
  driver.close();
  const upload = await getUpload(ctx, uploadId);
  expect(upload).toMatchObject({ state: "rejected", reasonCode: "unreadable" });
  expect(upload.reason).toContain("no charger_assignments");
}, 60_000);
