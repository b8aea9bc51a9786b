import { createHash, randomBytes } from "node:crypto";
import type { CompletedPart } from "@aws-sdk/client-s3";
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  ListPartsCommand,
  UploadPartCommand,
} from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { expect, it } from "vitest";
import { refusalOf } from "./outcome.ts";
import type { Target } from "./target.ts";
import { createSigningClient } from "./target.ts";

const PART_BYTES = 5 * 1024 ** 2;

/** One upload and the requests about it. */
class Upload {
  readonly target: Target;
  readonly at: { Bucket: string; Key: string; UploadId: string };

  constructor(target: Target, key: string, uploadId: string) {
    this.target = target;
    this.at = { Bucket: target.bucket, Key: key, UploadId: uploadId };
  }

  static async start(target: Target, name: string, more: object = {}): Promise<Upload> {
    const place = { Bucket: target.bucket, Key: target.prefix + name };
    const command = new CreateMultipartUploadCommand({ ...place, ChecksumAlgorithm: "CRC32", ...more });
    const { UploadId = "" } = await target.s3.send(command);
    return new Upload(target, place.Key, UploadId);
  }

  async part(PartNumber: number, Body: Buffer): Promise<CompletedPart> {
    const command = new UploadPartCommand({ ...this.at, PartNumber, Body });
    const { ETag, ChecksumCRC32 } = await this.target.s3.send(command);
    return { PartNumber, ETag, ChecksumCRC32 };
  }

  complete(Parts: CompletedPart[], more: object = {}) {
    const command = new CompleteMultipartUploadCommand({ ...this.at, MultipartUpload: { Parts }, ...more });
    return this.target.s3.send(command);
  }

  abort() {
    return this.target.s3.send(new AbortMultipartUploadCommand(this.at));
  }

  listParts(more: object = {}) {
    return this.target.s3.send(new ListPartsCommand({ ...this.at, ...more }));
  }

  async content(Range?: string): Promise<Buffer> {
    const { Bucket, Key } = this.at;
    const { Body } = await this.target.s3.send(new GetObjectCommand({ Bucket, Key, Range }));
    return Buffer.from((await Body?.transformToByteArray()) ?? []);
  }

  head() {
    const { Bucket, Key } = this.at;
    return this.target.s3.send(new HeadObjectCommand({ Bucket, Key }));
  }
}

function md5(data: Buffer): Buffer {
  return createHash("md5").update(data).digest();
}

export function describeMultipart(target: () => Target, isStrict: boolean): void {
  const first = randomBytes(PART_BYTES);
  const second = randomBytes(PART_BYTES + 1);
  const last = randomBytes(1000);

  it("parts sent in any order become one object", async () => {
    const upload = await Upload.start(target(), "multipart ü+.bin", { ContentType: "text/csv", Metadata: { a: "1" } });
    const parts = await Promise.all([upload.part(7, last), upload.part(3, second), upload.part(1, first)]);
    expect(await refusalOf(upload.head())).toBe("NotFound 404");
    const { ETag } = await upload.complete(parts.reverse());
    expect(ETag).toBe(`"${md5(Buffer.concat([first, second, last].map(md5))).toString("hex")}-3"`);
    const whole = Buffer.concat([first, second, last]);
    expect((await upload.content()).equals(whole)).toBe(true);
    const seam = first.length + second.length;
    const across = await upload.content(`bytes=${first.length - 10}-${seam + 9}`);
    expect(across.equals(whole.subarray(first.length - 10, seam + 10))).toBe(true);
    expect((await upload.content("bytes=-1005")).equals(whole.subarray(-1005))).toBe(true);
    const head = await upload.head();
    expect(head).toMatchObject({ ContentType: "text/csv", Metadata: { a: "1" }, ContentLength: whole.length, ETag });
  });

  it("a part sent again replaces the one before it", async () => {
    const upload = await Upload.start(target(), "retried.bin");
    const stale = await upload.part(1, second);
    const fresh = await upload.part(1, first);
    const end = await upload.part(2, last);
    expect(await refusalOf(upload.complete([stale, end]))).toBe("InvalidPart 400");
    await upload.complete([fresh, end]);
    expect((await upload.content()).equals(Buffer.concat([first, last]))).toBe(true);
  });

  it("parts that are not named do not become part of the object", async () => {
    const upload = await Upload.start(target(), "chosen.bin");
    const parts = [await upload.part(1, first), await upload.part(2, second), await upload.part(3, last)];
    await upload.complete([parts[0] ?? {}, parts[2] ?? {}]);
    expect((await upload.content()).equals(Buffer.concat([first, last]))).toBe(true);
  });

  it("wrong lists of parts are refused and the upload goes on", async () => {
    const upload = await Upload.start(target(), "wrong-lists.bin");
    const one = await upload.part(1, first);
    const two = await upload.part(2, second);
    expect(await refusalOf(upload.complete([two, one]))).toBe("InvalidPartOrder 400");
    expect(await refusalOf(upload.complete([one, { ...two, PartNumber: 3 }]))).toBe("InvalidPart 400");
    expect(await refusalOf(upload.complete([{ ...one, ETag: two.ETag }]))).toBe("InvalidPart 400");
    await upload.complete([one]);
    expect((await upload.content()).equals(first)).toBe(true);
  });

  it("only the last part may be smaller than 5 MiB", async () => {
    const upload = await Upload.start(target(), "small-parts.bin");
    const parts = [await upload.part(1, first.subarray(1)), await upload.part(2, last)];
    expect(await refusalOf(upload.complete(parts))).toBe("EntityTooSmall 400");
    await upload.abort();
  });

  it("an aborted upload is gone with its parts", async () => {
    const upload = await Upload.start(target(), "aborted.bin");
    const part = await upload.part(1, last);
    await upload.abort();
    expect(await refusalOf(upload.part(2, last))).toBe("NoSuchUpload 404");
    expect(await refusalOf(upload.complete([part]))).toBe("NoSuchUpload 404");
    expect(await refusalOf(upload.listParts())).toBe("NoSuchUpload 404");
    expect(await refusalOf(upload.head())).toBe("NotFound 404");
  });

  it("an upload belongs to its key", async () => {
    const upload = await Upload.start(target(), "owner.bin");
    const stranger = new Upload(target(), `${target().prefix}stranger.bin`, upload.at.UploadId);
    expect(await refusalOf(stranger.part(1, last))).toBe("NoSuchUpload 404");
    await upload.abort();
  });

  it("parts are listed page by page in their order", async () => {
    const upload = await Upload.start(target(), "listed.bin");
    for (const number of [5, 1, 9, 3, 7]) await upload.part(number, Buffer.alloc(number));
    const seen: (number | undefined)[][] = [];
    let marker: string | undefined;
    do {
      const page = await upload.listParts({ MaxParts: 2, PartNumberMarker: marker });
      seen.push((page.Parts ?? []).map(({ PartNumber }) => PartNumber));
      for (const { PartNumber, Size } of page.Parts ?? []) expect(Size).toBe(PartNumber);
      marker = page.IsTruncated ? page.NextPartNumberMarker : undefined;
    } while (marker !== undefined);
    expect(seen).toEqual([[1, 3], [5, 7], [9]]);
    await upload.abort();
  });

  it("open uploads are listed until they end", async () => {
    const uploads = [];
    for (const name of ["open/b", "open/a", "open/c"]) uploads.push(await Upload.start(target(), name));
    const { s3, bucket, prefix } = target();
    const list = async (more: object = {}) => {
      return s3.send(new ListMultipartUploadsCommand({ Bucket: bucket, Prefix: `${prefix}open/`, ...more }));
    };
    const names = ["a", "b", "c"].map((name) => `${prefix}open/${name}`);
    expect((await list()).Uploads?.map(({ Key }) => Key)).toEqual(names);
    if (isStrict) {
      const page = await list({ MaxUploads: 2 });
      expect(page.Uploads?.map(({ Key }) => Key)).toEqual(names.slice(0, 2));
      const more = await list({ KeyMarker: page.NextKeyMarker, UploadIdMarker: page.NextUploadIdMarker });
      expect(more.Uploads?.map(({ Key }) => Key)).toEqual(names.slice(2));
    }
    for (const upload of uploads) await upload.abort();
    expect((await list()).Uploads ?? []).toEqual([]);
  });

  it("If-None-Match: * holds for a completion too", async () => {
    const [one, two] = [await Upload.start(target(), "once.bin"), await Upload.start(target(), "once.bin")];
    const parts = [await one.part(1, last), await two.part(1, first)];
    await one.complete([parts[0] ?? {}], { IfNoneMatch: "*" });
    expect(await refusalOf(two.complete([parts[1] ?? {}], { IfNoneMatch: "*" }))).toBe("PreconditionFailed 412");
    expect((await one.content()).equals(last)).toBe(true);
  });

  it("a browser sends parts with signed addresses and signed checksums", async () => {
    const upload = await Upload.start(target(), "browser.bin", { ChecksumAlgorithm: "SHA256" });
    const Parts: CompletedPart[] = [];
    for (const [index, body] of [first, last].entries()) {
      const ChecksumSHA256 = createHash("sha256").update(body).digest("base64");
      const command = new UploadPartCommand({ ...upload.at, PartNumber: index + 1, ChecksumSHA256 });
      const url = await getSignedUrl(createSigningClient(target()), command, {
        expiresIn: 300,
        unhoistableHeaders: new Set(["x-amz-checksum-sha256"]),
      });
      const headers = { "x-amz-checksum-sha256": ChecksumSHA256 };
      const damaged = await fetch(url, { method: "PUT", body: body.subarray(1), headers });
      expect([damaged.status, (await damaged.text()).includes("BadDigest")]).toEqual([400, true]);
      const response = await fetch(url, { method: "PUT", body: new Uint8Array(body), headers });
      expect(response.status).toBe(200);
      Parts.push({ PartNumber: index + 1, ETag: response.headers.get("etag") ?? "", ChecksumSHA256 });
    }
    const { ChecksumSHA256 } = await upload.complete(Parts);
    const digests = Parts.map((part) => Buffer.from(part.ChecksumSHA256 ?? "", "base64"));
    const composite = createHash("sha256").update(Buffer.concat(digests)).digest("base64");
    expect(ChecksumSHA256).toBe(`${composite}-2`);
    expect((await upload.content()).equals(Buffer.concat([first, last]))).toBe(true);
  });
}
