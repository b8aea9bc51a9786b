/** Node types the chunks of every stream as `any`. */
export function toBytes(chunk: unknown): Uint8Array {
  if (chunk instanceof Uint8Array) return chunk;
  throw new TypeError("A stream of bytes was expected.");
}
