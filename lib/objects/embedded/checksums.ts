import { createHash } from "node:crypto";
import { crc32 } from "node:zlib";
import type { S3Request } from "./request.ts";
import { headerValue } from "./request.ts";
import { INVALID_REQUEST, NOT_IMPLEMENTED, S3Error } from "./s3-error.ts";

export const CHECKSUM_ALGORITHMS = ["sha256", "sha1", "crc32"] as const;
export type ChecksumAlgorithm = (typeof CHECKSUM_ALGORITHMS)[number];

/** Checksums in base64 by algorithm; a multipart object's is one over its parts', with `-<parts>` behind it. */
export type Checksums = Partial<Record<ChecksumAlgorithm, string>>;

const PREFIX = "x-amz-checksum-";
const NOT_CHECKSUMS = new Set(["mode", "type", "algorithm"]);

export interface Digest {
  update(chunk: Buffer): void;
  base64(): string;
}

export function createDigest(algorithm: ChecksumAlgorithm): Digest {
  if (algorithm !== "crc32") {
    const hash = createHash(algorithm);
    return { update: (chunk) => void hash.update(chunk), base64: () => hash.digest("base64") };
  }
  let value = 0;
  return {
    update: (chunk) => {
      value = crc32(chunk, value);
    },
    base64: () => {
      const bytes = Buffer.alloc(4);
      bytes.writeUInt32BE(value);
      return bytes.toString("base64");
    },
  };
}

/** Refuses what cannot be verified here: an ignored checksum would be a promise not kept. */
export function parseChecksumAlgorithm(name: string): ChecksumAlgorithm {
  const found = CHECKSUM_ALGORITHMS.find((algorithm) => algorithm === name.toLowerCase());
  if (found) return found;
  throw new S3Error(NOT_IMPLEMENTED, `Checksums of the kind ${name} are not supported; use SHA256, SHA1 or CRC32.`);
}

/** The checksum a client announces in the headers, or promises in the trailer (then `value` is undefined). */
export function announcedChecksum(
  request: S3Request,
): { algorithm: ChecksumAlgorithm; value: string | undefined } | undefined {
  const names = [...Object.keys(request.incoming.headers), ...request.query.map(([name]) => name.toLowerCase())];
  const announced = names.filter((name) => name.startsWith(PREFIX)).map((name) => name.slice(PREFIX.length));
  const found = new Set(announced.filter((name) => !NOT_CHECKSUMS.has(name)));
  const trailer = headerValue(request, "x-amz-trailer")?.toLowerCase();
  if (found.size + (trailer === undefined ? 0 : 1) > 1) {
    throw new S3Error(INVALID_REQUEST, "Expecting a single x-amz-checksum- header");
  }
  const [name] = found;
  if (name !== undefined)
    return { algorithm: parseChecksumAlgorithm(name), value: headerValue(request, PREFIX + name) };
  if (trailer?.startsWith(PREFIX)) {
    return { algorithm: parseChecksumAlgorithm(trailer.slice(PREFIX.length)), value: undefined };
  }
  return undefined;
}

/** The checksum of checksums that S3 gives a multipart object; undefined when a part has none. */
export function compositeChecksum(
  algorithm: ChecksumAlgorithm | undefined,
  parts: readonly Checksums[],
): Checksums | undefined {
  if (!algorithm) return undefined;
  const digest = createDigest(algorithm);
  for (const part of parts) {
    const value = part[algorithm];
    if (value === undefined) return undefined;
    digest.update(Buffer.from(value, "base64"));
  }
  return { [algorithm]: `${digest.base64()}-${parts.length}` };
}

export function checksumHeaders(checksums: Checksums): Record<string, string> {
  const pairs = CHECKSUM_ALGORITHMS.flatMap((algorithm): [string, string][] => {
    const value = checksums[algorithm];
    return value === undefined ? [] : [[PREFIX + algorithm, value]];
  });
  const first = pairs[0]?.[1];
  if (first !== undefined) pairs.push([`${PREFIX}type`, first.includes("-") ? "COMPOSITE" : "FULL_OBJECT"]);
  return Object.fromEntries(pairs);
}
