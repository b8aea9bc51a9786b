import type { ObjectRecord } from "./records.ts";
import type { S3Request } from "./request.ts";
import { headerValue } from "./request.ts";
import { INVALID_ARGUMENT, NOT_IMPLEMENTED, PRECONDITION_FAILED, S3Error } from "./s3-error.ts";
import type { Guard } from "./storage.ts";

/** S3 takes entity tags with and without quotes. */
function namesEtag(list: string, etag: string): boolean {
  const tags = list.split(",").map((tag) => tag.trim().replace(/^W\//, "").replace(/^"|"$/g, ""));
  return tags.includes("*") || tags.includes(etag);
}

/** Dates in HTTP have whole seconds. */
function secondsOf(text: string): number {
  return Math.trunc(Date.parse(text) / 1000);
}

function failed(condition: string): S3Error {
  const detail = `At least one of the pre-conditions you specified did not hold: ${condition}`;
  return new S3Error(PRECONDITION_FAILED, detail);
}

type Verdict = "proceed" | "not modified";

/** RFC 9110 order: If-Match before If-Unmodified-Since, If-None-Match before If-Modified-Since. */
export function checkRead(request: S3Request, object: ObjectRecord, prefix = ""): Verdict {
  const modifiedS = Math.trunc(object.modifiedAtMs / 1000);
  const header = (name: string): string | undefined => headerValue(request, prefix + name);
  const ifMatch = header("if-match");
  const unmodifiedSince = header("if-unmodified-since");
  if (ifMatch !== undefined) {
    if (!namesEtag(ifMatch, object.etag)) throw failed("If-Match");
  } else if (unmodifiedSince !== undefined && modifiedS > secondsOf(unmodifiedSince)) {
    throw failed("If-Unmodified-Since");
  }
  const ifNoneMatch = header("if-none-match");
  if (ifNoneMatch !== undefined) return namesEtag(ifNoneMatch, object.etag) ? "not modified" : "proceed";
  const modifiedSince = header("if-modified-since");
  return modifiedSince !== undefined && modifiedS <= secondsOf(modifiedSince) ? "not modified" : "proceed";
}

/** The conditions under which an object may be written, to be asked at the moment of writing. */
export function writeGuard(request: S3Request): Guard {
  const ifNoneMatch = headerValue(request, "if-none-match");
  const ifMatch = headerValue(request, "if-match");
  if (ifNoneMatch !== undefined && ifNoneMatch !== "*") {
    throw new S3Error(NOT_IMPLEMENTED, "If-None-Match of a write can only be *.");
  }
  return (current) => {
    if (ifNoneMatch !== undefined && current) throw failed("If-None-Match");
    if (ifMatch === undefined) return;
    if (!current) throw new S3Error([404, "NoSuchKey"], "The specified key does not exist.");
    if (!namesEtag(ifMatch, current.etag)) throw failed("If-Match");
  };
}

export interface ByteRange {
  start: number;
  /** Inclusive. */
  end: number;
}

/** The one range of the request; undefined means the whole object, as for ranges nobody can read. */
export function parseRange(request: S3Request, object: ObjectRecord): ByteRange | undefined {
  const match = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(headerValue(request, "range") ?? "");
  if (!match || match[0] === "bytes=-") return undefined;
  const ifRange = headerValue(request, "if-range");
  if (ifRange !== undefined && !namesEtag(ifRange, object.etag)) return undefined;
  const { sizeBytes } = object;
  const [, first = "", last = ""] = match;
  if (first !== "" && last !== "" && Number(first) > Number(last)) return undefined;
  const start = first === "" ? Math.max(0, sizeBytes - Number(last)) : Number(first);
  const end = first === "" || last === "" ? sizeBytes - 1 : Math.min(sizeBytes - 1, Number(last));
  if (start > end) {
    const headers = { "content-range": `bytes */${sizeBytes}` };
    throw new S3Error([416, "InvalidRange"], "The requested range is not satisfiable", { headers });
  }
  return { start, end };
}

/** `bucket/key` of a copy source, with or without a leading slash. */
export function parseCopySource(request: S3Request): { bucket: string; key: string } | undefined {
  const header = headerValue(request, "x-amz-copy-source");
  if (header === undefined) return undefined;
  const [encoded = ""] = header.split("?");
  let text: string;
  try {
    text = decodeURIComponent(encoded.replaceAll("+", "%20")).replace(/^\//, "");
  } catch (cause) {
    throw new S3Error(INVALID_ARGUMENT, "x-amz-copy-source is not URL-encoded.", { cause });
  }
  const slash = text.indexOf("/");
  if (slash < 1 || slash === text.length - 1) throw new S3Error(INVALID_ARGUMENT, "x-amz-copy-source names no object.");
  return { bucket: text.slice(0, slash), key: text.slice(slash + 1) };
}
