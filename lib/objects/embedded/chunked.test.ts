import { describe, expect, it } from "vitest";
import { decodeChunks } from "./chunked.ts";
import type { Authentication } from "./signature.ts";
import { deriveSigningKey } from "./sigv4.ts";

const SCOPE = { date: "20130524", region: "us-east-1" };
const AUTH: Authentication = {
  payload: "STREAMING-AWS4-HMAC-SHA256-PAYLOAD",
  amzDate: "20130524T000000Z",
  scope: SCOPE,
  signingKey: deriveSigningKey("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", SCOPE),
  signature: "4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9",
};

/** Amazon's worked example: 66,560 bytes of the letter a in two chunks. */
const EXAMPLE = [
  `10000;chunk-signature=ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648\r\n${"a".repeat(65_536)}\r\n`,
  `400;chunk-signature=0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497\r\n${"a".repeat(1024)}\r\n`,
  "0;chunk-signature=b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9\r\n\r\n",
].join("");

async function* pieces(text: string, sizeBytes: number): AsyncGenerator<Buffer> {
  const bytes = Buffer.from(text, "latin1");
  for (let at = 0; at < bytes.length; at += sizeBytes) yield await Promise.resolve(bytes.subarray(at, at + sizeBytes));
}

async function decode(text: string, auth = AUTH, sizeBytes = 1000) {
  const trailers = new Map<string, string>();
  const chunks: Buffer[] = [];
  for await (const chunk of decodeChunks(pieces(text, sizeBytes), auth, trailers)) chunks.push(chunk);
  return { body: Buffer.concat(chunks).toString("latin1"), trailers: Object.fromEntries(trailers) };
}

const UNSIGNED = { ...AUTH, payload: "STREAMING-UNSIGNED-PAYLOAD-TRAILER" };

describe("aws-chunked bodies", () => {
  it.each([7, 1000, 65_537, 1_000_000])(
    "Amazon's example decodes when it arrives in pieces of %i bytes",
    async (size) => {
      expect((await decode(EXAMPLE, AUTH, size)).body).toBe("a".repeat(66_560));
    },
  );

  it("a changed byte, size or order breaks the chain", async () => {
    const [first = "", second = "", end = ""] = EXAMPLE.split(/(?=400;|0;chunk)/).slice(-3);
    const broken = [
      EXAMPLE.replace("\r\na", "\r\nb"),
      EXAMPLE.replace("400;", "3ff;"),
      second + first + end,
      first + end,
    ];
    for (const text of broken) await expect(decode(text)).rejects.toThrow(/signature|chunk/i);
  });

  it("a chunk without its signature is refused where chunks are signed", async () => {
    await expect(decode("1\r\na\r\n0\r\n\r\n")).rejects.toMatchObject({ code: "SignatureDoesNotMatch" });
  });

  it("trailers are read without regard to case", async () => {
    const { body, trailers } = await decode("3\r\nabc\r\n0\r\nX-Amz-Checksum-Crc32: NSRBwg==\r\n\r\n", UNSIGNED, 1);
    expect([body, trailers]).toEqual(["abc", { "x-amz-checksum-crc32": "NSRBwg==" }]);
  });

  it.each(["", "3\r\nab", "3\r\nabc\r\n", "3\r\nabc\r\n0\r\n", "5\r\nabc\r\n0\r\n\r\n"])(
    "the torn stream %j is no body",
    async (text) => {
      await expect(decode(text, UNSIGNED)).rejects.toMatchObject({ code: "IncompleteBody" });
    },
  );

  it.each(["x\r\n", "-1\r\n", "3;a=b\r\n", "ffffffffffffff\r\n", "a".repeat(20_000)])(
    "the header %j is no size",
    async (text) => {
      await expect(decode(text, UNSIGNED)).rejects.toMatchObject({ code: "InvalidChunkSizeError" });
    },
  );
});
