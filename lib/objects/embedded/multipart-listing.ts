import { CHECKSUM_ALGORITHMS } from "./checksums.ts";
import type { Exchange } from "./exchange.ts";
import { sendXml } from "./exchange.ts";
import { keyEncoder } from "./listing.ts";
import type { PartRecord, UploadRecord } from "./records.ts";
import { queryInteger, queryValue } from "./request.ts";
import { NOT_IMPLEMENTED, S3Error } from "./s3-error.ts";
import { compareKeys } from "./sorted-keys.ts";
import { element, textElement, xmlDocument } from "./xml.ts";

const PAGE_MAX = 1000;

function partElement(part: PartRecord): string {
  const checksums = CHECKSUM_ALGORITHMS.flatMap((algorithm) => {
    const value = part.checksums[algorithm];
    return value === undefined ? [] : [textElement(`Checksum${algorithm.toUpperCase()}`, value)];
  });
  return element("Part", [
    textElement("PartNumber", part.number),
    textElement("LastModified", new Date(part.modifiedAtMs).toISOString()),
    textElement("ETag", `"${part.etag}"`),
    textElement("Size", part.sizeBytes),
    ...checksums,
  ]);
}

export function listParts({ request, response, storage }: Exchange): Promise<void> {
  const uploadId = queryValue(request, "uploadId") ?? "";
  const { parts } = storage.upload(request.bucket, request.key, uploadId);
  const marker = queryInteger(request, "part-number-marker", { min: 0, max: 10_000, fallback: 0, clamp: true });
  const limits = { min: 0, max: PAGE_MAX, fallback: PAGE_MAX, clamp: true };
  const partsMax = queryInteger(request, "max-parts", limits);
  const rest = [...parts.values()].filter((part) => part.number > marker).sort((a, b) => a.number - b.number);
  const page = rest.slice(0, partsMax);
  const body = xmlDocument("ListPartsResult", [
    textElement("Bucket", request.bucket),
    textElement("Key", keyEncoder(request)(request.key)),
    textElement("UploadId", uploadId),
    textElement("PartNumberMarker", marker),
    textElement("NextPartNumberMarker", page.at(-1)?.number ?? 0),
    textElement("MaxParts", partsMax),
    textElement("IsTruncated", page.length > 0 && page.length < rest.length),
    textElement("StorageClass", "STANDARD"),
    ...page.map(partElement),
  ]);
  sendXml(response, body);
  return Promise.resolve();
}

function byKeyThenStart(a: UploadRecord, b: UploadRecord): number {
  return compareKeys(a.key, b.key) || a.startedAtMs - b.startedAtMs || compareKeys(a.id, b.id);
}

export function listMultipartUploads({ request, response, storage }: Exchange): Promise<void> {
  const bucket = storage.bucket(request.bucket);
  if (queryValue(request, "delimiter")) {
    throw new S3Error(NOT_IMPLEMENTED, "Listing uploads by a delimiter is not supported.");
  }
  const encode = keyEncoder(request);
  const prefix = queryValue(request, "prefix") ?? "";
  const keyMarker = queryValue(request, "key-marker") ?? "";
  const idMarker = queryValue(request, "upload-id-marker") ?? "";
  const uploadsMax = queryInteger(request, "max-uploads", { min: 1, max: PAGE_MAX, fallback: PAGE_MAX, clamp: true });
  const sorted = [...bucket.uploads.values()].map(({ upload }) => upload).sort(byKeyThenStart);
  const marked = sorted.findIndex((upload) => upload.key === keyMarker && upload.id === idMarker);
  const rest = sorted.filter((upload, index) => {
    if (!upload.key.startsWith(prefix)) return false;
    // An upload that ended since cannot be found any more; its key still says where to go on.
    if (marked >= 0) return index > marked;
    return keyMarker === "" || compareKeys(upload.key, keyMarker) > (idMarker === "" ? 0 : -1);
  });
  const page = rest.slice(0, uploadsMax);
  const isTruncated = page.length < rest.length;
  const last = page.at(-1);
  const body = xmlDocument("ListMultipartUploadsResult", [
    textElement("Bucket", bucket.name),
    textElement("KeyMarker", encode(keyMarker)),
    textElement("UploadIdMarker", idMarker),
    textElement("Prefix", encode(prefix)),
    ...(isTruncated && last
      ? [textElement("NextKeyMarker", encode(last.key)), textElement("NextUploadIdMarker", last.id)]
      : []),
    textElement("MaxUploads", uploadsMax),
    textElement("IsTruncated", isTruncated),
    ...page.map((upload) =>
      element("Upload", [
        textElement("Key", encode(upload.key)),
        textElement("UploadId", upload.id),
        textElement("StorageClass", "STANDARD"),
        textElement("Initiated", new Date(upload.startedAtMs).toISOString()),
      ]),
    ),
  ]);
  sendXml(response, body);
  return Promise.resolve();
}
