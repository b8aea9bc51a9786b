import { TransferFailure } from "./failure.ts";
import { partSizeOf } from "./part-layout.ts";
import { UPLOAD_GONE } from "./part-sender.ts";
import { retryApi, type RetryScope } from "./retry-api.ts";
import type { DonePart, UploadPorts, UploadRecord, UploadStatus } from "./types.ts";

/** States in which storage already has the whole object. */
const ARRIVED = new Set(["stored", "checked"]);
const DEAD = new Set(["rejected", "cancelled"]);

export function hasArrived(state: string): boolean {
  return ARRIVED.has(state);
}

export interface SessionScope {
  ports: UploadPorts;
  retry: RetryScope;
}

/**
 * Brings the record in line with what storage holds. Resolves to the status when the object is complete already.
 * `checksumOf` reads and hashes a part without sending it.
 */
export async function catchUp(
  scope: SessionScope,
  record: UploadRecord,
  checksumOf: (partNumber: number) => Promise<string>,
): Promise<UploadStatus | null> {
  const { api } = scope.ports;
  const status = await orGone(scope, () => api.get(record.uploadId, scope.retry.signal));
  if (hasArrived(status.state)) return status;
  if (DEAD.has(status.state)) throw gone(status.reason);
  if (record.method === "multipart") await mergeStoredParts(scope, record, checksumOf);
  return null;
}

async function mergeStoredParts(
  scope: SessionScope,
  record: UploadRecord,
  checksumOf: (partNumber: number) => Promise<string>,
): Promise<void> {
  const stored = await orGone(scope, () => scope.ports.api.listParts(record.uploadId, scope.retry.signal));
  const remembered = new Map(record.doneParts.map((part) => [part.partNumber, part]));
  const layout = { sizeBytes: record.fingerprint.sizeBytes, partSizeBytes: record.partSizeBytes };
  const merged: DonePart[] = [];
  for (const { partNumber, sizeBytes, etag } of stored) {
    if (partNumber > record.partCount || sizeBytes !== partSizeOf(layout, partNumber)) continue;
    const known = remembered.get(partNumber);
    if (known && known.etag !== "" && bareTag(known.etag) !== bareTag(etag)) continue;
    // Sent, but the page closed before it was written down: hashing again is cheaper than sending again.
    const checksumSha256 = known ? known.checksumSha256 : await checksumOf(partNumber);
    scope.retry.signal.throwIfAborted();
    merged.push({ partNumber, etag, checksumSha256 });
  }
  record.doneParts = merged;
}

/** Tells the server that all parts are there; may be repeated. Resolves to the upload's new status. */
export async function completeUpload(scope: SessionScope, record: UploadRecord): Promise<UploadStatus> {
  const { api } = scope.ports;
  const { signal } = scope.retry;
  const parts = record.doneParts.toSorted((a, b) => a.partNumber - b.partNumber);
  if (record.method === "multipart" && parts.some((part) => part.etag === "")) await fillTags(scope, record, parts);
  const tagged = parts.filter((part) => part.etag !== "");
  return retryApi(scope.retry, () => api.complete(record.uploadId, tagged, signal));
}

/** Where CORS hides the ETag header, storage itself tells the tags. */
async function fillTags(scope: SessionScope, record: UploadRecord, parts: DonePart[]): Promise<void> {
  const { api } = scope.ports;
  const stored = await retryApi(scope.retry, () => api.listParts(record.uploadId, scope.retry.signal));
  const tags = new Map(stored.map((part) => [part.partNumber, part.etag]));
  for (const part of parts) part.etag ||= tags.get(part.partNumber) ?? "";
}

async function orGone<T>(scope: SessionScope, request: () => Promise<T>): Promise<T> {
  try {
    return await retryApi(scope.retry, request);
  } catch (error) {
    if (error instanceof TransferFailure && error.status === 404) throw gone(error.detail);
    throw error;
  }
}

function gone(detail: string | null | undefined): TransferFailure {
  return new TransferFailure({ status: 404, code: UPLOAD_GONE, detail: detail ?? "The upload no longer exists." });
}

/** Headers carry tags in quotes, listings sometimes do not. */
function bareTag(etag: string): string {
  return etag.replaceAll('"', "");
}
