export interface PeekedBytes {
  /** At least `count` bytes, or all there are. */
  head: Uint8Array;
  /** Everything, the head included; can be read once. */
  bytes: AsyncIterable<Uint8Array>;
}

/** Looks at the beginning of a stream without losing it. */
export async function peekBytes(stream: AsyncIterable<Uint8Array>, count: number): Promise<PeekedBytes> {
  const iterator = stream[Symbol.asyncIterator]();
  const chunks: Uint8Array[] = [];
  let size = 0;
  while (size < count) {
    const next = await iterator.next();
    if (next.done === true) break;
    chunks.push(next.value);
    size += next.value.length;
  }
  return { head: Buffer.concat(chunks), bytes: replay(chunks, iterator) };
}

async function* replay(chunks: readonly Uint8Array[], rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* chunks;
    for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value;
  } finally {
    await rest.return?.();
  }
}
