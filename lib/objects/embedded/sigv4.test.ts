import { describe, expect, it } from "vitest";
import { ALGORITHM, EMPTY_SHA256, canonicalRequest, deriveSigningKey, sha256Hex, signLines } from "./sigv4.ts";

/** The worked examples in Amazon's documentation of Signature Version 4 for S3, with its published example key. */
const SCOPE = { date: "20130524", region: "us-east-1" };
const KEY = deriveSigningKey("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", SCOPE);
const HEAD = { algorithm: ALGORITHM, amzDate: "20130524T000000Z", scope: SCOPE };

function sign(parts: Partial<Parameters<typeof canonicalRequest>[0]>, headers: Record<string, string>): string {
  const signedHeaders = Object.keys(headers).sort();
  const headerValue = (name: string): string => headers[name] ?? "";
  const base = { method: "GET", path: "/", query: [], signedHeaders, headerValue, payloadHash: EMPTY_SHA256 };
  return signLines(KEY, HEAD, [sha256Hex(canonicalRequest({ ...base, ...parts }))]);
}

const DATED = { "x-amz-date": HEAD.amzDate };

describe("signatures are those of Amazon's examples", () => {
  it("for a GET with a range", () => {
    const host = "examplebucket.s3.amazonaws.com";
    const headers = { host, range: "bytes=0-9", "x-amz-content-sha256": EMPTY_SHA256, ...DATED };
    expect(sign({ path: "/test.txt" }, headers)).toBe(
      "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41",
    );
  });

  it("for a PUT whose key needs encoding", () => {
    const payloadHash = sha256Hex("Welcome to Amazon S3.");
    const headers = {
      host: "examplebucket.s3.amazonaws.com",
      date: "Fri, 24 May 2013 00:00:00 GMT",
      "x-amz-content-sha256": payloadHash,
      "x-amz-storage-class": "REDUCED_REDUNDANCY",
      ...DATED,
    };
    expect(sign({ method: "PUT", path: "/test$file.text", payloadHash }, headers)).toBe(
      "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd",
    );
  });

  it("for a listing with a query", () => {
    const headers = { host: "examplebucket.s3.amazonaws.com", "x-amz-content-sha256": EMPTY_SHA256, ...DATED };
    const query = [["max-keys", "2"] as const, ["prefix", "J"] as const];
    expect(sign({ query }, headers)).toBe("34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7");
  });

  it("for a presigned address", () => {
    const query = [
      ["X-Amz-Algorithm", ALGORITHM],
      ["X-Amz-Credential", "AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request"],
      ["X-Amz-Date", HEAD.amzDate],
      ["X-Amz-Expires", "86400"],
      ["X-Amz-SignedHeaders", "host"],
    ] as const;
    const headers = { host: "examplebucket.s3.amazonaws.com" };
    expect(sign({ path: "/test.txt", query, payloadHash: "UNSIGNED-PAYLOAD" }, headers)).toBe(
      "aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404",
    );
  });
});
