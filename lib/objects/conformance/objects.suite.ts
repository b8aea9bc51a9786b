import { createHash, randomBytes } from "node:crypto";
import { crc32 } from "node:zlib";
import {
  CopyObjectCommand,
  CreateBucketCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  PutObjectCommand,
} from "@aws-sdk/client-s3";
import { expect, it } from "vitest";
import { refusalOf } from "./outcome.ts";
import { errorCode, sendRaw, sendSigned, signRaw } from "./raw-request.ts";
import type { Target } from "./target.ts";

const AWKWARD_NAMES = [
  "with space.csv",
  "plus+plus.csv",
  "100%.csv",
  "%2F%2e%2e%20.csv",
  "straße/Übersicht 気温.csv",
  "🌡️ sensor.csv",
  "quote'\"<&>.csv",
  "(brackets)!*'.csv",
  "a=b&c=d;e?f#g.csv",
  "comma,colon:at@dollar$.csv",
  "tilde~hat^bar|.csv",
  "back\\slash.csv",
  "trailing./x.csv",
];

async function bodyText(target: Target, Key: string): Promise<string> {
  const { Body } = await target.s3.send(new GetObjectCommand({ Bucket: target.bucket, Key }));
  return (await Body?.transformToString()) ?? "";
}

function put(target: Target, Key: string, Body: string | Buffer, more: object = {}) {
  return target.s3.send(new PutObjectCommand({ Bucket: target.bucket, Key, Body, ...more }));
}

export function describeBuckets(target: () => Target): void {
  it("a bucket can be found once it is there", async () => {
    const { s3, bucket } = target();
    await s3.send(new HeadBucketCommand({ Bucket: bucket }));
    expect(await refusalOf(s3.send(new HeadBucketCommand({ Bucket: "conformance-not-there" })))).toBe("NotFound 404");
    expect(await refusalOf(s3.send(new CreateBucketCommand({ Bucket: bucket })))).toBe("BucketAlreadyOwnedByYou 409");
  });

  it("names that cannot be a bucket are refused", async () => {
    for (const name of ["UPPER", "no", "under_score", "..", "-dash"]) {
      const { status, body } = await sendSigned(target(), { method: "PUT", target: `/${name}` });
      expect([name, status, errorCode(body)]).toEqual([name, 400, "InvalidBucketName"]);
    }
  });

  it("an object cannot be put into a bucket that is not there", async () => {
    const { s3 } = target();
    const command = new PutObjectCommand({ Bucket: "conformance-not-there", Key: "x", Body: "x" });
    expect(await refusalOf(s3.send(command))).toBe("NoSuchBucket 404");
  });
}

export function describeKeysAndMetadata(target: () => Target): void {
  it.each(AWKWARD_NAMES)("the key %j keeps its name and content", async (name) => {
    const { s3, bucket, prefix } = target();
    const Key = prefix + name;
    await put(target(), Key, `content of ${name}`);
    expect(await bodyText(target(), Key)).toBe(`content of ${name}`);
    await s3.send(new DeleteObjectCommand({ Bucket: bucket, Key }));
    expect(await refusalOf(s3.send(new GetObjectCommand({ Bucket: bucket, Key })))).toBe("NoSuchKey 404");
  });

  it("content headers and metadata come back as they went in", async () => {
    const { s3, bucket, prefix } = target();
    const given = {
      ContentType: "text/csv; charset=utf-8",
      ContentEncoding: "gzip",
      ContentDisposition: 'attachment; filename="a b.csv"',
      ContentLanguage: "de",
      CacheControl: "max-age=60",
      Metadata: { sensor: "S-1", "upload-id": "42" },
    };
    const Key = `${prefix}metadata`;
    await put(target(), Key, "x", given);
    const head = await s3.send(new HeadObjectCommand({ Bucket: bucket, Key }));
    expect(head).toMatchObject({ ...given, ContentLength: 1, AcceptRanges: "bytes" });
    expect(head.ETag).toBe(`"${createHash("md5").update("x").digest("hex")}"`);
    expect(Math.abs((head.LastModified?.getTime() ?? 0) - Date.now())).toBeLessThan(60_000);
  });

  it("a signed address can set the headers of its download", async () => {
    const { s3, bucket, prefix } = target();
    const Key = `${prefix}override`;
    await put(target(), Key, "x", { ContentType: "text/csv" });
    const disposition = 'attachment; filename="bericht ü.csv"';
    const overrides = { ResponseContentDisposition: disposition, ResponseContentType: "application/json" };
    const got = await s3.send(
      new GetObjectCommand({ Bucket: bucket, Key, ...overrides, ResponseCacheControl: "no-store" }),
    );
    await got.Body?.transformToString();
    expect([got.ContentType, got.CacheControl]).toEqual(["application/json", "no-store"]);
    expect(got.ContentDisposition).toContain("attachment");
  });

  it("an object may be empty", async () => {
    const Key = `${target().prefix}empty`;
    await put(target(), Key, "");
    expect(await bodyText(target(), Key)).toBe("");
  });

  it("a key longer than 1024 bytes is refused", async () => {
    const key = "k".repeat(1025);
    const { status, body } = await sendSigned(target(), {
      method: "PUT",
      target: `/${target().bucket}/${key}`,
      body: Buffer.from("x"),
    });
    expect([status, errorCode(body)]).toEqual([400, "KeyTooLongError"]);
  });
}

export function describeReads(target: () => Target): void {
  it("a range gives exactly its bytes", async () => {
    const { s3, bucket, prefix } = target();
    const Key = `${prefix}range`;
    await put(target(), Key, "0123456789");
    const get = async (Range: string): Promise<unknown[]> => {
      const got = await s3.send(new GetObjectCommand({ Bucket: bucket, Key, Range }));
      return [got.$metadata.httpStatusCode, got.ContentRange, await got.Body?.transformToString()];
    };
    expect(await get("bytes=2-4")).toEqual([206, "bytes 2-4/10", "234"]);
    expect(await get("bytes=7-")).toEqual([206, "bytes 7-9/10", "789"]);
    expect(await get("bytes=-3")).toEqual([206, "bytes 7-9/10", "789"]);
    expect(await get("bytes=8-99")).toEqual([206, "bytes 8-9/10", "89"]);
    expect(await get("bytes=-99")).toEqual([206, "bytes 0-9/10", "0123456789"]);
    const beyond = s3.send(new GetObjectCommand({ Bucket: bucket, Key, Range: "bytes=10-" }));
    expect(await refusalOf(beyond)).toBe("InvalidRange 416");
  });

  it("If-Match and If-None-Match decide whether an object is sent", async () => {
    const { s3, bucket, prefix } = target();
    const Key = `${prefix}conditional-read`;
    const { ETag = "" } = await put(target(), Key, "x");
    const get = (more: object) => refusalOf(s3.send(new GetObjectCommand({ Bucket: bucket, Key, ...more })));
    expect(await get({ IfMatch: ETag })).toBe("accepted");
    expect(await get({ IfMatch: '"0"' })).toBe("PreconditionFailed 412");
    expect(await get({ IfNoneMatch: '"0"' })).toBe("accepted");
    expect(await get({ IfNoneMatch: ETag })).toMatch(/304$/);
  });

  it("what is not there is not found", async () => {
    const { s3, bucket, prefix } = target();
    const Key = `${prefix}nothing`;
    expect(await refusalOf(s3.send(new GetObjectCommand({ Bucket: bucket, Key })))).toBe("NoSuchKey 404");
    expect(await refusalOf(s3.send(new HeadObjectCommand({ Bucket: bucket, Key })))).toBe("NotFound 404");
    expect(await refusalOf(s3.send(new DeleteObjectCommand({ Bucket: bucket, Key })))).toBe("accepted");
  });
}

export function describeWrites(target: () => Target): void {
  it("a second write replaces the first", async () => {
    const Key = `${target().prefix}replaced`;
    await put(target(), Key, "first, longer");
    await put(target(), Key, "second");
    expect(await bodyText(target(), Key)).toBe("second");
  });

  it("If-None-Match: * never overwrites", async () => {
    const Key = `${target().prefix}once`;
    await put(target(), Key, "first", { IfNoneMatch: "*" });
    expect(await refusalOf(put(target(), Key, "second", { IfNoneMatch: "*" }))).toBe("PreconditionFailed 412");
    expect(await bodyText(target(), Key)).toBe("first");
  });

  it("of twenty conditional writers at once one wins", async () => {
    const Key = `${target().prefix}race`;
    const bodies = Array.from({ length: 20 }, (_, index) => `${index}`.repeat(5000));
    const outcomes = await Promise.all(bodies.map((body) => refusalOf(put(target(), Key, body, { IfNoneMatch: "*" }))));
    const winners = bodies.filter((_, index) => outcomes[index] === "accepted");
    expect(winners).toHaveLength(1);
    expect(await bodyText(target(), Key)).toBe(winners[0]);
    for (const outcome of outcomes) expect(outcome).toMatch(/^(accepted|.* 412|.* 409)$/);
  });

  it("a body that does not match its checksum is refused and leaves nothing", async () => {
    const { s3, bucket, prefix } = target();
    const Key = `${prefix}damaged`;
    const wrong = {
      ChecksumSHA256: createHash("sha256").update("other").digest("base64"),
      ChecksumCRC32: Buffer.from("deadbeef", "hex").toString("base64"),
    };
    for (const [name, value] of Object.entries(wrong)) {
      expect(await refusalOf(put(target(), Key, "body", { [name]: value }))).toBe("BadDigest 400");
    }
    const ContentMD5 = createHash("md5").update("other").digest("base64");
    expect(await refusalOf(put(target(), Key, "body", { ContentMD5 }))).toBe("BadDigest 400");
    expect(await refusalOf(put(target(), Key, "body", { ContentMD5: "bm90IGFuIG1kNQ==" }))).toBe("InvalidDigest 400");
    expect(await refusalOf(s3.send(new HeadObjectCommand({ Bucket: bucket, Key })))).toBe("NotFound 404");
  });

  it("checksums are kept and given back on request", async () => {
    const { s3, bucket, prefix } = target();
    const ChecksumSHA256 = createHash("sha256").update("body").digest("base64");
    await put(target(), `${prefix}sha256`, "body", { ChecksumSHA256 });
    const ask = { Bucket: bucket, ChecksumMode: "ENABLED" } as const;
    expect((await s3.send(new HeadObjectCommand({ ...ask, Key: `${prefix}sha256` }))).ChecksumSHA256).toBe(
      ChecksumSHA256,
    );
    await put(target(), `${prefix}crc32`, "body", { ChecksumAlgorithm: "CRC32" });
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(crc32("body"));
    const head = await s3.send(new HeadObjectCommand({ ...ask, Key: `${prefix}crc32` }));
    expect(head.ChecksumCRC32).toBe(bytes.toString("base64"));
  });

  it("a client that goes away in the middle of a body leaves nothing", async () => {
    const { s3, bucket, prefix, endpoint } = target();
    const Key = `${prefix}torn`;
    const body = randomBytes(100_000);
    const signed = signRaw(target(), { method: "PUT", target: `/${bucket}/${Key}`, body });
    const { hostname, port } = new URL(endpoint);
    const { request } = await import("node:http");
    const sending = request({
      hostname,
      port,
      method: "PUT",
      path: signed.target,
      headers: signed.headers,
      agent: false,
    });
    const closed = new Promise((resolve) => sending.on("error", resolve).on("close", resolve));
    sending.write(body.subarray(0, 70_000), () => sending.destroy());
    await closed;
    expect(await refusalOf(s3.send(new HeadObjectCommand({ Bucket: bucket, Key })))).toBe("NotFound 404");
  });

  it("a path cannot climb out of its bucket", async () => {
    const { bucket, prefix, endpoint } = target();
    const climbs = [`/${bucket}/${prefix}../../../../escaped`, `/${bucket}/${prefix}%2e%2e/%2e%2e/%2e%2e/escaped`];
    for (const path of climbs) {
      const { status } = await sendSigned(target(), { method: "PUT", target: path, body: Buffer.from("x") });
      expect([200, 400]).toContain(status);
      const outside = await sendRaw(endpoint, { method: "GET", target: "/escaped" });
      expect(outside.status).toBeGreaterThanOrEqual(400);
    }
  });
}

export function describeCopiesAndDeletes(target: () => Target): void {
  it("a copy has the content and the metadata of its source", async () => {
    const { s3, bucket, prefix } = target();
    const source = `${prefix}source ü+1.csv`;
    await put(target(), source, "content", { ContentType: "text/csv", Metadata: { a: "1" } });
    const CopySource = `${bucket}/${source.split("/").map(encodeURIComponent).join("/")}`;
    const copy = { Bucket: bucket, CopySource };
    const { CopyObjectResult } = await s3.send(new CopyObjectCommand({ ...copy, Key: `${prefix}copy` }));
    await s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: source }));
    expect(await bodyText(target(), `${prefix}copy`)).toBe("content");
    const head = await s3.send(new HeadObjectCommand({ Bucket: bucket, Key: `${prefix}copy` }));
    expect(head).toMatchObject({ ContentType: "text/csv", Metadata: { a: "1" }, ETag: CopyObjectResult?.ETag });
    const again = s3.send(new CopyObjectCommand({ ...copy, Key: `${prefix}copy-2` }));
    expect(await refusalOf(again)).toBe("NoSuchKey 404");
  });

  it("a copy can replace the metadata, also onto itself", async () => {
    const { s3, bucket, prefix } = target();
    const Key = `${prefix}itself`;
    await put(target(), Key, "content", { Metadata: { a: "1" } });
    const copy = { Bucket: bucket, Key, CopySource: `${bucket}/${Key}` };
    expect(await refusalOf(s3.send(new CopyObjectCommand(copy)))).toBe("InvalidRequest 400");
    await s3.send(new CopyObjectCommand({ ...copy, MetadataDirective: "REPLACE", Metadata: { b: "2" } }));
    const head = await s3.send(new HeadObjectCommand({ Bucket: bucket, Key }));
    expect(head.Metadata).toEqual({ b: "2" });
    expect(await bodyText(target(), Key)).toBe("content");
  });

  it("many objects are deleted in one request", async () => {
    const { s3, bucket, prefix } = target();
    const keys = ["d/1", "d/ü & <2>", "d/ 3 "].map((name) => prefix + name);
    for (const key of keys) await put(target(), key, "x");
    const Objects = [...keys, `${prefix}d/never`].map((Key) => ({ Key }));
    const { Deleted, Errors } = await s3.send(new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects } }));
    expect(Deleted?.map(({ Key }) => Key).sort()).toEqual(Objects.map(({ Key }) => Key).sort());
    expect(Errors ?? []).toEqual([]);
    for (const Key of keys) {
      expect(await refusalOf(s3.send(new HeadObjectCommand({ Bucket: bucket, Key })))).toBe("NotFound 404");
    }
  });
}
