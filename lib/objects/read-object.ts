import { createHash } from "node:crypto";
import { open } from "node:fs/promises";
import { openObject } from "./store.ts";

export interface ObjectDigest {
  sha256: string;
  sizeBytes: number;
}

/** Reads an object once: its hash and size, and a local copy when a path is given. Memory stays flat. */
export async function digestObject(
  key: string,
  options: { copyTo?: string; signal: AbortSignal },
): Promise<ObjectDigest> {
  const hash = createHash("sha256");
  const stream = await openObject(key);
  const file = options.copyTo ? await open(options.copyTo, "w") : null;
  let sizeBytes = 0;
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      options.signal.throwIfAborted();
      hash.update(chunk);
      sizeBytes += chunk.length;
      await file?.write(chunk);
    }
  } finally {
    stream.destroy();
    await file?.close();
  }
  return { sha256: hash.digest("hex"), sizeBytes };
}

/** The first bytes of an object, enough to recognise what it is. */
export async function readObjectHead(key: string, sizeBytes: number): Promise<Uint8Array> {
  const stream = await openObject(key, { startByte: 0, endByte: Math.min(sizeBytes, 4096) - 1 });
  const chunks: Buffer[] = [];
  for await (const chunk of stream as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
}
