import { openPromise } from "yauzl";
import { AppError, isAppError, messageOf } from "#lib/errors";
import { toBytes } from "./to-bytes.ts";
import { OutputLimit } from "./output-limit.ts";
import type { Entry, ZipFile } from "yauzl";
import type { DecompressOptions, TableEntry } from "./decompress.ts";

const TABLE_NAME = /\.(csv|tsv|txt|dat|tab|asc|prn|json|jsonl)$/i;
const ENTRIES_MAX = 10_000;

/**
 * The tables of a zip in directory order. Folders, `__MACOSX`, hidden files and other types are passed over.
 * @throws AppError `unprocessable` for damaged, encrypted or table-less zips; limits as in OutputLimit.
 */
export async function* openZipEntries(path: string, options: DecompressOptions): AsyncGenerator<TableEntry> {
  const zip = await openZip(path);
  const limit = new OutputLimit(options.limits);
  try {
    const entries = await listTables(zip, limit);
    let packedBytes = 0;
    for (const entry of entries) {
      yield { name: entry.fileName, bytes: readEntry({ zip, entry, limit, packedBytesBefore: packedBytes }) };
      packedBytes += entry.compressedSize;
      options.onProgress?.(packedBytes);
    }
  } finally {
    zip.close();
  }
}

export async function openZip(path: string): Promise<ZipFile> {
  try {
    return await openPromise(path, { lazyEntries: true, autoClose: false, validateEntrySizes: true });
  } catch (error) {
    throw new AppError("unprocessable", `The zip file is damaged or cut off (${messageOf(error)}).`, { cause: error });
  }
}

async function listTables(zip: ZipFile, limit: OutputLimit): Promise<Entry[]> {
  const tables: Entry[] = [];
  let seen = 0;
  let outputBytes = 0;
  let packedBytes = 0;
  try {
    for await (const entry of zip.eachEntry()) {
      if (++seen > ENTRIES_MAX) throw new AppError("unprocessable", `The zip holds more than ${ENTRIES_MAX} files.`);
      if (entry.fileName === "[Content_Types].xml")
        throw new AppError("unprocessable", "Excel workbook. Save the sheet as CSV.");
      if (!isTable(entry.fileName)) continue;
      refuseUnreadable(entry);
      outputBytes += entry.uncompressedSize;
      packedBytes += entry.compressedSize;
      // The directory may lie about sizes, so what really comes out is counted again while reading.
      limit.check(outputBytes, packedBytes);
      tables.push(entry);
    }
  } catch (error) {
    if (isAppError(error)) throw error;
    throw new AppError("unprocessable", `The directory of the zip is damaged (${messageOf(error)}).`, { cause: error });
  }
  if (tables.length === 0) throw new AppError("unprocessable", "The zip holds no CSV, TSV or text file.");
  return tables;
}

function isTable(fileName: string): boolean {
  const parts = fileName.split("/");
  const base = parts.at(-1) ?? "";
  return TABLE_NAME.test(base) && !base.startsWith(".") && !parts.includes("__MACOSX");
}

export function refuseUnreadable(entry: Entry): void {
  if (entry.isEncrypted()) {
    throw new AppError("unprocessable", `${entry.fileName} in the zip is encrypted. Pack it without a password.`);
  }
  if (!entry.canDecodeFileData()) {
    throw new AppError(
      "unprocessable",
      `${entry.fileName} is packed by a method that is not read here. Pack it as an ordinary zip.`,
    );
  }
}

export async function* readEntry(of: {
  zip: ZipFile;
  entry: Entry;
  limit: OutputLimit;
  packedBytesBefore: number;
}): AsyncGenerator<Uint8Array> {
  const { zip, entry, limit, packedBytesBefore } = of;
  try {
    const stream = await zip.openReadStreamPromise(entry);
    try {
      for await (const chunk of stream) {
        const piece = toBytes(chunk);
        limit.add(piece.length, packedBytesBefore + entry.compressedSize);
        yield piece;
      }
    } finally {
      stream.destroy();
    }
  } catch (error) {
    if (isAppError(error)) throw error;
    throw new AppError("unprocessable", `${entry.fileName} in the zip is damaged (${messageOf(error)}).`, {
      cause: error,
    });
  }
}
