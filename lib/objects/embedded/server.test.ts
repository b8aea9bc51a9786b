import { randomBytes } from "node:crypto";
import fs from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import {
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  ListPartsCommand,
  PutObjectCommand,
  UploadPartCommand,
} from "@aws-sdk/client-s3";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { S3Client } from "@aws-sdk/client-s3";
import { refusalOf } from "#lib/objects/conformance/outcome";
import { spawnServer } from "#lib/objects/conformance/spawned-server";
import { createClient } from "#lib/objects/conformance/target";
import type { ObjectEvent, ObjectServer } from "./server.ts";
import { createObjectServer } from "./server.ts";

const CREDENTIALS = { accessKeyId: "unit", secretAccessKey: "unit-secret", region: "us-east-1" };
const Bucket = "unit";

let dir: string;
let server: ObjectServer;
let s3: S3Client;
const events: ObjectEvent[] = [];
const log = { warn: vi.fn(), error: vi.fn() };

async function start(): Promise<void> {
  server = createObjectServer({ dir, ...CREDENTIALS, onEvent: (event) => events.push(event), log });
  const { url } = await server.listen(0);
  s3 = createClient(url, CREDENTIALS);
}

async function restart(): Promise<void> {
  s3.destroy();
  await server.close();
  await start();
}

beforeEach(async () => {
  dir = await fs.mkdtemp(path.join(tmpdir(), "fieldport-objects-"));
  events.length = 0;
  vi.clearAllMocks();
  await start();
  await s3.send(new CreateBucketCommand({ Bucket }));
});

afterEach(async () => {
  vi.restoreAllMocks();
  s3.destroy();
  await server.close();
  await fs.rm(dir, { recursive: true, force: true });
});

async function blobFiles(): Promise<string[]> {
  const entries = await fs.readdir(path.join(dir, "blobs"), { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map(({ name }) => name);
}

async function content(Key: string): Promise<string> {
  const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
  return (await Body?.transformToString()) ?? "";
}

function put(Key: string, Body: string | Buffer) {
  return s3.send(new PutObjectCommand({ Bucket, Key, Body, Metadata: { a: "1" } }));
}

describe("the folder of the object server", () => {
  it("objects, metadata and unfinished uploads survive a restart", async () => {
    await put("../../a ü.csv", "content");
    const place = { Bucket, Key: "multi" };
    const { UploadId } = await s3.send(new CreateMultipartUploadCommand(place));
    const part = { ...place, UploadId, PartNumber: 1 };
    const { ETag } = await s3.send(new UploadPartCommand({ ...part, Body: "part" }));
    await restart();
    expect(await content("../../a ü.csv")).toBe("content");
    expect((await s3.send(new HeadObjectCommand({ Bucket, Key: "../../a ü.csv" }))).Metadata).toEqual({ a: "1" });
    expect((await s3.send(new ListPartsCommand({ ...place, UploadId }))).Parts).toHaveLength(1);
    const MultipartUpload = { Parts: [{ PartNumber: 1, ETag }] };
    await s3.send(new CompleteMultipartUploadCommand({ ...place, UploadId, MultipartUpload }));
    expect(await content("multi")).toBe("part");
    expect((await s3.send(new ListObjectsV2Command({ Bucket }))).KeyCount).toBe(2);
  });

  it("no key leaves the folder, and files have names of the server's own", async () => {
    await put("../../../../escaped", "x");
    expect(await blobFiles()).toEqual([expect.stringMatching(/^[0-9a-f-]{36}$/)]);
    expect((await fs.readdir(dir)).sort()).toEqual(["blobs", "journal.ndjson"]);
  });

  it("replaced, deleted and unused bytes leave the disk", async () => {
    await put("a", "first");
    await put("a", "second");
    await put("b", "third");
    await s3.send(new DeleteObjectCommand({ Bucket, Key: "b" }));
    expect(await blobFiles()).toHaveLength(1);
    const place = { Bucket, Key: "multi" };
    const { UploadId } = await s3.send(new CreateMultipartUploadCommand(place));
    const part = { ...place, UploadId, Body: "part" };
    const { ETag } = await s3.send(new UploadPartCommand({ ...part, PartNumber: 1 }));
    await s3.send(new UploadPartCommand({ ...part, PartNumber: 1 }));
    await s3.send(new UploadPartCommand({ ...part, PartNumber: 2 }));
    const MultipartUpload = { Parts: [{ PartNumber: 1, ETag }] };
    await s3.send(new CompleteMultipartUploadCommand({ ...place, UploadId, MultipartUpload }));
    expect(await blobFiles()).toHaveLength(2);
  });

  it("what a crash left is gone after the next start", async () => {
    await put("kept", "content");
    await fs.mkdir(path.join(dir, "blobs", "00"), { recursive: true });
    await fs.writeFile(path.join(dir, "blobs", "00", "00000000-0000-4000-8000-000000000000"), "half a body");
    await fs.appendFile(path.join(dir, "journal.ndjson"), '{"op":"object.put","bucket":"unit","object":{"key":"ha');
    await restart();
    expect(await blobFiles()).toHaveLength(1);
    expect(await content("kept")).toBe("content");
    expect((await s3.send(new ListObjectsV2Command({ Bucket }))).KeyCount).toBe(1);
    expect(log.warn).toHaveBeenCalledWith("object-server.leftovers-removed", { files: 1 });
  });

  it("a copy shares the bytes of its source and outlives it", async () => {
    await put("source", "content");
    await s3.send(new CopyObjectCommand({ Bucket, Key: "copy", CopySource: `${Bucket}/source` }));
    await put("source", "changed");
    expect(await content("copy")).toBe("content");
    await s3.send(new DeleteObjectCommand({ Bucket, Key: "copy" }));
    expect(await content("source")).toBe("changed");
  });

  it("a download under way ends well when the object is replaced", async () => {
    const old = randomBytes(8 * 1024 ** 2);
    await put("a", old);
    const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key: "a" }));
    await put("a", "new");
    expect(old.equals(Buffer.from((await Body?.transformToByteArray()) ?? []))).toBe(true);
    expect(await content("a")).toBe("new");
  });
});

describe("a full disk", () => {
  function failWrites(fails: (count: number) => boolean): void {
    const open = fs.open.bind(fs);
    let writes = 0;
    vi.spyOn(fs, "open").mockImplementation(async (...args) => {
      const file = await open(...args);
      const writev = file.writev.bind(file);
      vi.spyOn(file, "writev").mockImplementation((buffers, position) => {
        const full = Object.assign(new Error("no space"), { code: "ENOSPC" });
        return fails(writes++) ? Promise.reject(full) : writev(buffers, position);
      });
      return file;
    });
  }

  it.each([0, 2])("after %i writes ends in a clear refusal and leaves no half object", async (good) => {
    failWrites((count) => count >= good);
    expect(await refusalOf(put("large", randomBytes(6 * 1024 ** 2)))).toBe("InsufficientStorage 507");
    vi.restoreAllMocks();
    expect(await blobFiles()).toEqual([]);
    expect(await refusalOf(s3.send(new HeadObjectCommand({ Bucket, Key: "large" })))).toBe("NotFound 404");
    await put("small", "x");
    expect(await content("small")).toBe("x");
  });
});

describe("after a change", () => {
  it("an event tells what happened, in order", async () => {
    const { ETag } = await put("a b", "xyz");
    await s3.send(new CopyObjectCommand({ Bucket, Key: "copy", CopySource: `${Bucket}/a%20b` }));
    await s3.send(new DeleteObjectCommand({ Bucket, Key: "a b" }));
    await s3.send(new DeleteObjectCommand({ Bucket, Key: "never there" }));
    expect(events).toMatchObject([
      { eventName: "ObjectCreated:Put", bucket: Bucket, key: "a b", sizeBytes: 3, etag: ETag?.replaceAll('"', "") },
      { eventName: "ObjectCreated:Copy", key: "copy", sizeBytes: 3 },
      { eventName: "ObjectRemoved:Delete", key: "a b" },
    ]);
    const sequence = events.map(({ sequencer }) => sequencer);
    expect(sequence.toSorted()).toEqual(sequence);
  });

  it("a completion sent twice is answered twice and told once", async () => {
    const place = { Bucket, Key: "multi" };
    const { UploadId } = await s3.send(new CreateMultipartUploadCommand(place));
    const { ETag } = await s3.send(new UploadPartCommand({ ...place, UploadId, PartNumber: 1, Body: "part" }));
    const MultipartUpload = { Parts: [{ PartNumber: 1, ETag }] };
    const command = new CompleteMultipartUploadCommand({ ...place, UploadId, MultipartUpload });
    const [first, second] = await Promise.all([s3.send(command), s3.send(command)]);
    expect(second.ETag).toBe(first.ETag);
    expect(events).toHaveLength(1);
  });

  it("nobody listening at the event address does not fail a write", async () => {
    s3.destroy();
    await server.close();
    server = createObjectServer({ dir, ...CREDENTIALS, eventUrl: "http://127.0.0.1:1/", log });
    const { url } = await server.listen(0);
    s3 = createClient(url, CREDENTIALS);
    await put("a", "x");
    expect(await content("a")).toBe("x");
  }, 10_000);
});

describe("a server that is killed", () => {
  it("has everything it acknowledged when it starts again, and nothing else", async () => {
    const spawned = await spawnServer();
    const client = createClient(spawned.url, spawned.credentials);
    const acknowledged = new Set<string>();
    const sender = async (name: string): Promise<void> => {
      for (let index = 0; ; index += 1) {
        const Key = `${name}/${index}`;
        await client.send(new PutObjectCommand({ Bucket: spawned.bucket, Key, Body: randomBytes(50_000) }));
        acknowledged.add(Key);
        if (acknowledged.size === 40) void spawned.kill();
      }
    };
    await Promise.allSettled(["a", "b", "c", "d"].map(sender));
    client.destroy();
    const revived = createObjectServer({ dir: spawned.dir, ...spawned.credentials });
    const again = createClient((await revived.listen(0)).url, spawned.credentials);
    const { Contents = [] } = await again.send(new ListObjectsV2Command({ Bucket: spawned.bucket }));
    const listed = new Set(Contents.map(({ Key = "" }) => Key));
    for (const key of acknowledged) expect(listed).toContain(key);
    const files = await fs.readdir(path.join(spawned.dir, "blobs"), { recursive: true, withFileTypes: true });
    expect(files.filter((file) => file.isFile())).toHaveLength(listed.size);
    again.destroy();
    await revived.close();
    await fs.rm(spawned.dir, { recursive: true, force: true });
  }, 30_000);
});
