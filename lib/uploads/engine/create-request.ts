import { toBase64, toHex } from "./encoding.ts";
import { unreadableFailure } from "./failure.ts";
import type { CreateUploadRequest, IncomingFile, UploadPorts } from "./types.ts";

/** Up to here the whole file is hashed before sending, so that known content is never sent. */
export const HASH_FIRST_MAX_BYTES = 64 * 1024 * 1024;

export interface PreparedRequest {
  request: CreateUploadRequest;
  /** Base64 SHA-256 of the whole file, when it was hashed. */
  wholeChecksum: string | null;
}

/** What to ask the server for. Rejects with "unreadable" when the file cannot be read. */
export async function prepareRequest(incoming: IncomingFile, hash: UploadPorts["hash"]): Promise<PreparedRequest> {
  const { file, kind, mapping, relativePath } = incoming;
  const request: CreateUploadRequest = { fileName: file.name, sizeBytes: file.size, kind };
  if (relativePath) request.relativePath = relativePath;
  if (file.type) request.contentType = file.type;
  if (mapping !== undefined) request.mapping = mapping;
  if (file.size > HASH_FIRST_MAX_BYTES) return { request, wholeChecksum: null };
  try {
    const digest = await hash(await file.slice(0, file.size).arrayBuffer());
    return { request: { ...request, sha256: toHex(digest) }, wholeChecksum: toBase64(digest) };
  } catch {
    throw unreadableFailure(file.name);
  }
}
