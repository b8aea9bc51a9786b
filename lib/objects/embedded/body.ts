import type { Hash } from "node:crypto";
import { createHash } from "node:crypto";
import type { ChecksumAlgorithm, Checksums, Digest } from "./checksums.ts";
import { announcedChecksum, createDigest } from "./checksums.ts";
import { decodeChunks } from "./chunked.ts";
import type { S3Request } from "./request.ts";
import { headerValue } from "./request.ts";
import { BAD_DIGEST, INCOMPLETE_BODY, INVALID_ARGUMENT, MALFORMED_XML, S3Error } from "./s3-error.ts";
import type { Authentication } from "./signature.ts";

/** A verified request whose body has not been asked for yet. */
export interface SignedRequest {
  request: S3Request;
  auth: Authentication;
  /** Answers `Expect: 100-continue`; called once, when the body is wanted. */
  startBody: () => void;
}

export interface BodyDigest {
  sizeBytes: number;
  md5Hex: string;
  checksums: Checksums;
}

/** Takes the bytes on; a promise makes the sender wait. */
export type BodySink = (chunk: Buffer) => Promise<void> | undefined;

/** S3's own limit for one PUT. */
const BODY_BYTES_MAX = 5 * 1024 ** 3;
const DOCUMENT_BYTES_MAX = 4 * 1024 ** 2;

function contentLength(request: S3Request, name: string): number | undefined {
  const text = headerValue(request, name);
  if (text === undefined) return undefined;
  if (!/^\d{1,15}$/.test(text)) throw new S3Error(INVALID_ARGUMENT, `${name} must be a whole number.`);
  return Number(text);
}

/** The size of the decoded body as announced. */
export function announcedSizeBytes({ request, auth }: SignedRequest): number {
  const name = auth.payload.startsWith("STREAMING-") ? "x-amz-decoded-content-length" : "content-length";
  const sizeBytes = contentLength(request, name);
  if (sizeBytes === undefined) throw new S3Error([411, "MissingContentLength"], `You must provide the ${name} header.`);
  return sizeBytes;
}

/** Everything the client promised about the body, gathered in the one pass over its bytes. */
class Verifier {
  readonly #request: S3Request;
  readonly #auth: Authentication;
  readonly #announced: { algorithm: ChecksumAlgorithm; value: string | undefined } | undefined;
  readonly #md5 = createHash("md5");
  readonly #payloadHash: Hash | undefined;
  readonly #checksum: Digest | undefined;
  #sizeBytes = 0;

  constructor(request: S3Request, auth: Authentication) {
    this.#request = request;
    this.#auth = auth;
    this.#announced = announcedChecksum(request);
    this.#payloadHash = /^[0-9a-f]{64}$/.test(auth.payload) ? createHash("sha256") : undefined;
    this.#checksum = this.#announced && createDigest(this.#announced.algorithm);
  }

  update(chunk: Buffer): number {
    this.#md5.update(chunk);
    this.#payloadHash?.update(chunk);
    this.#checksum?.update(chunk);
    return (this.#sizeBytes += chunk.length);
  }

  finish(announcedBytes: number | undefined, trailers: Map<string, string>): BodyDigest {
    if (announcedBytes !== undefined && announcedBytes !== this.#sizeBytes) {
      const detail = `The body has ${this.#sizeBytes} bytes, announced were ${announcedBytes}.`;
      throw new S3Error(INCOMPLETE_BODY, detail);
    }
    if (this.#payloadHash && this.#payloadHash.digest("hex") !== this.#auth.payload) {
      throw new S3Error([400, "XAmzContentSHA256Mismatch"], "The body does not have the hash in x-amz-content-sha256.");
    }
    const md5 = this.#md5.digest();
    this.#checkContentMd5(md5);
    return { sizeBytes: this.#sizeBytes, md5Hex: md5.toString("hex"), checksums: this.#checkChecksum(trailers) };
  }

  #checkContentMd5(md5: Buffer): void {
    const announced = headerValue(this.#request, "content-md5");
    if (announced === undefined) return;
    if (Buffer.from(announced, "base64").length !== 16) {
      throw new S3Error([400, "InvalidDigest"], "Content-MD5 is not the base64 of an MD5.");
    }
    if (announced !== md5.toString("base64")) throw new S3Error(BAD_DIGEST, "The body does not match Content-MD5.");
  }

  #checkChecksum(trailers: Map<string, string>): Checksums {
    if (!this.#announced || !this.#checksum) return {};
    const { algorithm } = this.#announced;
    const announced = this.#announced.value ?? trailers.get(`x-amz-checksum-${algorithm}`);
    if (announced === undefined) {
      throw new S3Error([400, "MalformedTrailerError"], `The trailer x-amz-checksum-${algorithm} did not arrive.`);
    }
    const actual = this.#checksum.base64();
    if (Buffer.from(announced, "base64").length !== Buffer.from(actual, "base64").length) {
      throw new S3Error([400, "InvalidRequest"], `Value for x-amz-checksum-${algorithm} header is invalid.`);
    }
    if (announced !== actual) {
      throw new S3Error(BAD_DIGEST, `The ${algorithm.toUpperCase()} you specified did not match what we received.`);
    }
    return { [algorithm]: actual };
  }
}

/** Streams the decoded body into `sink`; throws, after bytes may have been handed on, when a promise is broken. */
export async function receiveBody(
  signed: SignedRequest,
  sink: BodySink,
  limits: { sizeBytesMax?: number; announcedBytes?: number } = {},
): Promise<BodyDigest> {
  const { request, auth } = signed;
  const { sizeBytesMax = BODY_BYTES_MAX, announcedBytes } = limits;
  const tooLarge = new S3Error([400, "EntityTooLarge"], `The body may have at most ${sizeBytesMax} bytes.`);
  if ((announcedBytes ?? 0) > sizeBytesMax) throw tooLarge;
  const verifier = new Verifier(request, auth);
  const trailers = new Map<string, string>();
  signed.startBody();
  // A refusal must still reach the client, so giving up on the body must not end the connection.
  const raw: AsyncIterableIterator<Buffer> = request.incoming.iterator({ destroyOnReturn: false });
  const body = auth.payload.startsWith("STREAMING-") ? decodeChunks(raw, auth, trailers) : raw;
  try {
    for await (const chunk of body) {
      if (verifier.update(chunk) > sizeBytesMax) throw tooLarge;
      const accepted = sink(chunk);
      if (accepted) await accepted;
    }
  } finally {
    await raw.return?.();
  }
  return verifier.finish(announcedBytes, trailers);
}

/** The text of a small XML document sent as body. */
export async function receiveDocument(signed: SignedRequest): Promise<string> {
  const chunks: Buffer[] = [];
  const sink = (chunk: Buffer): undefined => void chunks.push(chunk);
  await receiveBody(signed, sink, { sizeBytesMax: DOCUMENT_BYTES_MAX });
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(Buffer.concat(chunks));
  } catch (cause) {
    throw new S3Error(MALFORMED_XML, "The document is not UTF-8.", { cause });
  }
}
