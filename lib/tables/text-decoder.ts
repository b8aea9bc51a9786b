import { isAscii } from "node:buffer";

import type { TextEncoding } from "./text-encoding.ts";

const DECODER_LABELS: Record<TextEncoding, string> = {
  "utf-8": "utf-8",
  "utf-8-bom": "utf-8",
  "utf-16le": "utf-16le",
  "utf-16be": "utf-16be",
  latin1: "windows-1252",
};

/** Decodes pieces of bytes in order; pure ASCII pieces skip the decoder, which is several times faster. */
export function createTextDecoder(encoding: TextEncoding): { decode(bytes: Uint8Array): string; end(): string } {
  const decoder = new TextDecoder(DECODER_LABELS[encoding]);
  const hasAsciiPath = !encoding.startsWith("utf-16");
  // A piece may end inside a character; then the next one must go through the decoder too.
  let isMidCharacter = false;
  return {
    decode(bytes) {
      if (hasAsciiPath && !isMidCharacter && isAscii(bytes)) {
        return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
      }
      isMidCharacter = hasAsciiPath && (bytes.at(-1) ?? 0) >= 0x80;
      return decoder.decode(bytes, { stream: true });
    },
    end: () => decoder.decode(),
  };
}
