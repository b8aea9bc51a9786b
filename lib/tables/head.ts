import { AppError } from "#lib/errors";
import { detectFileType, refusalOf } from "./magic.ts";

export interface PreviewHead {
  /** The first bytes of the table, unpacked. */
  bytes: Uint8Array;
  /** Name of the zip entry they come from. */
  entryName: string | null;
}

const HEAD_BYTES = 256 * 1024;

/**
 * The beginning of a table for `sniff`, from the first bytes (256 kB or more) of a plain, gzip or zip file. Browser-safe;
 * of a zip only the first table that starts within these bytes is seen.
 * @throws AppError `unprocessable` for types that are no table.
 */
export async function previewHead(start: Uint8Array): Promise<PreviewHead> {
  const type = detectFileType(start);
  const refusal = refusalOf(type);
  if (refusal !== null) throw new AppError("unprocessable", refusal);
  if (type === "gzip") return { bytes: await inflate(start, "gzip"), entryName: null };
  if (type !== "zip") return { bytes: start.subarray(0, HEAD_BYTES), entryName: null };
  const entry = findTable(start);
  if (entry === null) throw new AppError("unprocessable", "The beginning of the zip shows no CSV, TSV or text file.");
  if (entry.isEncrypted)
    throw new AppError("unprocessable", `${entry.name} in the zip is encrypted. Pack it without a password.`);
  const bytes = entry.isStored ? entry.bytes.subarray(0, HEAD_BYTES) : await inflate(entry.bytes, "deflate-raw");
  return { bytes, entryName: entry.name };
}

/** Unpacks as far as the bytes reach; being cut off is expected here. */
async function inflate(packed: Uint8Array, format: "gzip" | "deflate-raw"): Promise<Uint8Array> {
  const stream = new Blob([new Uint8Array(packed)]).stream().pipeThrough(new DecompressionStream(format));
  const reader = stream.getReader();
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    while (size < HEAD_BYTES) {
      const { value, done } = await reader.read();
      if (done) break;
      chunks.push(value);
      size += value.length;
    }
    await reader.cancel();
  } catch (error) {
    if (size === 0)
      throw new AppError("unprocessable", "The file is damaged: nothing of it can be unpacked.", { cause: error });
  }
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes.subarray(0, HEAD_BYTES);
}

interface LocalEntry {
  name: string;
  isEncrypted: boolean;
  isStored: boolean;
  bytes: Uint8Array;
}

/** Walks the local headers at the beginning of a zip. */
function findTable(start: Uint8Array): LocalEntry | null {
  const view = new DataView(start.buffer, start.byteOffset, start.byteLength);
  for (let at = 0; at + 30 <= start.length && view.getUint32(at, true) === 0x04034b50;) {
    const flags = view.getUint16(at + 6, true);
    const packedBytes = view.getUint32(at + 18, true);
    const nameEnd = at + 30 + view.getUint16(at + 26, true);
    const dataAt = nameEnd + view.getUint16(at + 28, true);
    const name = new TextDecoder().decode(start.subarray(at + 30, nameEnd));
    const hasSize = (flags & 8) === 0;
    if (/\.(csv|tsv|txt|dat|tab|asc|prn|json|jsonl)$/i.test(name) && !/(^|\/)(__MACOSX\/|\.)/.test(name)) {
      const bytes = start.subarray(dataAt, hasSize ? dataAt + packedBytes : undefined);
      return { name, isEncrypted: (flags & 1) === 1, isStored: view.getUint16(at + 8, true) === 0, bytes };
    }
    // Without a size in front, where the next entry starts is known only to the directory at the end.
    if (!hasSize && packedBytes === 0 && !name.endsWith("/")) return null;
    at = dataAt + packedBytes;
  }
  return null;
}
