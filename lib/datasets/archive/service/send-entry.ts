import { Readable } from "node:stream";
import type { Ctx } from "#lib/auth/context";
import { AppError } from "#lib/errors";
import { formatBytes } from "#lib/format/bytes";
import { peekBytes } from "#lib/tables/peek-bytes";
import { imageTypeOf } from "../core/entry-kind.ts";
import { openEntry, withArchive, type OpenEntry } from "./open-archive.ts";

const IMAGE_BYTES_MAX = 20 * 2 ** 20;

/** One file of a stored zip: to be saved whatever it is, or, of a picture, to be shown. Memory stays flat. */
export function sendEntry(ctx: Ctx, artifactId: string, query: { path: string; inline: boolean }): Promise<Response> {
  return withArchive(ctx, artifactId, async (zip) => {
    const open = await openEntry(zip, query.path);
    return query.inline ? image(open) : attachment(open);
  });
}

function attachment({ entry, bytes }: OpenEntry): Response {
  const fileName = entry.fileName.split("/").at(-1) ?? "file";
  return new Response(toBody(bytes), {
    headers: {
      // Never the type that its name suggests: nothing of a zip is to be opened as a page of the portal.
      "content-type": "application/octet-stream",
      "content-disposition": `attachment; filename*=UTF-8''${encodeURIComponent(fileName)}`,
      "content-length": String(entry.uncompressedSize),
      ...SHUT_IN,
    },
  });
}

async function image({ entry, bytes }: OpenEntry): Promise<Response> {
  if (entry.uncompressedSize > IMAGE_BYTES_MAX) {
    bytes.destroy();
    throw new AppError("too_large", `Pictures are shown up to ${formatBytes(IMAGE_BYTES_MAX)}. Download this one.`);
  }
  const peeked = await peekBytes(bytes as AsyncIterable<Buffer>, 8);
  const type = imageTypeOf(peeked.head);
  if (type === null) {
    bytes.destroy();
    throw new AppError("unprocessable", "In spite of its name this is no PNG or JPEG. Download it.");
  }
  const headers = { "content-type": type, "content-disposition": "inline", "cache-control": "private, max-age=300" };
  return new Response(toBody(Readable.from(peeked.bytes)), { headers: { ...SHUT_IN, ...headers } });
}

const SHUT_IN = {
  "x-content-type-options": "nosniff",
  "content-security-policy": "default-src 'none'; sandbox",
  "cache-control": "no-store",
};

const toBody = (bytes: Readable) => Readable.toWeb(bytes) as ReadableStream<Uint8Array>;
