import { z } from "zod";
import { columnMapping } from "#lib/datasets/core/mapping";
import { pageQuery } from "#lib/http/pagination";
import { runState } from "#lib/runs/schema";

export const UPLOAD_STATES = ["signing", "uploading", "stored", "checked", "rejected", "cancelled"] as const;
export const uploadState = z.enum(UPLOAD_STATES);
export type UploadState = z.infer<typeof uploadState>;

const instant = z.coerce.date().transform((date) => date.toISOString());
const sha256 = z.string().regex(/^[0-9a-f]{64}$/, "64 lower-case hex digits");
const checksumSha256 = z.string().regex(/^[A-Za-z0-9+/]{43}=$/, "base64 of 32 bytes");

export const MAX_PARTS = 10_000;
/** Files up to this size go in a single PUT. */
export const SINGLE_PUT_BYTES = 16 * 1024 * 1024;

export const createUploadInput = z.object({
  fileName: z.string().min(1).max(255),
  relativePath: z.string().max(1000).default(""),
  sizeBytes: z.number().int().min(0),
  kind: z.string().min(1).max(60).default("auto"),
  contentType: z.string().max(200).default("application/octet-stream"),
  sha256: sha256.optional(),
  mapping: columnMapping.optional(),
});
export type CreateUploadInput = z.output<typeof createUploadInput>;

export const duplicateOf = z.object({ uploadId: z.uuid(), fileName: z.string(), datasetId: z.uuid().nullable() });

export const createdUpload = z.object({
  id: z.uuid(),
  state: uploadState,
  method: z.enum(["put", "multipart"]),
  partSizeBytes: z.number().int(),
  partCount: z.number().int(),
  expiresInS: z.number().int(),
  duplicateOf: duplicateOf.optional(),
});
export type CreatedUpload = z.output<typeof createdUpload>;

export const signPartsInput = z.object({
  parts: z
    .array(z.object({ partNumber: z.number().int().min(1).max(MAX_PARTS), checksumSha256 }))
    .min(1)
    .max(100),
});

export const signedParts = z.object({
  urls: z.array(z.object({ partNumber: z.number().int(), url: z.string(), headers: z.record(z.string(), z.string()) })),
});

export const storedParts = z.object({
  parts: z.array(z.object({ partNumber: z.number().int(), sizeBytes: z.number().int(), etag: z.string() })),
});

export const completeUploadInput = z.object({
  parts: z
    .array(
      z.object({
        partNumber: z.number().int().min(1).max(MAX_PARTS),
        etag: z.string().min(1).max(200),
        checksumSha256: checksumSha256.optional(),
      }),
    )
    .max(MAX_PARTS),
});
export type CompleteUploadInput = z.output<typeof completeUploadInput>;

export const uploadView = z.object({
  id: z.uuid(),
  fileName: z.string(),
  relativePath: z.string(),
  kind: z.string(),
  sizeBytes: z.coerce.number(),
  state: uploadState,
  reason: z.string().nullable(),
  reasonCode: z.string().nullable(),
  duplicateOf: duplicateOf.nullable(),
  run: z.object({ id: z.uuid(), state: runState, progressFraction: z.number(), step: z.string() }).nullable(),
  dataset: z
    .object({
      id: z.uuid(),
      name: z.string(),
      rowsIn: z.coerce.number(),
      rowsKept: z.coerce.number(),
      rowsDropped: z.coerce.number(),
    })
    .nullable(),
  /** The algorithm whose runs read the file as it is; null for tables, which are cleaned. */
  readBy: z.string().nullable(),
  createdAt: instant,
  createdBy: z.string(),
});
export type UploadView = z.output<typeof uploadView>;

/** `needs_mapping`: the columns could not be told apart; the person maps them and cleans. */
export const REASON_CODES = [
  "size_mismatch",
  "checksum_mismatch",
  "unsupported_type",
  "empty",
  "needs_mapping",
  "never_arrived",
  "unreadable",
] as const;
export type ReasonCode = (typeof REASON_CODES)[number];

export const listUploadsQuery = pageQuery.extend({ state: uploadState.optional() });

export const uploadEvent = z.object({
  Records: z
    .array(
      z.object({
        eventName: z.string(),
        s3: z.object({
          bucket: z.object({ name: z.string() }),
          object: z.object({ key: z.string(), size: z.number().optional(), eTag: z.string().optional() }),
        }),
      }),
    )
    .default([]),
  /** EventBridge wraps one event instead. */
  detail: z.object({ bucket: z.object({ name: z.string() }), object: z.object({ key: z.string() }) }).optional(),
});
