import { createHash } from "node:crypto";
import { ByteReader } from "./byte-reader.ts";
import { INCOMPLETE_BODY, S3Error } from "./s3-error.ts";
import type { Authentication } from "./signature.ts";
import { equalInConstantTime } from "./signature.ts";
import { EMPTY_SHA256, sha256Hex, signLines } from "./sigv4.ts";

/** Hashes and checks the chunks of a signed stream; each signature covers the one before it. */
class ChunkChain {
  readonly #auth: Authentication;
  #previous: string;

  constructor(auth: Authentication) {
    this.#auth = auth;
    this.#previous = auth.signature;
  }

  check(algorithm: string, digests: readonly string[], signature: string | undefined): void {
    const expected = signLines(this.#auth.signingKey, { ...this.#auth, algorithm }, [this.#previous, ...digests]);
    if (signature === undefined || !equalInConstantTime(expected, signature)) {
      throw new S3Error([403, "SignatureDoesNotMatch"], "The signature of a chunk does not match.");
    }
    this.#previous = expected;
  }
}

function parseChunkHeader(line: string): { sizeBytes: number; signature: string | undefined } {
  const match = /^([0-9a-fA-F]{1,10})(?:;chunk-signature=([0-9a-f]{64}))?$/.exec(line);
  if (!match?.[1]) throw new S3Error([400, "InvalidChunkSizeError"], "A chunk does not begin with its size.");
  return { sizeBytes: parseInt(match[1], 16), signature: match[2] };
}

async function readTrailers(reader: ByteReader): Promise<Map<string, string>> {
  const trailers = new Map<string, string>();
  for (let line = await reader.line(); line !== ""; line = await reader.line()) {
    const colon = line.indexOf(":");
    if (colon < 1 || trailers.size > 16) throw new S3Error([400, "MalformedTrailerError"], "A trailer is malformed.");
    trailers.set(line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim());
  }
  return trailers;
}

function checkTrailerSignature(chain: ChunkChain, trailers: Map<string, string>): void {
  const signature = trailers.get("x-amz-trailer-signature");
  trailers.delete("x-amz-trailer-signature");
  const canonical = [...trailers].map(([name, value]) => `${name}:${value}\n`).join("");
  chain.check("AWS4-HMAC-SHA256-TRAILER", [sha256Hex(canonical)], signature);
}

/**
 * Decodes an `aws-chunked` body as it arrives and fills `trailers` at its end. Bytes are handed on before the
 * signature of their chunk has been seen: whoever stores them must drop them when this throws.
 */
export async function* decodeChunks(
  source: AsyncIterable<Buffer>,
  auth: Authentication,
  trailers: Map<string, string>,
): AsyncGenerator<Buffer, void, undefined> {
  const reader = new ByteReader(source);
  const chain = auth.payload.startsWith("STREAMING-AWS4-HMAC-SHA256-PAYLOAD") ? new ChunkChain(auth) : undefined;
  for (;;) {
    const { sizeBytes, signature } = parseChunkHeader(await reader.line());
    const hash = chain && createHash("sha256");
    for (let leftBytes = sizeBytes; leftBytes > 0;) {
      const piece = await reader.some(leftBytes);
      leftBytes -= piece.length;
      hash?.update(piece);
      yield piece;
    }
    if (sizeBytes > 0 && (await reader.line()) !== "") {
      throw new S3Error(INCOMPLETE_BODY, "A chunk is longer than it says.");
    }
    if (hash) chain.check("AWS4-HMAC-SHA256-PAYLOAD", [EMPTY_SHA256, hash.digest("hex")], signature);
    if (sizeBytes === 0) break;
  }
  for (const [name, value] of await readTrailers(reader)) trailers.set(name, value);
  if (chain && auth.payload.endsWith("-TRAILER")) checkTrailerSignature(chain, trailers);
  await reader.drain();
}
