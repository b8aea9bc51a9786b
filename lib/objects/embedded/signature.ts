import { createHash, timingSafeEqual } from "node:crypto";
import type { S3Request } from "./request.ts";
import { queryValue } from "./request.ts";
import { ACCESS_DENIED, INVALID_ARGUMENT, INVALID_REQUEST, S3Error } from "./s3-error.ts";
import type { Scope } from "./sigv4.ts";
import { ALGORITHM, canonicalRequest, deriveSigningKey, sha256Hex, signLines } from "./sigv4.ts";

export interface Credentials {
  accessKeyId: string;
  secretAccessKey: string;
  region: string;
}

/** What a verified request leaves behind for the verification of its body. */
export interface Authentication {
  /** Value of `x-amz-content-sha256`: a hash, `UNSIGNED-PAYLOAD` or one of the streaming modes. */
  payload: string;
  amzDate: string;
  scope: Scope;
  signingKey: Buffer;
  signature: string;
}

/** The claims of a request before anything about them is believed. */
interface Claims {
  accessKeyId: string;
  scope: Scope;
  amzDate: string;
  signedHeaders: string[];
  signature: string;
  payload: string;
}

const CLOCK_SKEW_MS = 15 * 60_000;
const EXPIRES_S_MAX = 7 * 24 * 3600;
const QUERY_ERROR = [400, "AuthorizationQueryParametersError"] as const;
const HEADER_ERROR = [400, "AuthorizationHeaderMalformed"] as const;
const STREAMING = new Set([
  "STREAMING-UNSIGNED-PAYLOAD-TRAILER",
  "STREAMING-AWS4-HMAC-SHA256-PAYLOAD",
  "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER",
]);

type ErrorKind = readonly [number, string];

function parseScope(credential: string, region: string, kind: ErrorKind): { accessKeyId: string; scope: Scope } {
  const match = /^(.+)\/(\d{8})\/([^/]+)\/([^/]+)\/([^/]+)$/.exec(credential);
  if (!match) throw new S3Error(kind, "The credential is not accessKey/date/region/s3/aws4_request.");
  const [, accessKeyId = "", date = "", claimedRegion = "", service, terminator] = match;
  if (service !== "s3" || terminator !== "aws4_request") {
    throw new S3Error(kind, "The credential scope must end in s3/aws4_request.");
  }
  if (claimedRegion !== region) {
    throw new S3Error(kind, `The region '${claimedRegion}' is wrong; expecting '${region}'.`);
  }
  return { accessKeyId, scope: { date, region: claimedRegion } };
}

function parseAmzDate(text: string, kind: ErrorKind): number {
  const match = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text);
  const atMs = match ? Date.parse(`${match.slice(1, 4).join("-")}T${match.slice(4).join(":")}Z`) : NaN;
  if (Number.isNaN(atMs)) throw new S3Error(kind, "The signing time must look like 20130524T000000Z.");
  return atMs;
}

function claimsOfQuery(request: S3Request, region: string, nowMs: number): Claims {
  const required = (name: string): string => {
    const value = queryValue(request, name);
    if (value === undefined) throw new S3Error(QUERY_ERROR, `The query parameter ${name} is missing.`);
    return value;
  };
  if (required("X-Amz-Algorithm") !== ALGORITHM) throw new S3Error(QUERY_ERROR, `Only ${ALGORITHM} is supported.`);
  const amzDate = required("X-Amz-Date");
  const signedAtMs = parseAmzDate(amzDate, QUERY_ERROR);
  const expiresText = required("X-Amz-Expires");
  const expiresS = /^\d{1,9}$/.test(expiresText) ? Number(expiresText) : NaN;
  if (!(expiresS >= 1 && expiresS <= EXPIRES_S_MAX)) {
    throw new S3Error(QUERY_ERROR, `X-Amz-Expires must be from 1 to ${EXPIRES_S_MAX} seconds.`);
  }
  if (signedAtMs > nowMs + CLOCK_SKEW_MS) throw new S3Error(ACCESS_DENIED, "Request is not valid yet");
  if (nowMs > signedAtMs + expiresS * 1000) throw new S3Error(ACCESS_DENIED, "Request has expired");
  return {
    ...parseScope(required("X-Amz-Credential"), region, QUERY_ERROR),
    amzDate,
    signedHeaders: required("X-Amz-SignedHeaders").split(";"),
    signature: required("X-Amz-Signature"),
    payload: queryValue(request, "X-Amz-Content-Sha256") ?? "UNSIGNED-PAYLOAD",
  };
}

function claimsOfHeader(request: S3Request, region: string, nowMs: number): Claims {
  const { authorization = "", ...headers } = request.incoming.headers;
  if (!authorization.startsWith(`${ALGORITHM} `)) {
    throw new S3Error([400, "InvalidRequest"], `Only ${ALGORITHM} is supported.`);
  }
  const field = (name: string): string => {
    const value = new RegExp(`[ ,]${name}=([^,\\s]+)`).exec(authorization)?.[1];
    if (value === undefined) throw new S3Error(HEADER_ERROR, `The authorization header has no ${name}.`);
    return value;
  };
  const amzDate = headers["x-amz-date"];
  if (typeof amzDate !== "string") throw new S3Error(ACCESS_DENIED, "The header x-amz-date is missing.");
  if (Math.abs(parseAmzDate(amzDate, ACCESS_DENIED) - nowMs) > CLOCK_SKEW_MS) {
    const detail = "The difference between the request time and the server's time is too large.";
    throw new S3Error([403, "RequestTimeTooSkewed"], detail);
  }
  const payload = headers["x-amz-content-sha256"];
  if (typeof payload !== "string") throw new S3Error(INVALID_REQUEST, "The header x-amz-content-sha256 is missing.");
  return {
    ...parseScope(field("Credential"), region, HEADER_ERROR),
    amzDate,
    signedHeaders: field("SignedHeaders").split(";"),
    signature: field("Signature"),
    payload,
  };
}

/** S3 refuses `x-amz-*` headers outside the signature: they could be added on the way to change the meaning. */
function requireSignedHeaders(request: S3Request, signedHeaders: readonly string[]): void {
  if (!signedHeaders.includes("host")) throw new S3Error(ACCESS_DENIED, "The host header must be signed.");
  for (const name of Object.keys(request.incoming.headers)) {
    if (!name.startsWith("x-amz-") || name === "x-amz-content-sha256" || signedHeaders.includes(name)) continue;
    throw new S3Error(ACCESS_DENIED, `There were headers present in the request which were not signed: ${name}`);
  }
}

/** Both sides are hashed first, so that neither length nor content shows in the time taken. */
export function equalInConstantTime(a: string, b: string): boolean {
  return timingSafeEqual(createHash("sha256").update(a).digest(), createHash("sha256").update(b).digest());
}

function requireKnownPayload(payload: string): void {
  if (payload === "UNSIGNED-PAYLOAD" || STREAMING.has(payload) || /^[0-9a-f]{64}$/.test(payload)) return;
  throw new S3Error(INVALID_ARGUMENT, "x-amz-content-sha256 must be a SHA-256 in hex or a known payload mode.");
}

/** Verifies who sent the request and that address, method and signed headers are as they were signed. */
export function authenticate(request: S3Request, credentials: Credentials, nowMs: number): Authentication {
  const isPresigned = queryValue(request, "X-Amz-Signature") !== undefined;
  const hasHeader = request.incoming.headers.authorization !== undefined;
  if (isPresigned && hasHeader) throw new S3Error(INVALID_ARGUMENT, "Only one way of signing a request is allowed.");
  if (!isPresigned && !hasHeader) throw new S3Error(ACCESS_DENIED, "Access Denied");
  const claims = (isPresigned ? claimsOfQuery : claimsOfHeader)(request, credentials.region, nowMs);
  const { amzDate, scope, signedHeaders, signature, payload } = claims;
  if (claims.accessKeyId !== credentials.accessKeyId) {
    throw new S3Error([403, "InvalidAccessKeyId"], "The access key does not exist.");
  }
  if (!amzDate.startsWith(scope.date)) {
    throw new S3Error(isPresigned ? QUERY_ERROR : HEADER_ERROR, "The date of the scope is not that of the request.");
  }
  requireKnownPayload(payload);
  const distinct = request.incoming.headersDistinct;
  const canonical = canonicalRequest({
    method: request.method,
    path: request.path,
    query: request.query.filter(([name]) => name !== "X-Amz-Signature"),
    signedHeaders,
    headerValue: (name) => (distinct[name] ?? []).join(","),
    payloadHash: payload,
  });
  const signingKey = deriveSigningKey(credentials.secretAccessKey, scope);
  const expected = signLines(signingKey, { algorithm: ALGORITHM, amzDate, scope }, [sha256Hex(canonical)]);
  if (!equalInConstantTime(expected, signature)) {
    const detail =
      "The signature does not match. Check the secret key, the method, the address and the signed headers.";
    throw new S3Error([403, "SignatureDoesNotMatch"], detail);
  }
  requireSignedHeaders(request, signedHeaders);
  return { payload, amzDate, scope, signingKey, signature };
}
