import { createHash, randomUUID } from "node:crypto";
import { announcedSizeBytes, receiveBody, receiveDocument } from "./body.ts";
import type { UploadState } from "./catalog.ts";
import type { Checksums } from "./checksums.ts";
import { CHECKSUM_ALGORITHMS, checksumHeaders, compositeChecksum, parseChecksumAlgorithm } from "./checksums.ts";
import type { Exchange } from "./exchange.ts";
import { publishCreated, sendEmpty, sendXml } from "./exchange.ts";
import { storedHeaders } from "./metadata.ts";
import { writeGuard } from "./preconditions.ts";
import type { ObjectRecord, PartRecord } from "./records.ts";
import { headerValue, queryInteger, queryValue } from "./request.ts";
import { MALFORMED_XML, NOT_IMPLEMENTED, S3Error, noSuchUpload } from "./s3-error.ts";
import type { XmlNode } from "./xml.ts";
import { childText, childrenOf, parseXml, textElement, xmlDocument } from "./xml.ts";

const PARTS_MAX = 10_000;
const PART_BYTES_MIN = 5 * 1024 ** 2;

function uploadIdOf({ request }: Exchange): string {
  return queryValue(request, "uploadId") ?? "";
}

export async function createMultipartUpload(exchange: Exchange): Promise<void> {
  const { request, response, storage, now } = exchange;
  const { bucket, key } = request;
  storage.bucket(bucket);
  const algorithm = headerValue(request, "x-amz-checksum-algorithm");
  const checksumAlgorithm = algorithm === undefined ? undefined : parseChecksumAlgorithm(algorithm);
  if (headerValue(request, "x-amz-checksum-type")?.toUpperCase() === "FULL_OBJECT") {
    throw new S3Error(NOT_IMPLEMENTED, "Multipart uploads have COMPOSITE checksums here.");
  }
  const id = randomUUID();
  const upload = { id, key, startedAtMs: now(), headers: storedHeaders(request), checksumAlgorithm };
  await storage.commit({ op: "upload.create", bucket, upload });
  const result = [textElement("Bucket", bucket), textElement("Key", key), textElement("UploadId", id)];
  sendXml(response, xmlDocument("InitiateMultipartUploadResult", result));
}

export async function uploadPart(exchange: Exchange): Promise<void> {
  const { request, response, storage, now } = exchange;
  const target = { bucket: request.bucket, key: request.key, uploadId: uploadIdOf(exchange) };
  storage.upload(target.bucket, target.key, target.uploadId);
  const number = queryInteger(request, "partNumber", { min: 1, max: PARTS_MAX, fallback: 0 });
  if (headerValue(request, "x-amz-copy-source") !== undefined) {
    throw new S3Error(NOT_IMPLEMENTED, "UploadPartCopy is not supported.");
  }
  const announcedBytes = announcedSizeBytes(exchange);
  const { blobs, outcome } = await storage.receiveBlob((writer) =>
    receiveBody(exchange, (chunk) => writer.write(chunk), { announcedBytes }),
  );
  const { sizeBytes, md5Hex: etag, checksums } = outcome;
  await storage.putPart(target, { number, etag, modifiedAtMs: now(), blobs, sizeBytes, checksums });
  sendEmpty(response, 200, { etag: `"${etag}"`, ...checksumHeaders(checksums) });
}

interface NamedPart {
  number: number;
  etag: string;
  checksums: Checksums;
}

function parseNamedPart(node: XmlNode): NamedPart {
  const number = Number(childText(node, "PartNumber"));
  const etag = childText(node, "ETag")?.replace(/^"|"$/g, "");
  if (!(number >= 1 && number <= PARTS_MAX) || !etag) {
    throw new S3Error(MALFORMED_XML, "Each part needs a PartNumber and an ETag.");
  }
  const checksums = CHECKSUM_ALGORITHMS.map((algorithm) => {
    return [algorithm, childText(node, `Checksum${algorithm.toUpperCase()}`)] as const;
  });
  return { number, etag, checksums: Object.fromEntries(checksums) };
}

function isSamePart(part: PartRecord, named: NamedPart): boolean {
  return (
    part.etag === named.etag &&
    CHECKSUM_ALGORITHMS.every((algorithm) => {
      const expected = named.checksums[algorithm];
      return expected === undefined || expected === part.checksums[algorithm];
    })
  );
}

/** The stored parts that the client names, checked as S3 does. */
export function chooseParts(state: UploadState, named: readonly NamedPart[]): PartRecord[] {
  if (named.length === 0) throw new S3Error(MALFORMED_XML, "Name at least one part.");
  const chosen = named.map((wanted, index) => {
    if (index > 0 && wanted.number <= (named[index - 1]?.number ?? 0)) {
      throw new S3Error([400, "InvalidPartOrder"], "The list of parts was not in ascending order.");
    }
    const part = state.parts.get(wanted.number);
    if (!part || !isSamePart(part, wanted)) {
      throw new S3Error(
        [400, "InvalidPart"],
        `Part ${wanted.number} was not uploaded or has another ETag or checksum.`,
      );
    }
    return part;
  });
  const small = chosen.slice(0, -1).find((part) => part.sizeBytes < PART_BYTES_MIN);
  if (small) {
    const detail = `Part ${small.number} has ${small.sizeBytes} bytes; all but the last need ${PART_BYTES_MIN}.`;
    throw new S3Error([400, "EntityTooSmall"], detail);
  }
  return chosen;
}

function assemble(exchange: Exchange, state: UploadState, parts: readonly PartRecord[]) {
  const { now, events } = exchange;
  const { id, key, headers, checksumAlgorithm } = state.upload;
  const md5s = Buffer.concat(parts.map((part) => Buffer.from(part.etag, "hex")));
  return {
    key,
    sizeBytes: parts.reduce((sum, part) => sum + part.sizeBytes, 0),
    etag: `${createHash("md5").update(md5s).digest("hex")}-${parts.length}`,
    modifiedAtMs: now(),
    sequencer: events.nextSequencer(now()),
    blobs: parts.flatMap((part) => part.blobs),
    headers,
    checksums:
      compositeChecksum(
        checksumAlgorithm,
        parts.map((part) => part.checksums),
      ) ?? {},
    uploadId: id,
  } satisfies ObjectRecord;
}

/** Answers a repeated completion, whose first answer was lost on the way, like the first. */
function alreadyCompleted({ request, storage }: Exchange, uploadId: string): ObjectRecord | undefined {
  const bucket = storage.bucket(request.bucket);
  const object = bucket.objects.get(request.key);
  return object?.uploadId === uploadId && !bucket.uploads.has(uploadId) ? object : undefined;
}

export async function completeMultipartUpload(exchange: Exchange): Promise<void> {
  const { request, response, storage } = exchange;
  const { bucket, key } = request;
  const uploadId = uploadIdOf(exchange);
  const guard = writeGuard(request);
  const named = childrenOf(parseXml(await receiveDocument(exchange)), "Part").map(parseNamedPart);
  const object = await storage.endingUpload(uploadId, async () => {
    const done = alreadyCompleted(exchange, uploadId);
    if (done) return done;
    const state = storage.upload(bucket, key, uploadId);
    const assembled = assemble(exchange, state, chooseParts(state, named));
    await storage.completeUpload(bucket, assembled, guard);
    publishCreated(exchange, "ObjectCreated:CompleteMultipartUpload", assembled);
    return assembled;
  });
  const checksums = CHECKSUM_ALGORITHMS.flatMap((algorithm) => {
    const value = object.checksums[algorithm];
    return value === undefined ? [] : [textElement(`Checksum${algorithm.toUpperCase()}`, value)];
  });
  const location = `http://${request.incoming.headers.host ?? "localhost"}/${bucket}/${encodeURI(key)}`;
  sendXml(
    response,
    xmlDocument("CompleteMultipartUploadResult", [
      textElement("Location", location),
      textElement("Bucket", bucket),
      textElement("Key", key),
      textElement("ETag", `"${object.etag}"`),
      ...checksums,
    ]),
  );
}

export async function abortMultipartUpload(exchange: Exchange): Promise<void> {
  const { request, response, storage } = exchange;
  const uploadId = uploadIdOf(exchange);
  await storage.endingUpload(uploadId, async () => {
    const state = storage.upload(request.bucket, request.key, uploadId);
    if (state.upload.id !== uploadId) throw noSuchUpload(uploadId);
    await storage.commit({ op: "upload.abort", bucket: request.bucket, uploadId });
  });
  sendEmpty(response, 204);
}
