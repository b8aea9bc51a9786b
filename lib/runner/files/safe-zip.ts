import { createWriteStream } from "node:fs";
import { mkdir, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { crc32 } from "node:zlib";
import type { Entry, ZipFile } from "yauzl";
import { AppError, isAppError, messageOf } from "#lib/errors";
import { formatBytes } from "#lib/format/bytes";
import { openZip, refuseUnreadable } from "#lib/tables/zip-entries";

export interface ZipLimits {
  /** What it may unpack to. */
  unpackedBytesMax: number;
  filesMax: number;
}

export interface ZipContents {
  files: { path: string; sizeBytes: number }[];
  unpackedBytes: number;
}

/** Real data packs up to about 150 times; a bomb is near deflate's 1032. Looked at only beyond `RATIO_FROM_BYTES`. */
const RATIO_MAX = 400;
const RATIO_FROM_BYTES = 16 * 2 ** 20;
const TYPE_BITS = 0o170000;
const [FILE, FOLDER] = [0o100000, 0o040000] as const;
const NAME_BYTES_MAX = 240;
const TEXT_BYTES_MAX = 2 ** 20;

/**
 * Reads a whole zip and refuses what nobody should have to unpack: damaged, encrypted, with links or devices, with paths
 * out of its folder, with more in it than its size can honestly hold. `what` begins the sentences: "The input".
 * @throws AppError `unprocessable` or `too_large`
 */
export async function checkZip(path: string, what: string, limits: ZipLimits): Promise<ZipContents> {
  return withZip(path, what, async (zip) => {
    const entries = await listEntries(zip, { what, limits, packedBytes: (await stat(path)).size });
    for (const entry of entries) await readThrough(zip, entry, what);
    const files = entries.map(({ fileName, uncompressedSize }) => ({ path: fileName, sizeBytes: uncompressedSize }));
    return { files, unpackedBytes: files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0) };
  });
}

/** Unpacks a zip into an empty folder, by the same rules. */
export async function extractZip(path: string, what: string, to: { folder: string; limits: ZipLimits }): Promise<void> {
  await withZip(path, what, async (zip) => {
    const packedBytes = (await stat(path)).size;
    for (const entry of await listEntries(zip, { what, limits: to.limits, packedBytes })) {
      const target = join(to.folder, entry.fileName);
      await mkdir(dirname(target), { recursive: true });
      const mode = (entry.externalFileAttributes >>> 16) & 0o111 ? 0o755 : 0o644;
      // Never over something that is there, and so never through a link that somebody put in its way.
      await pipeline(checked(zip, entry, what), createWriteStream(target, { flags: "wx", mode }));
    }
  });
}

/** The text of one small file of a zip; null when it is not in there. @throws AppError `too_large` beyond 1 MiB */
export async function readZipText(path: string, name: string, what: string): Promise<string | null> {
  return withZip(path, what, async (zip) => {
    for await (const entry of zip.eachEntry()) {
      if (entry.fileName !== name) continue;
      if (entry.uncompressedSize > TEXT_BYTES_MAX) {
        throw new AppError("too_large", `${what}: ${name} is larger than ${formatBytes(TEXT_BYTES_MAX)}.`);
      }
      const chunks: Uint8Array[] = [];
      for await (const chunk of checked(zip, entry, what)) chunks.push(chunk);
      return Buffer.concat(chunks).toString("utf8");
    }
    return null;
  });
}

async function withZip<T>(path: string, what: string, work: (zip: ZipFile) => Promise<T>): Promise<T> {
  if ((await stat(path)).size === 0) throw new AppError("unprocessable", `${what} is empty (0 bytes).`);
  const zip = await openZip(path).catch((error: unknown) => {
    throw new AppError("unprocessable", `${what} is no zip file, or it is cut off.`, { cause: error });
  });
  try {
    return await work(zip);
  } catch (error) {
    if (isAppError(error) || isSystemError(error)) throw error;
    // What the zip reader complains about: names that lead out of the folder, broken directories.
    throw new AppError("unprocessable", `${what} cannot be used: ${messageOf(error)}.`, { cause: error });
  } finally {
    zip.close();
  }
}

const isSystemError = (error: unknown) => error instanceof Error && "syscall" in error;

interface Judging {
  what: string;
  limits: ZipLimits;
  packedBytes: number;
}

async function listEntries(zip: ZipFile, { what, limits, packedBytes }: Judging): Promise<Entry[]> {
  const files: Entry[] = [];
  const seen = new Set<string>();
  let bytes = 0;
  let count = 0;
  for await (const entry of zip.eachEntry()) {
    if (++count > limits.filesMax) {
      throw new AppError("too_large", `${what} holds more than ${limits.filesMax} files. Pack fewer.`);
    }
    refuseOddEntry(entry, what);
    if (entry.fileName.endsWith("/")) continue;
    refuseUnreadable(entry);
    if (seen.has(entry.fileName)) throw new AppError("unprocessable", `${what} holds ${entry.fileName} twice.`);
    seen.add(entry.fileName);
    bytes += entry.uncompressedSize;
    files.push(entry);
    if (bytes > limits.unpackedBytesMax) {
      const most = formatBytes(limits.unpackedBytesMax);
      throw new AppError("too_large", `${what} unpacks to more than ${most}. Pack less, or raise the app’s diskMb.`);
    }
    if (bytes > RATIO_FROM_BYTES && bytes > RATIO_MAX * packedBytes) {
      throw new AppError("unprocessable", `${what} unpacks to more than ${RATIO_MAX} times its size: a zip bomb.`);
    }
  }
  return files;
}

function refuseOddEntry({ fileName, externalFileAttributes }: Entry, what: string): void {
  const type = (externalFileAttributes >>> 16) & TYPE_BITS;
  const isPlain = type === 0 || type === FILE || type === FOLDER;
  if (!isPlain) {
    throw new AppError("unprocessable", `${what} holds ${fileName}, a link or device. Pack the files themselves.`);
  }
  const parts = fileName.replace(/\/$/, "").split("/");
  const isOdd = parts.some((part) => part === "" || part === "." || part === ".." || part.length > NAME_BYTES_MAX);
  if (isOdd || fileName.includes("\\") || fileName.includes("\0")) {
    throw new AppError("unprocessable", `${what} holds the path ${JSON.stringify(fileName)}, which is refused.`);
  }
}

async function readThrough(zip: ZipFile, entry: Entry, what: string): Promise<void> {
  const chunks = checked(zip, entry, what);
  while (!(await chunks.next()).done);
}

/** An entry's bytes; at its end its checksum must be the one in the directory. Sizes are held by the reader itself. */
async function* checked(zip: ZipFile, entry: Entry, what: string): AsyncGenerator<Buffer> {
  const stream = await zip.openReadStreamPromise(entry);
  let sum = 0;
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      sum = crc32(chunk, sum);
      yield chunk;
    }
  } catch (error) {
    throw new AppError("unprocessable", `${what}: ${entry.fileName} in it is damaged (${messageOf(error)}).`, {
      cause: error,
    });
  } finally {
    stream.destroy();
  }
  if (sum !== entry.crc32) throw new AppError("unprocessable", `${what}: ${entry.fileName} in it is damaged.`);
}
