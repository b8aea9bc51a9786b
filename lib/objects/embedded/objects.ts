import { pipeline } from "node:stream/promises";
import { announcedSizeBytes, receiveBody, receiveDocument } from "./body.ts";
import { checksumHeaders } from "./checksums.ts";
import type { Exchange } from "./exchange.ts";
import { publishCreated, sendEmpty, sendXml } from "./exchange.ts";
import { downloadHeaders, storedHeaders } from "./metadata.ts";
import type { ByteRange } from "./preconditions.ts";
import { checkRead, parseRange, writeGuard } from "./preconditions.ts";
import type { ObjectRecord } from "./records.ts";
import { headerValue } from "./request.ts";
import { MALFORMED_XML, S3Error } from "./s3-error.ts";
import { childText, childrenOf, element, parseXml, textElement, xmlDocument } from "./xml.ts";

const DELETE_KEYS_MAX = 1000;

export async function putObject(exchange: Exchange): Promise<void> {
  const { request, response, storage, events, now } = exchange;
  const guard = writeGuard(request);
  // Refuse before gigabytes travel; the guard decides again when they have arrived.
  guard(storage.bucket(request.bucket).objects.get(request.key));
  const headers = storedHeaders(request);
  const announcedBytes = announcedSizeBytes(exchange);
  const { blobs, outcome } = await storage.receiveBlob((writer) =>
    receiveBody(exchange, (chunk) => writer.write(chunk), { announcedBytes }),
  );
  const { sizeBytes, md5Hex, checksums } = outcome;
  const stamp = { modifiedAtMs: now(), sequencer: events.nextSequencer(now()) };
  const object: ObjectRecord = { key: request.key, sizeBytes, etag: md5Hex, ...stamp, blobs, headers, checksums };
  await storage.putObject(request.bucket, object, guard);
  publishCreated(exchange, "ObjectCreated:Put", object);
  sendEmpty(response, 200, { etag: `"${md5Hex}"`, ...checksumHeaders(checksums) });
}

function* slicesOf(object: ObjectRecord, { start, end }: ByteRange) {
  let offset = 0;
  for (const blob of object.blobs) {
    const first = Math.max(start - offset, 0);
    const last = Math.min(end - offset, blob.sizeBytes - 1);
    if (first <= last) yield { blob, first, last };
    offset += blob.sizeBytes;
  }
}

async function sendBytes({ storage, response }: Exchange, object: ObjectRecord, range: ByteRange): Promise<void> {
  await storage.blobs.reading(object.blobs, async () => {
    for (const { blob, first, last } of slicesOf(object, range)) {
      await pipeline(storage.blobs.read(blob, first, last), response, { end: false });
    }
  });
  response.end();
}

export async function getObject(exchange: Exchange): Promise<void> {
  const { request, response, storage } = exchange;
  const object = storage.object(request.bucket, request.key);
  const identity = { etag: `"${object.etag}"`, "last-modified": new Date(object.modifiedAtMs).toUTCString() };
  if (checkRead(request, object) === "not modified") {
    sendEmpty(response, 304, identity);
    return;
  }
  const range = parseRange(request, object);
  const whole: ByteRange = { start: 0, end: object.sizeBytes - 1 };
  const { start, end } = range ?? whole;
  const wantsChecksums = !range && headerValue(request, "x-amz-checksum-mode")?.toUpperCase() === "ENABLED";
  response.writeHead(range ? 206 : 200, {
    ...downloadHeaders(request, object.headers),
    ...identity,
    "accept-ranges": "bytes",
    "content-length": String(end - start + 1),
    ...(range ? { "content-range": `bytes ${start}-${end}/${object.sizeBytes}` } : {}),
    ...(wantsChecksums ? checksumHeaders(object.checksums) : {}),
  });
  if (request.method === "HEAD") response.end();
  else await sendBytes(exchange, object, { start, end });
}

async function removeObject({ request, storage, events, now }: Exchange, key: string, ifMatch: boolean) {
  const guard = ifMatch ? writeGuard(request) : () => undefined;
  const { bucket } = request;
  if (!(await storage.deleteObject(bucket, key, guard))) return;
  const eventTime = new Date(now()).toISOString();
  events.publish({ eventName: "ObjectRemoved:Delete", eventTime, bucket, key, sequencer: events.nextSequencer(now()) });
}

export async function deleteObject(exchange: Exchange): Promise<void> {
  await removeObject(exchange, exchange.request.key, true);
  sendEmpty(exchange.response, 204);
}

export async function deleteObjects(exchange: Exchange): Promise<void> {
  exchange.storage.bucket(exchange.request.bucket);
  const root = parseXml(await receiveDocument(exchange));
  // Keys may begin or end with spaces, so their text is taken as it stands.
  const keys = childrenOf(root, "Object").map((node) => node.children.find(({ name }) => name === "Key")?.text ?? "");
  if (keys.length === 0 || keys.length > DELETE_KEYS_MAX || keys.includes("")) {
    throw new S3Error(MALFORMED_XML, `Name 1 to ${DELETE_KEYS_MAX} keys to delete.`);
  }
  await Promise.all([...new Set(keys)].map((key) => removeObject(exchange, key, false)));
  const isQuiet = childText(root, "Quiet") === "true";
  const deleted = keys.map((key) => element("Deleted", [textElement("Key", key)]));
  sendXml(exchange.response, xmlDocument("DeleteResult", isQuiet ? [] : deleted));
}
