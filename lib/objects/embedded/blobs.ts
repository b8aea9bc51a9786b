import { randomUUID } from "node:crypto";
import { createReadStream } from "node:fs";
import fs from "node:fs/promises";
import type { FileHandle } from "node:fs/promises";
import path from "node:path";
import type { Readable } from "node:stream";
import { syncDirectory, writeFully } from "./file-io.ts";
import { isMissingFile } from "./s3-error.ts";

/** A file of immutable bytes under a name of our own making; object keys never reach the file system. */
export interface BlobRef {
  id: string;
  sizeBytes: number;
}

/** One write to the disk; two of these are the most a body ever occupies. */
const BATCH_BYTES = 1024 ** 2;
/** Bytes after which the disk is told to begin, so that the final flush is short. */
const FLUSH_BYTES = 32 * 1024 ** 2;
const READ_BYTES = 512 * 1024;

async function unlinkIfThere(filePath: string): Promise<void> {
  await fs.unlink(filePath).catch((error: unknown) => {
    if (!isMissingFile(error)) throw error;
  });
}

/** Writes one blob: fills a batch while the one before it is on its way to the disk. */
export class BlobWriter {
  readonly id: string;
  readonly #path: string;
  readonly #file: FileHandle;
  #batch: Buffer[] = [];
  #batchBytes = 0;
  #writtenBytes = 0;
  #unflushedBytes = 0;
  #writing: Promise<void> = Promise.resolve();
  #flushing: Promise<void> = Promise.resolve();

  constructor(id: string, filePath: string, file: FileHandle) {
    this.id = id;
    this.#path = filePath;
    this.#file = file;
  }

  write(chunk: Buffer): Promise<void> | undefined {
    this.#batch.push(chunk);
    this.#batchBytes += chunk.length;
    return this.#batchBytes >= BATCH_BYTES ? this.#writeBatch() : undefined;
  }

  async #writeBatch(): Promise<void> {
    const batch = this.#batch;
    this.#batch = [];
    this.#batchBytes = 0;
    await this.#writing;
    this.#writing = this.#append(batch);
    // Awaited by the next batch or by finish; until then nobody listens.
    this.#writing.catch(() => undefined);
  }

  async #append(batch: Buffer[]): Promise<void> {
    const sizeBytes = await writeFully(this.#file, batch, this.#writtenBytes);
    this.#writtenBytes += sizeBytes;
    this.#unflushedBytes += sizeBytes;
    if (this.#unflushedBytes < FLUSH_BYTES) return;
    this.#unflushedBytes = 0;
    await this.#flushing;
    this.#flushing = this.#file.datasync();
    this.#flushing.catch(() => undefined);
  }

  /** Returns once the bytes would survive a loss of power. */
  async finish(): Promise<BlobRef> {
    if (this.#batchBytes > 0) await this.#writeBatch();
    await this.#writing;
    await this.#flushing;
    await this.#file.sync();
    await this.#file.close();
    await syncDirectory(path.dirname(this.#path));
    return { id: this.id, sizeBytes: this.#writtenBytes };
  }

  async discard(): Promise<void> {
    await Promise.allSettled([this.#writing, this.#flushing]);
    await this.#file.close().catch(() => undefined);
    await unlinkIfThere(this.#path);
  }
}

export class BlobStore {
  readonly #dir: string;
  readonly #folders = new Set<string>();
  readonly #readers = new Map<string, number>();
  readonly #doomed = new Set<string>();

  constructor(dir: string) {
    this.#dir = dir;
  }

  pathOf(id: string): string {
    return path.join(this.#dir, id.slice(0, 2), id);
  }

  async #newPath(): Promise<{ id: string; filePath: string }> {
    const id = randomUUID();
    const filePath = this.pathOf(id);
    const folder = path.dirname(filePath);
    if (!this.#folders.has(folder)) {
      await fs.mkdir(folder, { recursive: true });
      await syncDirectory(this.#dir);
      this.#folders.add(folder);
    }
    return { id, filePath };
  }

  async create(): Promise<BlobWriter> {
    const { id, filePath } = await this.#newPath();
    return new BlobWriter(id, filePath, await fs.open(filePath, "wx"));
  }

  /** A second name for the same bytes, which never change; file systems without links get a copy. */
  async duplicate(blob: BlobRef): Promise<BlobRef> {
    const { id, filePath } = await this.#newPath();
    try {
      await fs.link(this.pathOf(blob.id), filePath);
    } catch {
      await fs.copyFile(this.pathOf(blob.id), filePath, fs.constants.COPYFILE_FICLONE);
      const copy = await fs.open(filePath, "r+");
      await copy.sync().finally(() => copy.close());
    }
    await syncDirectory(path.dirname(filePath));
    return { id, sizeBytes: blob.sizeBytes };
  }

  /** Keeps blobs from vanishing while `read` uses them, even when their object is replaced meanwhile. */
  async reading<T>(blobs: readonly BlobRef[], read: () => Promise<T>): Promise<T> {
    for (const { id } of blobs) this.#readers.set(id, (this.#readers.get(id) ?? 0) + 1);
    try {
      return await read();
    } finally {
      for (const { id } of blobs) {
        const left = (this.#readers.get(id) ?? 1) - 1;
        if (left > 0) this.#readers.set(id, left);
        else this.#readers.delete(id);
      }
      await this.remove(blobs.map(({ id }) => id).filter((id) => this.#doomed.has(id)));
    }
  }

  /** Bytes `start` to `end`, both inclusive, of one blob. */
  read(blob: BlobRef, start: number, end: number): Readable {
    return createReadStream(this.pathOf(blob.id), { start, end, highWaterMark: READ_BYTES });
  }

  async remove(ids: Iterable<string>): Promise<void> {
    for (const id of ids) {
      if (this.#readers.has(id)) {
        this.#doomed.add(id);
      } else {
        this.#doomed.delete(id);
        await unlinkIfThere(this.pathOf(id));
      }
    }
  }

  /** Deletes what a crash left behind: every file that no object and no part names. Returns how many. */
  async sweep(isLive: (id: string) => boolean): Promise<number> {
    let removed = 0;
    for (const folder of await fs.readdir(this.#dir)) {
      for (const id of await fs.readdir(path.join(this.#dir, folder))) {
        if (isLive(id)) continue;
        await unlinkIfThere(path.join(this.#dir, folder, id));
        removed += 1;
      }
    }
    return removed;
  }
}
