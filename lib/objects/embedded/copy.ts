import type { BlobRef } from "./blobs.ts";
import type { Exchange } from "./exchange.ts";
import { publishCreated, sendXml } from "./exchange.ts";
import { storedHeaders } from "./metadata.ts";
import { checkRead, parseCopySource, writeGuard } from "./preconditions.ts";
import type { ObjectRecord } from "./records.ts";
import { headerValue } from "./request.ts";
import { INVALID_ARGUMENT, INVALID_REQUEST, PRECONDITION_FAILED, S3Error } from "./s3-error.ts";
import { textElement, xmlDocument } from "./xml.ts";

function replacesMetadata(exchange: Exchange): boolean {
  const directive = headerValue(exchange.request, "x-amz-metadata-directive") ?? "COPY";
  if (directive !== "COPY" && directive !== "REPLACE") {
    throw new S3Error(INVALID_ARGUMENT, "x-amz-metadata-directive must be COPY or REPLACE.");
  }
  return directive === "REPLACE";
}

async function duplicateAll({ storage }: Exchange, blobs: readonly BlobRef[]): Promise<BlobRef[]> {
  const copies: BlobRef[] = [];
  try {
    for (const blob of blobs) copies.push(await storage.blobs.duplicate(blob));
  } catch (error) {
    await storage.blobs.remove(copies.map(({ id }) => id));
    throw error;
  }
  return copies;
}

/** Copies by giving the immutable bytes a second name, so the size of the object does not matter. */
export async function copyObject(exchange: Exchange): Promise<void> {
  const { request, storage, now } = exchange;
  const from = parseCopySource(request);
  if (!from) throw new S3Error(INVALID_ARGUMENT, "x-amz-copy-source is missing.");
  const guard = writeGuard(request);
  guard(storage.bucket(request.bucket).objects.get(request.key));
  const source = storage.object(from.bucket, from.key);
  if (checkRead(request, source, "x-amz-copy-source-") === "not modified") {
    throw new S3Error(PRECONDITION_FAILED, "The copy source did not meet the condition.");
  }
  const isReplacing = replacesMetadata(exchange);
  if (!isReplacing && from.bucket === request.bucket && from.key === request.key) {
    throw new S3Error(INVALID_REQUEST, "An object can only be copied to itself with new metadata.");
  }
  const blobs = await storage.blobs.reading(source.blobs, () => duplicateAll(exchange, source.blobs));
  const object: ObjectRecord = {
    ...source,
    key: request.key,
    blobs,
    headers: isReplacing ? storedHeaders(request) : source.headers,
    modifiedAtMs: now(),
    sequencer: exchange.events.nextSequencer(now()),
    uploadId: undefined,
  };
  await storage.putObject(request.bucket, object, guard);
  publishCreated(exchange, "ObjectCreated:Copy", object);
  const result = [
    textElement("LastModified", new Date(object.modifiedAtMs).toISOString()),
    textElement("ETag", `"${object.etag}"`),
  ];
  sendXml(exchange.response, xmlDocument("CopyObjectResult", result));
}
