export const BLOCK_BYTES = 1024 ** 2;

/** Blocks of bytes that all differ and cost next to nothing to make; each is to be used before the next is taken. */
export function* blocks(count: number): Generator<Buffer, void, undefined> {
  const pattern = Buffer.alloc(BLOCK_BYTES);
  for (let at = 0; at < BLOCK_BYTES; at += 4) pattern.writeUInt32LE(Math.imul(at + 1, 2654435761) >>> 0, at);
  for (let index = 0; index < count; index += 1) {
    const block = Buffer.from(pattern);
    block.writeUInt32LE(index);
    yield block;
  }
}
