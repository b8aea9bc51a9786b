import type { BucketState } from "./catalog.ts";
import type { S3Request } from "./request.ts";
import { queryInteger, queryValue } from "./request.ts";
import { INVALID_ARGUMENT, S3Error } from "./s3-error.ts";
import { encodeRfc3986 } from "./sigv4.ts";
import type { SortedKeys } from "./sorted-keys.ts";
import { compareKeys } from "./sorted-keys.ts";
import { element, textElement, xmlDocument } from "./xml.ts";

/** Where a page ended: behind one key, or behind everything under a common prefix. */
export interface ListPosition {
  kind: "key" | "prefix";
  text: string;
}

export interface ListQuery {
  prefix: string;
  /** Empty: no grouping. */
  delimiter: string;
  keysMax: number;
  after: ListPosition | undefined;
}

export interface ListPage {
  keys: string[];
  commonPrefixes: string[];
  /** Undefined on the last page. */
  next: ListPosition | undefined;
}

function isBehind(key: string, { kind, text }: ListPosition): boolean {
  return compareKeys(key, text) > 0 && (kind === "key" || !key.startsWith(text));
}

/** One page in S3's order. Costs a search per common prefix and a step per key, however many keys there are. */
export function listKeys(sorted: SortedKeys, query: ListQuery): ListPage {
  const { prefix, delimiter, keysMax } = query;
  const page: ListPage = { keys: [], commonPrefixes: [], next: undefined };
  let position = query.after;
  const isReached = (key: string): boolean => {
    return compareKeys(key, prefix) >= 0 && (position === undefined || isBehind(key, position));
  };
  if (keysMax === 0) return page;
  for (;;) {
    let skipped: ListPosition | undefined;
    for (const candidate of sorted.from(isReached)) {
      if (!candidate.startsWith(prefix)) return page;
      if (page.keys.length + page.commonPrefixes.length >= keysMax) return { ...page, next: position };
      const split = delimiter === "" ? -1 : candidate.indexOf(delimiter, prefix.length);
      if (split >= 0) {
        skipped = { kind: "prefix", text: candidate.slice(0, split + delimiter.length) };
        break;
      }
      page.keys.push(candidate);
      position = { kind: "key", text: candidate };
    }
    if (!skipped) return page;
    page.commonPrefixes.push(skipped.text);
    position = skipped;
  }
}

function encodeToken({ kind, text }: ListPosition): string {
  return Buffer.from(`${kind}:${text}`).toString("base64url");
}

function decodeToken(token: string): ListPosition {
  const match = /^(key|prefix):([\s\S]+)$/.exec(Buffer.from(token, "base64url").toString());
  if (!match?.[2]) throw new S3Error(INVALID_ARGUMENT, "The continuation token provided is incorrect");
  return { kind: match[1] === "key" ? "key" : "prefix", text: match[2] };
}

/** `encoding-type=url` keeps slashes; anything a key may hold survives the XML then. */
export function keyEncoder(request: S3Request): (text: string) => string {
  const type = queryValue(request, "encoding-type");
  if (type === undefined || type === "") return (text) => text;
  if (type !== "url") throw new S3Error(INVALID_ARGUMENT, "Invalid Encoding Method specified in Request");
  return (text) => encodeRfc3986(text).replaceAll("%2F", "/");
}

function optional(name: string, value: string | undefined): string[] {
  return value === undefined || value === "" ? [] : [textElement(name, value)];
}

/** The answer to ListObjectsV2. */
export function listObjectsDocument(request: S3Request, bucket: BucketState): string {
  const encode = keyEncoder(request);
  const prefix = queryValue(request, "prefix") ?? "";
  const delimiter = queryValue(request, "delimiter") ?? "";
  const startAfter = queryValue(request, "start-after");
  const token = queryValue(request, "continuation-token");
  const keysMax = queryInteger(request, "max-keys", { min: 0, max: 1000, fallback: 1000, clamp: true });
  const start: ListPosition | undefined = startAfter ? { kind: "key", text: startAfter } : undefined;
  const after = token === undefined ? start : decodeToken(token);
  const page = listKeys(bucket.keys, { prefix, delimiter, keysMax, after });
  return xmlDocument("ListBucketResult", [
    textElement("Name", bucket.name),
    textElement("Prefix", encode(prefix)),
    ...optional("Delimiter", encode(delimiter)),
    ...optional("StartAfter", startAfter === undefined ? undefined : encode(startAfter)),
    ...optional("EncodingType", queryValue(request, "encoding-type")),
    ...optional("ContinuationToken", token),
    textElement("KeyCount", page.keys.length + page.commonPrefixes.length),
    textElement("MaxKeys", keysMax),
    textElement("IsTruncated", page.next !== undefined),
    ...optional("NextContinuationToken", page.next && encodeToken(page.next)),
    ...page.keys.map((key) => contents(bucket, key, encode)),
    ...page.commonPrefixes.map((text) => element("CommonPrefixes", [textElement("Prefix", encode(text))])),
  ]);
}

function contents(bucket: BucketState, key: string, encode: (text: string) => string): string {
  const object = bucket.objects.get(key);
  if (!object) return "";
  return element("Contents", [
    textElement("Key", encode(key)),
    textElement("LastModified", new Date(object.modifiedAtMs).toISOString()),
    textElement("ETag", `"${object.etag}"`),
    textElement("Size", object.sizeBytes),
    textElement("StorageClass", "STANDARD"),
  ]);
}
