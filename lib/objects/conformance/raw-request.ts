import http from "node:http";
import https from "node:https";
import {
  ALGORITHM,
  canonicalRequest,
  deriveSigningKey,
  scopeText,
  sha256Hex,
  signLines,
} from "#lib/objects/embedded/sigv4";
import type { Target } from "./target.ts";

export interface RawResponse {
  status: number;
  headers: http.IncomingHttpHeaders;
  body: string;
}

export interface RawRequest {
  method: string;
  /** Path and query as they go over the wire; no client may tidy them up. */
  target: string;
  headers?: Record<string, string>;
  body?: Buffer;
}

/** Sends exactly what it is told to. */
export function sendRaw(endpoint: string, { method, target, headers, body }: RawRequest): Promise<RawResponse> {
  const { protocol, hostname, port } = new URL(endpoint);
  const { promise, resolve, reject } = Promise.withResolvers<RawResponse>();
  const send = protocol === "https:" ? https.request : http.request;
  const request = send({ hostname, port, method, path: target, headers, agent: false }, (response) => {
    const chunks: Buffer[] = [];
    response.on("data", (chunk: Buffer) => chunks.push(chunk));
    response.on("error", reject);
    response.on("end", () => {
      const text = Buffer.concat(chunks).toString();
      resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text });
    });
  });
  request.on("error", reject);
  request.end(body);
  return promise;
}

/** The code of an S3 error document. */
export function errorCode(body: string): string {
  return /<Code>(\w+)<\/Code>/.exec(body)?.[1] ?? "";
}

export function toAmzDate(atMs: number): string {
  return new Date(atMs).toISOString().replace(/[-:]|\.\d+/g, "");
}

export interface SignOptions {
  signedAtMs?: number;
  payloadHash?: string;
  secretAccessKey?: string;
  accessKeyId?: string;
  region?: string;
}

export interface Signed extends RawRequest {
  headers: Record<string, string>;
  /** Signs what follows in the same chain, as the chunks of a stream. */
  signNext: (algorithm: string, lines: readonly string[]) => string;
  signature: string;
}

function splitTarget(target: string): { path: string; query: [string, string][] } {
  const [path = "", query = ""] = target.split("?");
  const pairs = query.split("&").filter((part) => part !== "");
  const decoded = pairs.map((part): [string, string] => {
    const [name = "", value = ""] = part.split("=").map(decodeURIComponent);
    return [name, value];
  });
  return { path: decodeURIComponent(path), query: decoded };
}

/** Signs a request in its headers, with whatever lies the test wants to tell. */
export function signRaw({ endpoint, credentials }: Target, request: RawRequest, options: SignOptions = {}): Signed {
  const { signedAtMs = Date.now(), secretAccessKey = credentials.secretAccessKey } = options;
  const { accessKeyId = credentials.accessKeyId, region = credentials.region } = options;
  const payloadHash = options.payloadHash ?? sha256Hex(request.body ?? "");
  const amzDate = toAmzDate(signedAtMs);
  const scope = { date: amzDate.slice(0, 8), region };
  const headers: Record<string, string> = {
    ...request.headers,
    host: new URL(endpoint).host,
    "x-amz-date": amzDate,
    "x-amz-content-sha256": payloadHash,
  };
  const signedHeaders = Object.keys(headers).sort();
  const headerValue = (name: string): string => headers[name] ?? "";
  const { method } = request;
  const canonical = canonicalRequest({
    method,
    ...splitTarget(request.target),
    signedHeaders,
    headerValue,
    payloadHash,
  });
  const key = deriveSigningKey(secretAccessKey, scope);
  const signNext = (algorithm: string, lines: readonly string[]): string => {
    return signLines(key, { algorithm, amzDate, scope }, lines);
  };
  const signature = signNext(ALGORITHM, [sha256Hex(canonical)]);
  headers.authorization =
    `${ALGORITHM} Credential=${accessKeyId}/${scopeText(scope)}, ` +
    `SignedHeaders=${signedHeaders.join(";")}, Signature=${signature}`;
  if (request.body && headers["content-length"] === undefined) headers["content-length"] = String(request.body.length);
  return { ...request, headers, signNext, signature };
}

export async function sendSigned(target: Target, request: RawRequest, options: SignOptions = {}): Promise<RawResponse> {
  return sendRaw(target.endpoint, signRaw(target, request, options));
}
