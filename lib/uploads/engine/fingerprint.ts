import { toHex } from "./encoding.ts";
import type { FileFingerprint, FileSource, UploadPorts } from "./types.ts";

const EDGE_BYTES = 65_536;

/** Name, size, time and the SHA-256 of the first and last 64 KiB. Rejects when the file cannot be read. */
export async function fingerprintOf(file: FileSource, hash: UploadPorts["hash"]): Promise<FileFingerprint> {
  const head = await file.slice(0, Math.min(EDGE_BYTES, file.size)).arrayBuffer();
  const tailStart = Math.max(head.byteLength, file.size - EDGE_BYTES);
  const tail = await file.slice(tailStart, file.size).arrayBuffer();
  const edges = new Uint8Array(head.byteLength + tail.byteLength);
  edges.set(new Uint8Array(head));
  edges.set(new Uint8Array(tail), head.byteLength);
  return {
    name: file.name,
    sizeBytes: file.size,
    lastModifiedMs: file.lastModified,
    edgesSha256: toHex(await hash(edges.buffer)),
  };
}

export function isSameFile(a: FileFingerprint, b: FileFingerprint): boolean {
  return (
    a.name === b.name &&
    a.sizeBytes === b.sizeBytes &&
    a.lastModifiedMs === b.lastModifiedMs &&
    a.edgesSha256 === b.edgesSha256
  );
}
