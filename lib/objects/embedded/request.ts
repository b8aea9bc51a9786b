import type { IncomingMessage } from "node:http";
import { INVALID_ARGUMENT, S3Error } from "./s3-error.ts";

/** A request in path style, `/bucket/key?query`, decoded once and never normalised: `..` is part of a key. */
export interface S3Request {
  incoming: IncomingMessage;
  method: string;
  /** The decoded path, leading slash included. */
  path: string;
  bucket: string;
  key: string;
  query: readonly (readonly [string, string])[];
}

const KEY_BYTES_MAX = 1024;

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (cause) {
    throw new S3Error([400, "InvalidURI"], "The address holds a percent sign that starts no valid character.", {
      cause,
    });
  }
}

function parseQuery(text: string): [string, string][] {
  const pairs: [string, string][] = [];
  for (const part of text.split("&")) {
    if (part === "") continue;
    const plain = part.replaceAll("+", " ");
    const split = plain.indexOf("=");
    pairs.push(split < 0 ? [decode(plain), ""] : [decode(plain.slice(0, split)), decode(plain.slice(split + 1))]);
  }
  return pairs;
}

export function parseRequest(incoming: IncomingMessage): S3Request {
  const target = incoming.url ?? "/";
  if (!target.startsWith("/")) throw new S3Error([400, "InvalidURI"], "Only plain paths are answered.");
  const queryAt = target.indexOf("?");
  const path = decode(queryAt < 0 ? target : target.slice(0, queryAt));
  const slash = path.indexOf("/", 1);
  const key = slash < 0 ? "" : path.slice(slash + 1);
  if (Buffer.byteLength(key) > KEY_BYTES_MAX) {
    throw new S3Error([400, "KeyTooLongError"], `A key has at most ${KEY_BYTES_MAX} bytes.`);
  }
  return {
    incoming,
    method: incoming.method ?? "GET",
    path,
    bucket: slash < 0 ? path.slice(1) : path.slice(1, slash),
    key,
    query: queryAt < 0 ? [] : parseQuery(target.slice(queryAt + 1)),
  };
}

export function queryValue(request: S3Request, name: string): string | undefined {
  return request.query.find(([key]) => key === name)?.[1];
}

/** A header, or for `x-amz-*` the query parameter that a presigned address carries in its place. */
export function headerValue(request: S3Request, name: string): string | undefined {
  const value = request.incoming.headers[name];
  if (value !== undefined) return Array.isArray(value) ? value.join(",") : value;
  if (!name.startsWith("x-amz-")) return undefined;
  return request.query.find(([key]) => key.toLowerCase() === name)?.[1];
}

/** All `x-amz-meta-*` values, wherever the client put them. */
export function userMetadata(request: S3Request): Record<string, string> {
  const found: Record<string, string> = {};
  for (const [name, value] of request.query) {
    if (name.toLowerCase().startsWith("x-amz-meta-")) found[name.toLowerCase()] = value;
  }
  for (const [name, value] of Object.entries(request.incoming.headers)) {
    if (name.startsWith("x-amz-meta-") && typeof value === "string") found[name] = value;
  }
  return found;
}

/** A whole number from the query within limits; above `max` it is lowered when `clamp` says so. */
export function queryInteger(
  request: S3Request,
  name: string,
  limits: { min: number; max: number; fallback: number; clamp?: boolean },
): number {
  const text = queryValue(request, name);
  if (text === undefined || text === "") return limits.fallback;
  const value = /^\d{1,10}$/.test(text) ? Number(text) : NaN;
  if (limits.clamp && value > limits.max) return limits.max;
  if (!(value >= limits.min && value <= limits.max)) {
    throw new S3Error(INVALID_ARGUMENT, `${name} must be a whole number from ${limits.min} to ${limits.max}.`);
  }
  return value;
}
