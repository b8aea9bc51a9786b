import type { Entry } from "yauzl";
import { AppError } from "#lib/errors";
import { gunzip } from "./decompress.ts";
import { OutputLimit } from "./output-limit.ts";
import { openZip, readEntry, refuseUnreadable } from "./zip-entries.ts";

const ENTRIES_MAX = 10_000;
const FILE_BYTES_MAX = 1024 ** 3;

/** A zip whose files are read by name, in any order. */
export interface ZipFolder {
  /** Paths of its files; folders, hidden files and what macOS adds are left out. */
  paths: readonly string[];
  /** Contents of one file; a `.gz` inside comes unpacked. */
  read: (path: string) => Promise<Uint8Array>;
  close: () => void;
}

/** @throws AppError `unprocessable` for damaged and encrypted zips and for what unpacks to more than it can honestly hold. */
export async function openZipFolder(path: string): Promise<ZipFolder> {
  const zip = await openZip(path);
  const entries = new Map<string, Entry>();
  let seen = 0;
  for await (const entry of zip.eachEntry()) {
    if (++seen > ENTRIES_MAX) throw new AppError("unprocessable", `The zip holds more than ${ENTRIES_MAX} files.`);
    const parts = entry.fileName.split("/");
    const isHidden = parts.includes("__MACOSX") || parts.some((part) => part.startsWith("."));
    if (!entry.fileName.endsWith("/") && !isHidden) entries.set(entry.fileName, entry);
  }
  return {
    paths: [...entries.keys()],
    close: () => zip.close(),
    read: async (name) => {
      const entry = entries.get(name);
      if (!entry) throw new AppError("not_found", `The zip holds no ${name}.`);
      refuseUnreadable(entry);
      // Each file on its own: the ratio of one says nothing about what others were packed to.
      const limits = () => new OutputLimit({ outputBytesMax: FILE_BYTES_MAX });
      const bytes = readEntry({ zip, entry, limit: limits(), packedBytesBefore: 0 });
      return concat(name.endsWith(".gz") ? gunzip(bytes, limits()) : bytes);
    },
  };
}

/** Paths of its files; see {@link openZipFolder}. */
export async function listZipPaths(path: string): Promise<readonly string[]> {
  const folder = await openZipFolder(path);
  folder.close();
  return folder.paths;
}

async function concat(chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const chunk of chunks) parts.push(chunk);
  return Buffer.concat(parts);
}
