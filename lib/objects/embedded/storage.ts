import fs from "node:fs/promises";
import path from "node:path";
import type { BlobRef, BlobWriter } from "./blobs.ts";
import { BlobStore } from "./blobs.ts";
import type { BucketState, UploadState } from "./catalog.ts";
import { Catalog } from "./catalog.ts";
import { Journal } from "./journal.ts";
import { KeyedLock } from "./keyed-lock.ts";
import type { JournalEntry, ObjectRecord, PartRecord } from "./records.ts";
import { journalEntry } from "./records.ts";
import { S3Error, noSuchUpload } from "./s3-error.ts";
import type { ObjectServerLog } from "./events.ts";

/** Throws when the object that is there now (undefined: none) forbids the change. */
export type Guard = (current: ObjectRecord | undefined) => void;

/**
 * Buckets, objects and uploads on the disk: `journal.ndjson` says what exists, `blobs/` holds the bytes.
 * A body is complete and durable before the line that names it is written, so a crash leaves at worst a blob
 * without a name, which the next start deletes.
 */
export class Storage {
  readonly blobs: BlobStore;
  readonly #catalog = new Catalog();
  readonly #journal: Journal<JournalEntry, BlobRef[]>;
  readonly #lock = new KeyedLock();

  private constructor(blobs: BlobStore, catalog: Catalog, journal: Journal<JournalEntry, BlobRef[]>) {
    this.blobs = blobs;
    this.#catalog = catalog;
    this.#journal = journal;
  }

  static async open(dir: string, log: ObjectServerLog): Promise<Storage> {
    const blobDir = path.join(dir, "blobs");
    await fs.mkdir(blobDir, { recursive: true });
    const blobs = new BlobStore(blobDir);
    const catalog = new Catalog();
    const journal = await Journal.open<JournalEntry, BlobRef[]>({
      path: path.join(dir, "journal.ndjson"),
      parse: (line) => journalEntry.parse(JSON.parse(line)),
      apply: (entry) => catalog.apply(entry),
      snapshot: () => catalog.snapshot(),
      liveCount: () => catalog.liveCount(),
    });
    if (journal.damagedLines > 0) {
      // Blobs that seem orphaned may belong to the lines that cannot be read: keep everything.
      log.error("object-server.journal-damaged", { lines: journal.damagedLines });
    } else {
      const live = catalog.liveBlobIds();
      const removed = await blobs.sweep((id) => live.has(id));
      if (removed > 0) log.warn("object-server.leftovers-removed", { files: removed });
    }
    return new Storage(blobs, catalog, journal);
  }

  buckets(): BucketState[] {
    return [...this.#catalog.buckets.values()];
  }

  bucket(name: string): BucketState {
    const bucket = this.#catalog.buckets.get(name);
    if (!bucket) throw new S3Error([404, "NoSuchBucket"], `The bucket ${name} does not exist.`);
    return bucket;
  }

  findBucket(name: string): BucketState | undefined {
    return this.#catalog.buckets.get(name);
  }

  object(bucket: string, key: string): ObjectRecord {
    const object = this.bucket(bucket).objects.get(key);
    if (!object) throw new S3Error([404, "NoSuchKey"], "The specified key does not exist.");
    return object;
  }

  upload(bucket: string, key: string, uploadId: string): UploadState {
    const state = this.bucket(bucket).uploads.get(uploadId);
    if (state?.upload.key !== key) throw noSuchUpload(uploadId);
    return state;
  }

  /** Makes a change durable, then deletes the bytes it left without a name. */
  async commit(entry: JournalEntry): Promise<BlobRef[]> {
    const dead = await this.#journal.append(entry);
    await this.blobs.remove(dead.map(({ id }) => id));
    return dead;
  }

  /** Streams a body into a new blob; nothing is left when `fill` throws. */
  async receiveBlob<T>(fill: (writer: BlobWriter) => Promise<T>): Promise<{ blobs: BlobRef[]; outcome: T }> {
    const writer = await this.blobs.create();
    try {
      const outcome = await fill(writer);
      return { blobs: [await writer.finish()], outcome };
    } catch (error) {
      await writer.discard();
      throw error;
    }
  }

  /** Publishes an object whose bytes are durable; of two conditional writers only one passes its guard. */
  async putObject(bucket: string, object: ObjectRecord, guard: Guard): Promise<void> {
    await this.#lock.run(`object ${bucket}/${object.key}`, () =>
      this.#keepOrRemove(object.blobs, async () => {
        guard(this.bucket(bucket).objects.get(object.key));
        await this.commit({ op: "object.put", bucket, object });
      }),
    );
  }

  async putPart(target: { bucket: string; key: string; uploadId: string }, part: PartRecord): Promise<void> {
    const { bucket, key, uploadId } = target;
    await this.#lock.run(`upload ${uploadId}`, () =>
      this.#keepOrRemove(part.blobs, async () => {
        this.upload(bucket, key, uploadId);
        await this.commit({ op: "upload.part", bucket, uploadId, part });
      }),
    );
  }

  async #keepOrRemove(blobs: readonly BlobRef[], work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      await this.blobs.remove(blobs.map(({ id }) => id));
      throw error;
    }
  }

  /** Deletes an object and tells whether it was there. */
  deleteObject(bucket: string, key: string, guard: Guard): Promise<boolean> {
    return this.#lock.run(`object ${bucket}/${key}`, async () => {
      const current = this.bucket(bucket).objects.get(key);
      guard(current);
      if (current) await this.commit({ op: "object.delete", bucket, key });
      return current !== undefined;
    });
  }

  /** Ends an upload: `work` runs while no part can be added to it. */
  endingUpload<T>(uploadId: string, work: () => Promise<T>): Promise<T> {
    return this.#lock.run(`upload ${uploadId}`, work);
  }

  /** Turns the parts of an upload into an object in one step; not a byte is moved. */
  async completeUpload(bucket: string, object: ObjectRecord & { uploadId: string }, guard: Guard): Promise<void> {
    await this.#lock.run(`object ${bucket}/${object.key}`, async () => {
      guard(this.bucket(bucket).objects.get(object.key));
      await this.commit({ op: "upload.complete", bucket, uploadId: object.uploadId, object });
    });
  }

  close(): Promise<void> {
    return this.#journal.close();
  }
}
