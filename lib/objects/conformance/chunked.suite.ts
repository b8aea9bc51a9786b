import { createHash, randomBytes } from "node:crypto";
import { HeadObjectCommand } from "@aws-sdk/client-s3";
import { expect, it } from "vitest";
import { EMPTY_SHA256, sha256Hex } from "#lib/objects/embedded/sigv4";
import { refusalOf } from "./outcome.ts";
import type { Signed } from "./raw-request.ts";
import { errorCode, sendRaw, sendSigned, signRaw } from "./raw-request.ts";
import type { Target } from "./target.ts";

const UNSIGNED_TRAILER = "STREAMING-UNSIGNED-PAYLOAD-TRAILER";
const SIGNED = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD";
const CHUNK_BYTES = 70_000;

function streamHeaders(body: Buffer, more: Record<string, string> = {}): Record<string, string> {
  return { "content-encoding": "aws-chunked", "x-amz-decoded-content-length": String(body.length), ...more };
}

function chunksOf(body: Buffer): Buffer[] {
  const chunks: Buffer[] = [];
  for (let at = 0; at < body.length; at += CHUNK_BYTES) chunks.push(body.subarray(at, at + CHUNK_BYTES));
  return [...chunks, Buffer.alloc(0)];
}

/** The body in the framing that the mode of `signed` asks for. */
function encodeSigned(signed: Signed, body: Buffer, trailer?: readonly [string, string]): Buffer {
  const pieces: Buffer[] = [];
  let previous = signed.signature;
  for (const chunk of chunksOf(body)) {
    previous = signed.signNext("AWS4-HMAC-SHA256-PAYLOAD", [previous, EMPTY_SHA256, sha256Hex(chunk)]);
    pieces.push(Buffer.from(`${chunk.length.toString(16)};chunk-signature=${previous}\r\n`), chunk);
    if (chunk.length > 0) pieces.push(Buffer.from("\r\n"));
  }
  if (trailer) {
    const [name, value] = trailer;
    const signature = signed.signNext("AWS4-HMAC-SHA256-TRAILER", [previous, sha256Hex(`${name}:${value}\n`)]);
    pieces.push(Buffer.from(`${name}:${value}\r\nx-amz-trailer-signature:${signature}\r\n`));
  }
  return Buffer.concat([...pieces, Buffer.from("\r\n")]);
}

function encodeUnsigned(body: Buffer, [name, value]: readonly [string, string]): Buffer {
  const pieces = chunksOf(body).flatMap((chunk) => {
    return [Buffer.from(`${chunk.length.toString(16)}\r\n`), chunk, Buffer.from(chunk.length > 0 ? "\r\n" : "")];
  });
  return Buffer.concat([...pieces, Buffer.from(`${name}:${value}\r\n\r\n`)]);
}

async function outcome(target: Target, signed: Signed, body: Buffer): Promise<string> {
  const headers = { ...signed.headers, "content-length": String(body.length) };
  const response = await sendRaw(target.endpoint, { ...signed, headers, body });
  return `${response.status} ${errorCode(response.body)}`.trim();
}

export function describeChunkedBodies(target: () => Target, isStrict: boolean): void {
  const body = randomBytes(200_000);
  const sha256 = createHash("sha256").update(body).digest("base64");
  const otherSha256 = createHash("sha256").update("other").digest("base64");
  const start = (name: string, payloadHash: string, headers = streamHeaders(body)): Signed => {
    const { bucket, prefix } = target();
    return signRaw(target(), { method: "PUT", target: `/${bucket}/${prefix}${name}`, headers }, { payloadHash });
  };
  const head = (name: string): Promise<string> => {
    const { s3, bucket, prefix } = target();
    return refusalOf(s3.send(new HeadObjectCommand({ Bucket: bucket, Key: prefix + name })));
  };

  it("a stream of signed chunks arrives without its framing", async () => {
    const signed = start("signed-chunks", SIGNED);
    expect(await outcome(target(), signed, encodeSigned(signed, body))).toBe("200");
    const stored = await sendSigned(target(), { method: "HEAD", target: signed.target });
    expect(stored.headers["content-length"]).toBe(String(body.length));
    expect(stored.headers.etag).toBe(`"${createHash("md5").update(body).digest("hex")}"`);
    if (isStrict) expect(stored.headers["content-encoding"]).toBeUndefined();
  });

  it("a changed byte in a signed chunk refuses the whole body", async () => {
    const signed = start("changed-chunk", SIGNED);
    const encoded = encodeSigned(signed, body);
    encoded[150_000] = (encoded[150_000] ?? 0) ^ 1;
    expect(await outcome(target(), signed, encoded)).toBe("403 SignatureDoesNotMatch");
    expect(await head("changed-chunk")).toBe("NotFound 404");
  });

  it("chunks cannot be cut off at a boundary", async () => {
    const signed = start("cut-chunks", SIGNED);
    const encoded = encodeSigned(signed, body).subarray(0, 2 * (CHUNK_BYTES + 90) + 2);
    expect(await outcome(target(), signed, encoded)).toMatch(/^4/);
    expect(await head("cut-chunks")).toBe("NotFound 404");
  });

  it("a signed trailer carries the checksum", async () => {
    const headers = streamHeaders(body, { "x-amz-trailer": "x-amz-checksum-sha256" });
    const good = start("signed-trailer", `${SIGNED}-TRAILER`, headers);
    const encoded = encodeSigned(good, body, ["x-amz-checksum-sha256", sha256]);
    expect(await outcome(target(), good, encoded)).toBe("200");
    const bad = start("bad-trailer", `${SIGNED}-TRAILER`, headers);
    const damaged = encodeSigned(bad, body, ["x-amz-checksum-sha256", otherSha256]);
    expect(await outcome(target(), bad, damaged)).toBe("400 BadDigest");
    const forged = Buffer.from(encodeSigned(bad, body, ["x-amz-checksum-sha256", sha256]));
    forged[forged.length - 6] = (forged[forged.length - 6] ?? 0) ^ 1;
    expect(await outcome(target(), bad, forged)).toBe("403 SignatureDoesNotMatch");
    expect(await head("bad-trailer")).toBe("NotFound 404");
  });

  it("an unsigned stream is checked against the checksum in its trailer", async () => {
    const headers = streamHeaders(body, { "x-amz-trailer": "x-amz-checksum-sha256" });
    const good = start("unsigned-trailer", UNSIGNED_TRAILER, headers);
    expect(await outcome(target(), good, encodeUnsigned(body, ["x-amz-checksum-sha256", sha256]))).toBe("200");
    const bad = start("bad-unsigned-trailer", UNSIGNED_TRAILER, headers);
    const damaged = encodeUnsigned(body, ["x-amz-checksum-sha256", otherSha256]);
    expect(await outcome(target(), bad, damaged)).toBe("400 BadDigest");
    expect(await head("bad-unsigned-trailer")).toBe("NotFound 404");
  });

  it("a stream must have the length it announced", async () => {
    const headers = streamHeaders(body.subarray(1), { "x-amz-trailer": "x-amz-checksum-sha256" });
    const signed = start("wrong-length", UNSIGNED_TRAILER, headers);
    expect(await outcome(target(), signed, encodeUnsigned(body, ["x-amz-checksum-sha256", sha256]))).toMatch(/^400/);
    expect(await head("wrong-length")).toBe("NotFound 404");
  });
}
