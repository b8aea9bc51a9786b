import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { systemContext, type Ctx } from "#lib/auth/context";
import { closeDb, inWorkspace } from "#lib/db/client";
import { closePool } from "#lib/db/pool";
import { findDataset } from "#lib/datasets/store";
import { closeLive } from "#lib/live/subscribe";
import { ChildPool } from "#lib/runs/execute/child-pool";
import { executeRun } from "#lib/runs/execute/execute-run";
import { dropPrefix } from "#lib/objects/keys";
import { ensureWorkspace } from "#lib/workspaces/store";
import { acceptStoredObject } from "./service/accept-stored-object.ts";
import { cancelUpload } from "./service/cancel-upload.ts";
import { checkUpload } from "./service/check-upload.ts";
import { completeUpload } from "./service/complete-upload.ts";
import { createUpload } from "./service/create-upload.ts";
import { handleStorageEvent } from "./service/handle-storage-event.ts";
import { getUpload } from "./service/require-upload.ts";
import { listUploadParts, signParts } from "./service/sign-parts.ts";
import { sweepWorkspace } from "./service/sweep-storage.ts";
import { findUpload } from "./store.ts";
import { putTestObject } from "#lib/testing/objects";

const HOUR_MS = 3_600_000;
const pool = new ChildPool();
let ctx: Ctx;

beforeAll(async () => {
  const { id } = await ensureWorkspace({
    slug: `uploads-${process.pid}`,
    name: "Uploads",
    description: "",
    timeZone: "UTC",
    quotaBytes: 1024 ** 3,
  });
  ctx = systemContext(id, "test", new Date("2026-11-22T00:00:00Z"));
});

afterAll(async () => {
  pool.close();
  await closeLive();
  await closeDb();
  await closePool();
});

const sha256 = (bytes: Buffer, encoding: "hex" | "base64") => createHash("sha256").update(bytes).digest(encoding);
const signal = () => new AbortController().signal;

function readings(sensor: string, hours: number): Buffer {
  const rows = Array.from({ length: hours }, (_, hour) => {
    const at = new Date(Date.UTC(2026, 0, 1) + hour * HOUR_MS).toISOString();
    return `${sensor},${at},${(10 + (hour % 24) / 2).toFixed(1)}`;
  });
  return Buffer.from(`sensor_id,observed_at,air_temperature_c\n${rows.join("\n")}\n`);
}

/** What a browser does: announce, sign, PUT with the signed headers, complete. */
async function send(bytes: Buffer, fileName: string, kind = "auto"): Promise<string> {
  const created = await createUpload(ctx, {
    fileName,
    kind,
    sizeBytes: bytes.length,
    relativePath: "",
    contentType: "text/csv",
  });
  const checksumSha256 = sha256(bytes, "base64");
  const { urls } = await signParts(ctx, created.id, { parts: [{ partNumber: 1, checksumSha256 }] });
  const answer = await fetch(urls[0]!.url, { method: "PUT", headers: urls[0]!.headers, body: new Uint8Array(bytes) });
  expect(answer.status).toBe(200);
  return created.id;
}

/** The beginning of an Excel file: a zip whose first entry has the name all workbooks begin with. */
function workbook(): Buffer {
  const name = Buffer.from("[Content_Types].xml");
  const header = Buffer.alloc(30);
  header.writeUInt32LE(0x04034b50, 0);
  header.writeUInt16LE(name.length, 26);
  return Buffer.concat([header, name, Buffer.from("xl/workbook.xml")]);
}

async function countRuns(): Promise<number> {
  return inWorkspace(ctx, (tx) => tx.run.count({ where: { workspaceId: ctx.workspaceId, algorithm: "clean-table" } }));
}

describe("an upload", () => {
  it("starts exactly one cleaning run, whoever reports the object and however often", async () => {
    const id = await send(readings("A-1", 48), "a1.csv");
    const upload = await findUpload(ctx, id);
    const key = upload!.objectKey;
    const event = {
      Records: [
        {
          eventName: "ObjectCreated:Put",
          s3: {
            bucket: { name: process.env.S3_BUCKET! },
            object: { key: encodeURIComponent(key).replaceAll("%2F", "/") },
          },
        },
      ],
    };
    const before = await countRuns();
    await Promise.all([
      handleStorageEvent(event, ctx.now),
      completeUpload(ctx, id, { parts: [] }),
      handleStorageEvent(event, ctx.now),
      acceptStoredObject(ctx, id),
      completeUpload(ctx, id, { parts: [] }),
    ]);
    expect((await getUpload(ctx, id)).state).toBe("stored");
    await Promise.all([checkUpload(ctx, id, signal()), checkUpload(ctx, id, signal())]);
    await handleStorageEvent(event, ctx.now);
    await checkUpload(ctx, id, signal());
    expect((await getUpload(ctx, id)).state).toBe("checked");
    expect(await countRuns()).toBe(before + 1);
  });

  it("becomes a dataset whose counts are right, and the same content again is linked, not cleaned again", async () => {
    const bytes = Buffer.concat([readings("B-1", 100), Buffer.from("B-1,yesterday,9\nB-1,2099-01-01T00:00:00Z,9\n")]);
    const id = await send(bytes, "b1.csv");
    await completeUpload(ctx, id, { parts: [] });
    await checkUpload(ctx, id, signal());
    const { run } = await getUpload(ctx, id);
    await executeRun(run!.id, { pool, workerId: "test", shutdown: signal() });
    const done = await getUpload(ctx, id);
    expect(done.run?.state).toBe("succeeded");
    expect(done.dataset).toMatchObject({ rowsIn: 102, rowsKept: 100, rowsDropped: 2 });
    const dataset = await findDataset(ctx, done.dataset!.id);
    expect(dataset?.rejects).not.toBeNull();
    expect(dataset?.report.byRule.map((finding) => finding.rule).sort()).toEqual([
      "timestamp_future",
      "timestamp_unparseable",
    ]);

    const before = await countRuns();
    const twin = await send(bytes, "b1 again.csv");
    await completeUpload(ctx, twin, { parts: [] });
    await checkUpload(ctx, twin, signal());
    const view = await getUpload(ctx, twin);
    expect(view.duplicateOf).toMatchObject({ uploadId: id, fileName: "b1.csv" });
    expect(view.dataset?.id).toBe(dataset?.id);
    expect(await countRuns()).toBe(before);

    const hinted = await createUpload(ctx, {
      fileName: "b1 once more.csv",
      kind: "auto",
      sizeBytes: bytes.length,
      relativePath: "",
      contentType: "text/csv",
      sha256: sha256(bytes, "hex"),
    });
    expect(hinted).toMatchObject({ state: "checked", duplicateOf: { uploadId: id } });
  });

  it.each([
    ["a workbook named csv", workbook(), "unsupported_type"],
    ["a cut-off gzip", gzipSync(readings("C", 5000)).subarray(0, 200), "unreadable"],
    ["binary noise", Buffer.from(Array.from({ length: 4000 }, (_, i) => (i * 7919) % 256)), "unsupported_type"],
  ])("rejects %s with a reason a person can act on", async (_what, bytes, reasonCode) => {
    const id = await send(bytes, "file.csv");
    await completeUpload(ctx, id, { parts: [] });
    await checkUpload(ctx, id, signal());
    const view = await getUpload(ctx, id);
    expect(view).toMatchObject({ state: "rejected", reasonCode });
    expect(view.reason).toMatch(/\.$/);
  });

  it("is refused before anything is signed when it is empty, of an unknown kind or over the quota", async () => {
    const base = { fileName: "x.csv", relativePath: "", contentType: "text/csv", kind: "auto", sizeBytes: 10 };
    await expect(createUpload(ctx, { ...base, sizeBytes: 0 })).rejects.toMatchObject({ code: "invalid_input" });
    await expect(createUpload(ctx, { ...base, kind: "nonsense" })).rejects.toMatchObject({ code: "invalid_input" });
    await expect(createUpload(ctx, { ...base, sizeBytes: 2 * 1024 ** 3 })).rejects.toMatchObject({ code: "too_large" });
  });

  it("cannot be overwritten, nor filled with other bytes than were signed for", async () => {
    const bytes = readings("D-1", 10);
    const id = await send(bytes, "d1.csv");
    const other = readings("D-2", 10);
    const checksumSha256 = sha256(bytes, "base64");
    const { urls } = await signParts(ctx, id, { parts: [{ partNumber: 1, checksumSha256 }] });
    const put = (body: Buffer) =>
      fetch(urls[0]!.url, { method: "PUT", headers: urls[0]!.headers, body: new Uint8Array(body) });
    expect((await put(other)).status).toBeGreaterThanOrEqual(400);
    expect((await put(bytes)).status).toBe(412);
  });

  it("is checked against what was announced", async () => {
    const bytes = readings("E-1", 10);
    const created = await createUpload(ctx, {
      fileName: "e.csv",
      kind: "auto",
      sizeBytes: bytes.length + 5,
      relativePath: "",
      contentType: "text/csv",
    });
    const upload = await findUpload(ctx, created.id);
    await putTestObject(upload!.objectKey, bytes);
    await completeUpload(ctx, created.id, { parts: [] });
    await checkUpload(ctx, created.id, signal());
    expect(await getUpload(ctx, created.id)).toMatchObject({ state: "rejected", reasonCode: "size_mismatch" });
  });

  it("resumes where storage has it, and frees its parts when cancelled", async () => {
    const part = Buffer.alloc(5 * 1024 * 1024, 65);
    const created = await createUpload(ctx, {
      fileName: "big.csv",
      kind: "auto",
      sizeBytes: part.length * 4,
      relativePath: "",
      contentType: "text/csv",
    });
    expect(created).toMatchObject({ method: "multipart", partCount: 4, partSizeBytes: part.length });
    const checksumSha256 = sha256(part, "base64");
    const { urls } = await signParts(ctx, created.id, { parts: [{ partNumber: 2, checksumSha256 }] });
    await fetch(urls[0]!.url, { method: "PUT", headers: urls[0]!.headers, body: new Uint8Array(part) });
    expect((await listUploadParts(ctx, created.id)).parts).toMatchObject([{ partNumber: 2, sizeBytes: part.length }]);
    await expect(completeUpload(ctx, created.id, { parts: [] })).rejects.toMatchObject({ code: "unprocessable" });
    expect((await cancelUpload(ctx, created.id)).state).toBe("cancelled");
    expect((await listUploadParts(ctx, created.id)).parts).toEqual([]);
  });
});

describe("the sweep", () => {
  it("finds what nobody reported, and takes in what another program dropped, once", async () => {
    const id = await send(readings("F-1", 10), "f1.csv");
    await putTestObject(`${dropPrefix(ctx.workspaceId)}2026/g 1+ü.csv`, readings("G-1", 10));
    const later = { ...ctx, now: new Date(Date.now() + HOUR_MS) };
    const first = await sweepWorkspace(later);
    expect(first.takenIn).toBe(1);
    expect(first.found).toBeGreaterThanOrEqual(1);
    expect((await getUpload(ctx, id)).state).toBe("stored");
    expect(await sweepWorkspace(later)).toMatchObject({ takenIn: 0 });
  });
});
