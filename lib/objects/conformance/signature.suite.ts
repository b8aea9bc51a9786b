import { createHash } from "node:crypto";
import { GetObjectCommand, HeadObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { expect, it } from "vitest";
import { refusalOf } from "./outcome.ts";
import type { RawResponse } from "./raw-request.ts";
import { errorCode, sendRaw, sendSigned, signRaw } from "./raw-request.ts";
import type { Target } from "./target.ts";
import { createClient, createSigningClient } from "./target.ts";

const HOUR_MS = 3600_000;

async function outcomeOf(response: Response): Promise<string> {
  const body = await response.text();
  return response.ok ? `${response.status}` : `${response.status} ${errorCode(body)}`;
}

function rawOutcome({ status, body }: RawResponse): string {
  return status < 300 ? `${status}` : `${status} ${errorCode(body)}`;
}

function presignGet(target: Target, Key: string, options: { expiresIn?: number; signingDate?: Date } = {}) {
  const command = new GetObjectCommand({ Bucket: target.bucket, Key });
  return getSignedUrl(createSigningClient(target), command, { expiresIn: 60, ...options });
}

async function putText(target: Target, Key: string, Body: string): Promise<void> {
  await target.s3.send(new PutObjectCommand({ Bucket: target.bucket, Key, Body }));
}

export function describePresigned(target: () => Target, isStrict: boolean): void {
  it("a signed address uploads and downloads without any header", async () => {
    const { bucket, prefix } = target();
    const Key = `${prefix}presigned ü+%.csv`;
    const command = new PutObjectCommand({ Bucket: bucket, Key });
    const putUrl = await getSignedUrl(createSigningClient(target()), command, { expiresIn: 60 });
    const put = await fetch(putUrl, { method: "PUT", body: "hello" });
    expect(put.status).toBe(200);
    expect(put.headers.get("etag")).toBe(`"${createHash("md5").update("hello").digest("hex")}"`);
    expect(await (await fetch(await presignGet(target(), Key))).text()).toBe("hello");
  });

  it("a signed checksum header binds the body", async () => {
    const { s3, bucket, prefix } = target();
    const Key = `${prefix}presigned-checksum`;
    const ChecksumSHA256 = createHash("sha256").update("hello").digest("base64");
    const url = await getSignedUrl(
      createSigningClient(target()),
      new PutObjectCommand({ Bucket: bucket, Key, ChecksumSHA256 }),
      { expiresIn: 60, unhoistableHeaders: new Set(["x-amz-checksum-sha256"]) },
    );
    expect(new URL(url).searchParams.get("X-Amz-SignedHeaders")).toContain("x-amz-checksum-sha256");
    const headers = { "x-amz-checksum-sha256": ChecksumSHA256 };
    const send = async (body: string, more: Record<string, string>) => {
      return outcomeOf(await fetch(url, { method: "PUT", body, headers: more }));
    };
    expect(await send("hellO", headers)).toBe("400 BadDigest");
    expect(await send("hello", {})).toMatch(/^403/);
    const other = createHash("sha256").update("hellO").digest("base64");
    expect(await send("hellO", { "x-amz-checksum-sha256": other })).toBe("403 SignatureDoesNotMatch");
    expect(await refusalOf(s3.send(new HeadObjectCommand({ Bucket: bucket, Key })))).toBe("NotFound 404");
    expect(await send("hello", headers)).toBe("200");
  });

  it("a signed address ends when it says", async () => {
    const Key = `${target().prefix}expiry`;
    await putText(target(), Key, "x");
    const signedAt = (offsetMs: number) => ({ expiresIn: 60, signingDate: new Date(Date.now() + offsetMs) });
    expect(await outcomeOf(await fetch(await presignGet(target(), Key, signedAt(-30_000))))).toBe("200");
    expect(await outcomeOf(await fetch(await presignGet(target(), Key, signedAt(-90_000))))).toBe("403 AccessDenied");
  });

  it.runIf(isStrict)("a signed address does not begin in the future", async () => {
    const Key = `${target().prefix}future`;
    await putText(target(), Key, "x");
    const url = await presignGet(target(), Key, { signingDate: new Date(Date.now() + HOUR_MS) });
    expect(await outcomeOf(await fetch(url))).toBe("403 AccessDenied");
  });

  it("a signed address lives a week at most", async () => {
    const Key = `${target().prefix}expiry-limit`;
    await putText(target(), Key, "x");
    const url = await presignGet(target(), Key, { expiresIn: 604_800 });
    expect(await outcomeOf(await fetch(url))).toBe("200");
    for (const expires of ["604801", "-1", "soon"]) {
      const changed = url.replace("X-Amz-Expires=604800", `X-Amz-Expires=${expires}`);
      expect(await outcomeOf(await fetch(changed))).toBe("400 AuthorizationQueryParametersError");
    }
  });

  it("nothing about a signed address can be changed", async () => {
    const { bucket, prefix } = target();
    const Key = `${prefix}tampering`;
    await putText(target(), Key, "x");
    await putText(target(), `${Key}2`, "secret");
    const url = await presignGet(target(), Key, { expiresIn: 60 });
    expect(await outcomeOf(await fetch(url))).toBe("200");
    const changes = [
      url.replace(`${bucket}/${Key}`, `${bucket}/${Key}2`),
      url.replace("X-Amz-Expires=60", "X-Amz-Expires=61"),
      `${url}&response-content-type=text%2Fhtml`,
      url.replace(/X-Amz-Signature=(.)/, (_, digit: string) => `X-Amz-Signature=${digit === "0" ? "1" : "0"}`),
      url.replace(/X-Amz-Signature=\w+/, "X-Amz-Signature=00"),
    ];
    for (const changed of changes) {
      expect(changed).not.toBe(url);
      expect(await outcomeOf(await fetch(changed))).toBe("403 SignatureDoesNotMatch");
    }
    for (const method of ["PUT", "DELETE"]) {
      expect(await outcomeOf(await fetch(url, { method }))).toBe("403 SignatureDoesNotMatch");
    }
  });

  it("a header that S3 would obey cannot be added to a signed address", async () => {
    const { bucket, prefix } = target();
    const command = new PutObjectCommand({ Bucket: bucket, Key: `${prefix}added` });
    const url = await getSignedUrl(createSigningClient(target()), command, { expiresIn: 60 });
    const headers = { "x-amz-meta-owner": "someone else" };
    expect(await outcomeOf(await fetch(url, { method: "PUT", body: "x", headers }))).toBe("403 AccessDenied");
  });

  it.runIf(isStrict)("metadata in the address is stored as if it were a header", async () => {
    const { s3, bucket, prefix } = target();
    const Key = `${prefix}hoisted`;
    const command = new PutObjectCommand({ Bucket: bucket, Key, Metadata: { upload: "42" } });
    const url = await getSignedUrl(createSigningClient(target()), command, { expiresIn: 60 });
    expect(await outcomeOf(await fetch(url, { method: "PUT", body: "x" }))).toBe("200");
    expect((await s3.send(new HeadObjectCommand({ Bucket: bucket, Key }))).Metadata).toEqual({ upload: "42" });
  });
}

export function describeHeaderSignatures(target: () => Target, isStrict: boolean): void {
  it("only the right key gets in", async () => {
    const { endpoint, credentials, bucket } = target();
    const head = (more: object) => {
      const s3 = createClient(endpoint, { ...credentials, ...more });
      return refusalOf(s3.send(new GetObjectCommand({ Bucket: bucket, Key: "x" })));
    };
    expect(await head({ secretAccessKey: "wrong" })).toBe("SignatureDoesNotMatch 403");
    expect(await head({ accessKeyId: "nobody" })).toMatch(isStrict ? /^InvalidAccessKeyId 403$/ : / 40[34]$/);
    expect(await head({ region: "mars-north-1" })).toBe("AuthorizationHeaderMalformed 400");
    const anonymous = await sendRaw(endpoint, { method: "GET", target: `/${bucket}/x` });
    expect(rawOutcome(anonymous)).toBe("403 AccessDenied");
  });

  it("a clock may be wrong by fifteen minutes, not more", async () => {
    const request = { method: "HEAD", target: `/${target().bucket}` };
    const at = async (offsetMs: number) => {
      return (await sendSigned(target(), request, { signedAtMs: Date.now() + offsetMs })).status;
    };
    expect(await Promise.all([at(-14 * 60_000), at(14 * 60_000)])).toEqual([200, 200]);
    expect(await Promise.all([at(-16 * 60_000), at(16 * 60_000)])).toEqual([403, 403]);
  });

  it("neither method, path, query, signed header nor body can be changed on the way", async () => {
    const { endpoint, bucket, prefix } = target();
    const path = `/${bucket}/${prefix}header-tampering`;
    const body = Buffer.from("body");
    const headers = { "content-type": "text/csv", "x-amz-meta-a": "1" };
    const signed = signRaw(target(), { method: "PUT", target: `${path}?x-id=PutObject`, headers, body });
    const send = async (change: object) => rawOutcome(await sendRaw(endpoint, { ...signed, ...change }));
    const withHeaders = (more: Record<string, string>) => ({ headers: { ...signed.headers, ...more } });
    expect(await send({ method: "DELETE" })).toBe("403 SignatureDoesNotMatch");
    expect(await send({ target: `${path}2?x-id=PutObject` })).toBe("403 SignatureDoesNotMatch");
    expect(await send({ target: `${path}?x-id=PutObjecT` })).toBe("403 SignatureDoesNotMatch");
    expect(await send(withHeaders({ "content-type": "text/html" }))).toBe("403 SignatureDoesNotMatch");
    expect(await send(withHeaders({ "x-amz-meta-a": "2" }))).toBe("403 SignatureDoesNotMatch");
    expect(await send(withHeaders({ "x-amz-meta-b": "2" }))).toBe("403 AccessDenied");
    expect(await send({ body: Buffer.from("bodY") })).toBe("400 XAmzContentSHA256Mismatch");
    expect((await sendSigned(target(), { method: "HEAD", target: path })).status).toBe(404);
    expect(await send({})).toBe("200");
  });

  it("a request that names no payload hash is refused", async () => {
    const signed = signRaw(target(), { method: "GET", target: `/${target().bucket}/x` });
    delete signed.headers["x-amz-content-sha256"];
    expect((await sendRaw(target().endpoint, signed)).status).toBeGreaterThanOrEqual(400);
  });
}
