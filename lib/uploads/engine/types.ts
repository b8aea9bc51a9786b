import type { TransferFailure } from "./failure.ts";

/** The part of `Blob` that the engine needs. */
export interface FileSlice {
  /** Bytes. */
  readonly size: number;
  arrayBuffer(): Promise<ArrayBuffer>;
}

/** The part of `File` that the engine reads; a browser `File` is one. */
export interface FileSource {
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  /** Epoch milliseconds. */
  readonly lastModified: number;
  readonly type: string;
  slice(startByte: number, endByte: number): FileSlice;
}

/** A file handed to the queue. `handle` lets Chromium reopen the file after a reload. */
export interface IncomingFile {
  file: FileSource;
  /** Folder path inside a dropped folder, "" for a single file. */
  relativePath: string;
  /** Dataset kind or "auto". */
  kind: string;
  /** Column mapping the person confirmed; sent as it is. */
  mapping?: unknown;
  handle?: FileSystemFileHandle;
}

/** Tells the same file from another one without reading all of it. */
export interface FileFingerprint {
  name: string;
  sizeBytes: number;
  lastModifiedMs: number;
  /** SHA-256 of the first and last 64 KiB, hex. */
  edgesSha256: string;
}

export interface DonePart {
  partNumber: number;
  etag: string;
  /** Base64, as S3 writes checksums. */
  checksumSha256: string;
}

/** What survives a reload, a crash or a closed tab. */
export interface UploadRecord {
  uploadId: string;
  /** Workspace and person; another account in the same browser does not see it. */
  scope: string;
  fingerprint: FileFingerprint;
  relativePath: string;
  kind: string;
  method: "put" | "multipart";
  partSizeBytes: number;
  partCount: number;
  doneParts: DonePart[];
  startedAtMs: number;
  handle?: FileSystemFileHandle;
}

export interface DuplicateOf {
  uploadId: string;
  fileName: string;
  datasetId: string | null;
}

export interface CreatedUpload {
  id: string;
  state: string;
  method: "put" | "multipart";
  partSizeBytes: number;
  partCount: number;
  expiresInS: number;
  duplicateOf?: DuplicateOf | null | undefined;
}

export interface CreateUploadRequest {
  fileName: string;
  relativePath?: string;
  sizeBytes: number;
  kind: string;
  contentType?: string;
  /** Lower-case hex of the whole file. */
  sha256?: string;
  mapping?: unknown;
}

export interface SignedPart {
  partNumber: number;
  url: string;
  headers: Record<string, string>;
}

export interface StoredPart {
  partNumber: number;
  sizeBytes: number;
  etag: string;
}

export interface UploadStatus {
  id: string;
  state: string;
  reason?: string | null | undefined;
  duplicateOf?: DuplicateOf | null | undefined;
}

/** The six requests of the REST contract. Every one rejects with a `TransferFailure`. */
export interface UploadApi {
  create(request: CreateUploadRequest, signal: AbortSignal): Promise<CreatedUpload>;
  sign(
    uploadId: string,
    parts: { partNumber: number; checksumSha256: string }[],
    signal: AbortSignal,
  ): Promise<SignedPart[]>;
  listParts(uploadId: string, signal: AbortSignal): Promise<StoredPart[]>;
  complete(uploadId: string, parts: DonePart[], signal: AbortSignal): Promise<UploadStatus>;
  cancel(uploadId: string): Promise<void>;
  get(uploadId: string, signal: AbortSignal): Promise<UploadStatus>;
}

export interface PutOptions {
  onProgress: (sentBytes: number) => void;
  signal: AbortSignal;
}

/** Sends one piece of a file; rejects with a `TransferFailure`. `etag` is null when CORS hides the header. */
export type PutBytes = (
  url: string,
  headers: Record<string, string>,
  request: { body: ArrayBuffer } & PutOptions,
) => Promise<{ etag: string | null }>;

export interface UploadStore {
  list(): Promise<UploadRecord[]>;
  save(record: UploadRecord): Promise<void>;
  remove(uploadId: string): Promise<void>;
}

/** One owner per upload over all tabs of the browser. */
export interface UploadLocks {
  /** Runs `work` while holding the lock; resolves to null at once when another tab holds it. */
  tryHold<T>(uploadId: string, work: () => Promise<T>): Promise<T | null>;
  /** Resolves when no tab holds the lock any more. */
  whenFree(uploadId: string, signal: AbortSignal): Promise<void>;
  isHeld(uploadId: string): Promise<boolean>;
}

export interface Clock {
  nowMs(): number;
  /** Returns a function that cancels the timer. */
  after(delayMs: number, run: () => void): () => void;
}

export interface OnlineSignal {
  isOnline(): boolean;
  subscribe(listener: () => void): () => void;
}

export interface UploadPorts {
  api: UploadApi;
  put: PutBytes;
  store: UploadStore;
  locks: UploadLocks;
  clock: Clock;
  online: OnlineSignal;
  /** SHA-256 of the bytes. */
  hash: (bytes: ArrayBuffer) => Promise<ArrayBuffer>;
  /** 0 ≤ x < 1, for jitter. */
  random: () => number;
}

export type PauseReason = "person" | "offline" | "other_tab";

export type ItemState =
  "waiting" | "hashing" | "signing" | "uploading" | "completing" | "paused" | "stored" | "failed" | "cancelled";

/** One row of the queue; a new object whenever anything in it changes. */
export interface UploadItem {
  readonly key: string;
  readonly uploadId: string | null;
  readonly fileName: string;
  readonly relativePath: string;
  readonly kind: string;
  readonly sizeBytes: number;
  readonly state: ItemState;
  readonly pauseReason: PauseReason | null;
  /** Never falls while the upload stays the same one. */
  readonly sentBytes: number;
  readonly partCount: number;
  readonly partsDone: number;
  /** Smoothed; null while nothing moves. */
  readonly speedBytesPerS: number | null;
  readonly etaS: number | null;
  /** Bytes that went over the wire, repeats included. */
  readonly wireBytes: number;
  /** Bytes that had to go again. */
  readonly resentBytes: number;
  readonly failure: TransferFailure | null;
  readonly duplicateOf: DuplicateOf | null;
}

export interface UploadTotals {
  readonly activeCount: number;
  readonly waitingCount: number;
  readonly pausedCount: number;
  readonly failedCount: number;
  /** Over the files that are not ended. */
  readonly sizeBytes: number;
  readonly sentBytes: number;
  readonly speedBytesPerS: number | null;
  readonly etaS: number | null;
}

/** An upload of an earlier page life that waits for its file. */
export interface UnfinishedUpload {
  readonly uploadId: string;
  readonly fileName: string;
  readonly relativePath: string;
  readonly sizeBytes: number;
  readonly sentBytes: number;
  readonly partCount: number;
  readonly partsDone: number;
  readonly startedAtMs: number;
  /** The browser kept a handle: one click and a permission prompt are enough. */
  readonly canReopen: boolean;
}

export interface UploadsSnapshot {
  readonly items: readonly UploadItem[];
  readonly totals: UploadTotals;
  readonly unfinished: readonly UnfinishedUpload[];
  readonly isOnline: boolean;
}
