import { z } from "zod";

const blobRef = z.object({ id: z.string().regex(/^[0-9a-f-]{36}$/), sizeBytes: z.number().int().min(0) });
const checksums = z.object({ sha256: z.string(), sha1: z.string(), crc32: z.string() }).partial();
const headers = z.record(z.string(), z.string());

const objectRecord = z.object({
  key: z.string(),
  sizeBytes: z.number().int().min(0),
  /** Without quotes. */
  etag: z.string(),
  modifiedAtMs: z.number(),
  sequencer: z.string(),
  /** The bytes, one blob after the other. */
  blobs: z.array(blobRef),
  /** Content and `x-amz-meta-` headers as they go back out. */
  headers,
  checksums,
  /** The multipart upload it came from: a repeated completion is answered by it. */
  uploadId: z.string().optional(),
});

const partRecord = z.object({
  number: z.number().int(),
  etag: z.string(),
  modifiedAtMs: z.number(),
  blobs: z.array(blobRef),
  sizeBytes: z.number().int().min(0),
  checksums,
});

const uploadRecord = z.object({
  id: z.string(),
  key: z.string(),
  startedAtMs: z.number(),
  headers,
  checksumAlgorithm: z.enum(["sha256", "sha1", "crc32"]).optional(),
});

const corsRule = z.object({
  id: z.string().optional(),
  origins: z.array(z.string()),
  methods: z.array(z.string()),
  headers: z.array(z.string()),
  exposeHeaders: z.array(z.string()),
  maxAgeS: z.number().int().optional(),
});

const bucket = z.string();

/** One line of the journal: one change. */
export const journalEntry = z.discriminatedUnion("op", [
  z.object({ op: z.literal("bucket.create"), bucket, createdAtMs: z.number() }),
  z.object({ op: z.literal("cors.set"), bucket, rules: z.array(corsRule) }),
  z.object({ op: z.literal("object.put"), bucket, object: objectRecord }),
  z.object({ op: z.literal("object.delete"), bucket, key: z.string() }),
  z.object({ op: z.literal("upload.create"), bucket, upload: uploadRecord }),
  z.object({ op: z.literal("upload.part"), bucket, uploadId: z.string(), part: partRecord }),
  z.object({ op: z.literal("upload.abort"), bucket, uploadId: z.string() }),
  z.object({ op: z.literal("upload.complete"), bucket, uploadId: z.string(), object: objectRecord }),
]);

export type ObjectRecord = z.infer<typeof objectRecord>;
export type PartRecord = z.infer<typeof partRecord>;
export type UploadRecord = z.infer<typeof uploadRecord>;
export type CorsRule = z.infer<typeof corsRule>;
export type JournalEntry = z.infer<typeof journalEntry>;
