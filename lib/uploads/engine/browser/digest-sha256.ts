import { Sha256 } from "./sha256.ts";

/** Bytes hashed between two breaths of the page where the browser's own SHA-256 is missing. */
const SLICE_BYTES = 4 * 1024 * 1024;

/** SHA-256 off the main thread; on plain http, where browsers withhold it, in slices of own code. */
export async function digestSha256(bytes: ArrayBuffer): Promise<ArrayBuffer> {
  if (globalThis.isSecureContext) return crypto.subtle.digest("SHA-256", bytes);
  const hash = new Sha256();
  for (let at = 0; at < bytes.byteLength; at += SLICE_BYTES) {
    hash.update(new Uint8Array(bytes, at, Math.min(SLICE_BYTES, bytes.byteLength - at)));
    await new Promise((resolve) => setTimeout(resolve));
  }
  return hash.digest();
}
