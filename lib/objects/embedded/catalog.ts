import type { BlobRef } from "./blobs.ts";
import type { CorsRule, JournalEntry, ObjectRecord, PartRecord, UploadRecord } from "./records.ts";
import { SortedKeys } from "./sorted-keys.ts";

export interface UploadState {
  upload: UploadRecord;
  parts: Map<number, PartRecord>;
}

export interface BucketState {
  name: string;
  createdAtMs: number;
  cors: CorsRule[];
  objects: Map<string, ObjectRecord>;
  keys: SortedKeys;
  uploads: Map<string, UploadState>;
}

function blobsOfUpload(state: UploadState): BlobRef[] {
  return [...state.parts.values()].flatMap((part) => part.blobs);
}

/** What the server holds, in memory: the sum of the journal's entries. */
export class Catalog {
  readonly buckets = new Map<string, BucketState>();
  #count = 0;

  /** Applies a change and returns the blobs that nothing names any more. Entries about missing things do nothing. */
  apply(entry: JournalEntry): BlobRef[] {
    if (entry.op === "bucket.create") return this.#createBucket(entry.bucket, entry.createdAtMs);
    const bucket = this.buckets.get(entry.bucket);
    if (!bucket) return [];
    switch (entry.op) {
      case "cors.set":
        bucket.cors = entry.rules;
        return [];
      case "object.put":
        return this.#putObject(bucket, entry.object);
      case "object.delete":
        return this.#deleteObject(bucket, entry.key);
      case "upload.create":
        bucket.uploads.set(entry.upload.id, { upload: entry.upload, parts: new Map() });
        this.#count += 1;
        return [];
      case "upload.part":
        return this.#putPart(bucket, entry.uploadId, entry.part);
      case "upload.abort":
        return this.#endUpload(bucket, entry.uploadId);
      case "upload.complete": {
        const kept = new Set(entry.object.blobs.map(({ id }) => id));
        const unused = this.#endUpload(bucket, entry.uploadId).filter(({ id }) => !kept.has(id));
        return [...unused, ...this.#putObject(bucket, entry.object)];
      }
    }
  }

  #createBucket(name: string, createdAtMs: number): BlobRef[] {
    if (!this.buckets.has(name)) {
      const empty = { cors: [], objects: new Map(), keys: new SortedKeys(), uploads: new Map() };
      this.buckets.set(name, { name, createdAtMs, ...empty });
      this.#count += 1;
    }
    return [];
  }

  #putObject(bucket: BucketState, object: ObjectRecord): BlobRef[] {
    const replaced = bucket.objects.get(object.key);
    if (!replaced) {
      bucket.keys.add(object.key);
      this.#count += 1;
    }
    bucket.objects.set(object.key, object);
    return replaced?.blobs ?? [];
  }

  #deleteObject(bucket: BucketState, key: string): BlobRef[] {
    const object = bucket.objects.get(key);
    if (!object) return [];
    bucket.objects.delete(key);
    bucket.keys.delete(key);
    this.#count -= 1;
    return object.blobs;
  }

  #putPart(bucket: BucketState, uploadId: string, part: PartRecord): BlobRef[] {
    const state = bucket.uploads.get(uploadId);
    if (!state) return part.blobs;
    const replaced = state.parts.get(part.number);
    if (!replaced) this.#count += 1;
    state.parts.set(part.number, part);
    return replaced?.blobs ?? [];
  }

  #endUpload(bucket: BucketState, uploadId: string): BlobRef[] {
    const state = bucket.uploads.get(uploadId);
    if (!state) return [];
    bucket.uploads.delete(uploadId);
    this.#count -= 1 + state.parts.size;
    return blobsOfUpload(state);
  }

  /** How many entries `snapshot` has, give or take the CORS rules. */
  liveCount(): number {
    return this.#count;
  }

  *snapshot(): Generator<JournalEntry, void, undefined> {
    for (const [bucket, { createdAtMs, cors, objects, uploads }] of this.buckets) {
      yield { op: "bucket.create", bucket, createdAtMs };
      if (cors.length > 0) yield { op: "cors.set", bucket, rules: cors };
      for (const object of objects.values()) yield { op: "object.put", bucket, object };
      for (const [uploadId, { upload, parts }] of uploads) {
        yield { op: "upload.create", bucket, upload };
        for (const part of parts.values()) yield { op: "upload.part", bucket, uploadId, part };
      }
    }
  }

  liveBlobIds(): Set<string> {
    const ids = new Set<string>();
    for (const { objects, uploads } of this.buckets.values()) {
      for (const object of objects.values()) for (const { id } of object.blobs) ids.add(id);
      for (const state of uploads.values()) for (const { id } of blobsOfUpload(state)) ids.add(id);
    }
    return ids;
  }
}
