import { createHash, createHmac } from "node:crypto";

/** The pure part of AWS Signature Version 4 as S3 uses it (path encoded once, never normalised). */
export const ALGORITHM = "AWS4-HMAC-SHA256";
export const EMPTY_SHA256 = createHash("sha256").digest("hex");

export function sha256Hex(data: string | Buffer): string {
  return createHash("sha256").update(data).digest("hex");
}

function hmac(key: string | Buffer, data: string): Buffer {
  return createHmac("sha256", key).update(data).digest();
}

/** RFC 3986 encoding: everything but letters, digits and `-_.~`. */
export function encodeRfc3986(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
}

export interface CanonicalParts {
  method: string;
  /** Decoded path with its leading slash. */
  path: string;
  /** Decoded query without the signature. */
  query: readonly (readonly [string, string])[];
  signedHeaders: readonly string[];
  headerValue: (name: string) => string;
  payloadHash: string;
}

function byCodeUnit(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

export function canonicalRequest(parts: CanonicalParts): string {
  const query = parts.query
    .map(([name, value]) => [encodeRfc3986(name), encodeRfc3986(value)] as const)
    .sort((a, b) => byCodeUnit(a[0], b[0]) || byCodeUnit(a[1], b[1]))
    .map(([name, value]) => `${name}=${value}`)
    .join("&");
  const headers = parts.signedHeaders.map((name) => {
    return `${name}:${parts.headerValue(name).trim().replace(/\s+/g, " ")}\n`;
  });
  const path = parts.path.split("/").map(encodeRfc3986).join("/");
  return [parts.method, path, query, headers.join(""), parts.signedHeaders.join(";"), parts.payloadHash].join("\n");
}

export interface Scope {
  /** `YYYYMMDD` */
  date: string;
  region: string;
}

export function scopeText(scope: Scope): string {
  return `${scope.date}/${scope.region}/s3/aws4_request`;
}

export function deriveSigningKey(secretAccessKey: string, scope: Scope): Buffer {
  const dated = hmac(`AWS4${secretAccessKey}`, scope.date);
  return hmac(hmac(hmac(dated, scope.region), "s3"), "aws4_request");
}

/** Signs `lines`, which follow the algorithm, the time (`YYYYMMDDTHHMMSSZ`) and the scope in the string to sign. */
export function signLines(
  signingKey: Buffer,
  head: { algorithm: string; amzDate: string; scope: Scope },
  lines: readonly string[],
): string {
  const text = [head.algorithm, head.amzDate, scopeText(head.scope), ...lines].join("\n");
  return hmac(signingKey, text).toString("hex");
}
