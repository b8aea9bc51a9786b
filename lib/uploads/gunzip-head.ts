import { constants, gunzipSync } from "node:zlib";

/** Unpacks the beginning of a gzip of which only the first bytes are there. */
export function gunzipHead(bytes: Uint8Array): Uint8Array {
  return gunzipSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: 64 * 1024 * 1024 });
}
