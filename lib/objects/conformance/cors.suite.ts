import {
  DeleteBucketCorsCommand,
  GetBucketCorsCommand,
  GetObjectCommand,
  PutBucketCorsCommand,
} from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { beforeAll, expect, it } from "vitest";
import { refusalOf } from "./outcome.ts";
import type { RawResponse } from "./raw-request.ts";
import { sendRaw } from "./raw-request.ts";
import type { Target } from "./target.ts";
import { createSigningClient } from "./target.ts";

const ORIGIN = "http://localhost:3000";
const RULE = {
  AllowedOrigins: [ORIGIN, "https://*.example.org"],
  AllowedMethods: ["GET", "PUT"],
  AllowedHeaders: ["content-type", "x-amz-*"],
  ExposeHeaders: ["ETag"],
  MaxAgeSeconds: 600,
};

export function describeCors(target: () => Target, isStrict: boolean): void {
  beforeAll(async () => {
    const CORSConfiguration = { CORSRules: [RULE] };
    await target().s3.send(new PutBucketCorsCommand({ Bucket: target().bucket, CORSConfiguration }));
  });

  const preflight = (headers: Record<string, string>): Promise<RawResponse> => {
    const { endpoint, bucket, prefix } = target();
    return sendRaw(endpoint, { method: "OPTIONS", target: `/${bucket}/${prefix}any`, headers });
  };

  it("the rules come back as they were put", async () => {
    const { CORSRules } = await target().s3.send(new GetBucketCorsCommand({ Bucket: target().bucket }));
    expect(CORSRules).toMatchObject([RULE]);
  });

  it("a preflight request is answered without a signature", async () => {
    const { status, headers } = await preflight({
      origin: ORIGIN,
      "access-control-request-method": "PUT",
      "access-control-request-headers": "content-type, x-amz-checksum-sha256",
    });
    expect(status).toBe(200);
    expect(headers["access-control-allow-origin"]).toBe(ORIGIN);
    expect(headers["access-control-allow-methods"]).toContain("PUT");
    expect(headers["access-control-allow-headers"]?.toLowerCase()).toContain("x-amz-checksum-sha256");
    expect(headers["access-control-max-age"]).toBe("600");
    expect(headers.vary?.toLowerCase()).toContain("origin");
  });

  it.each([
    ["another origin", { origin: "http://evil.example", "access-control-request-method": "PUT" }],
    ["another method", { origin: ORIGIN, "access-control-request-method": "DELETE" }],
    [
      "another header",
      { origin: ORIGIN, "access-control-request-method": "PUT", "access-control-request-headers": "x-secret" },
    ],
  ])("a preflight request with %s is refused", async (_, headers) => {
    const response = await preflight(headers);
    expect(response.status).toBe(403);
    expect(response.headers["access-control-allow-origin"]).toBeUndefined();
  });

  it("an origin may be given by a pattern", async () => {
    const headers = { origin: "https://a.example.org", "access-control-request-method": "GET" };
    expect((await preflight(headers)).headers["access-control-allow-origin"]).toBe("https://a.example.org");
  });

  it("a page of an allowed origin can read answers and refusals", async () => {
    const { bucket, prefix } = target();
    const command = new GetObjectCommand({ Bucket: bucket, Key: `${prefix}not-there` });
    const url = await getSignedUrl(createSigningClient(target()), command, { expiresIn: 60 });
    const allowed = await fetch(url, { headers: { origin: ORIGIN } });
    expect(allowed.status).toBe(404);
    expect(allowed.headers.get("access-control-allow-origin")).toBe(ORIGIN);
    expect(allowed.headers.get("access-control-expose-headers")).toContain("ETag");
    const expired = await fetch(url.replace("Expires=60", "Expires=61"), { headers: { origin: ORIGIN } });
    expect(expired.status).toBe(403);
    if (isStrict) expect(expired.headers.get("access-control-allow-origin")).toBe(ORIGIN);
    const other = await fetch(url, { headers: { origin: "http://evil.example" } });
    expect(other.headers.get("access-control-allow-origin")).toBeNull();
  });

  it("without rules no origin is allowed", async () => {
    const { s3, bucket } = target();
    await s3.send(new DeleteBucketCorsCommand({ Bucket: bucket }));
    expect(await refusalOf(s3.send(new GetBucketCorsCommand({ Bucket: bucket })))).toBe("NoSuchCORSConfiguration 404");
    expect((await preflight({ origin: ORIGIN, "access-control-request-method": "PUT" })).status).toBe(403);
  });
}
