import type { Readable } from "node:stream";
import type { Entry, ZipFile } from "yauzl";
import type { Ctx } from "#lib/auth/context";
import { AppError } from "#lib/errors";
import { withZipObject } from "#lib/objects/zip-object";
import { refuseUnreadable } from "#lib/tables/zip-entries";
import { findArtifact } from "../../artifact-store.ts";

/** Looked through for one file; beyond, a zip is for downloading as a whole. */
const ENTRIES_MAX = 10_000;

/** Works on an artifact that is a zip. */
export async function withArchive<T>(ctx: Ctx, artifactId: string, work: (zip: ZipFile) => Promise<T>): Promise<T> {
  const artifact = await findArtifact(ctx, artifactId);
  if (!artifact) throw new AppError("not_found", "There is no such artifact in this workspace.");
  const { objectKey: key, sizeBytes, fileName: name } = artifact;
  if (sizeBytes === 0) throw new AppError("unprocessable", `${name} is empty (0 bytes).`);
  return withZipObject({ key, sizeBytes, name }, work);
}

export interface OpenEntry {
  entry: Entry;
  bytes: Readable;
}

/** A file of a zip, by the path it is listed with. The reader ends it where the directory says that it ends. */
export async function openEntry(zip: ZipFile, path: string): Promise<OpenEntry> {
  let seen = 0;
  for await (const entry of zip.eachEntry()) {
    if (++seen > ENTRIES_MAX) break;
    if (entry.fileName !== path || path.endsWith("/")) continue;
    refuseUnreadable(entry);
    return { entry, bytes: await zip.openReadStreamPromise(entry) };
  }
  throw new AppError("not_found", `There is no file ${JSON.stringify(path.slice(0, 200))} in this zip.`);
}

/** The first bytes of a stream, as many as asked for; the rest is never unpacked. */
export async function readHead(bytes: Readable, count: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of bytes as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      size += chunk.length;
      if (size >= count) break;
    }
  } finally {
    bytes.destroy();
  }
  return Buffer.concat(chunks).subarray(0, count);
}
