export interface TransferFailureInit {
  /** HTTP status; 0 when no answer came (network, CORS, stalled). */
  status: number;
  /** Problem code of the API or error code of the storage, e.g. "too_large", "RequestTimeout". */
  code: string;
  /** A sentence for the person. */
  detail: string;
  requestId?: string | null;
  retryAfterMs?: number | null;
}

/** A request that did not succeed, from the API or from object storage. */
export class TransferFailure extends Error {
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly requestId: string | null;
  readonly retryAfterMs: number | null;

  constructor(init: TransferFailureInit) {
    super(init.detail);
    this.name = "TransferFailure";
    this.status = init.status;
    this.code = init.code;
    this.detail = init.detail;
    this.requestId = init.requestId ?? null;
    this.retryAfterMs = init.retryAfterMs ?? null;
  }
}

export function networkFailure(detail = "The connection was lost."): TransferFailure {
  return new TransferFailure({ status: 0, code: "network", detail });
}

/** Reading fails when the file was changed, moved or unmounted after it was chosen. */
export function unreadableFailure(fileName: string): TransferFailure {
  return new TransferFailure({
    status: -1,
    code: "unreadable",
    detail: `${fileName} changed or moved while it was being sent. Choose it again.`,
  });
}

export type FailureKind = "network" | "busy" | "expired" | "damaged" | "gone" | "present" | "permanent";

const BUSY = new Set([408, 425, 429, 500, 502, 503, 504]);
/** S3 answers these with 400 although the same part may pass next time. */
const DAMAGED_CODES = new Set([
  "BadDigest",
  "XAmzContentChecksumMismatch",
  "XAmzContentSHA256Mismatch",
  "InvalidDigest",
  "IncompleteBody",
  "RequestTimeout",
]);

/** What to do about a failed PUT to object storage. */
export function classifyStorageFailure(failure: TransferFailure): FailureKind {
  if (failure.status === 0) return "network";
  if (BUSY.has(failure.status)) return "busy";
  if (failure.status === 403 || failure.status === 401) return "expired";
  if (failure.status === 404) return "gone";
  // Keys are written once (If-None-Match): the object is there because an earlier answer was lost.
  if (failure.status === 412) return "present";
  return failure.status === 400 && DAMAGED_CODES.has(failure.code) ? "damaged" : "permanent";
}

/** What to do about a failed API request: only lost or refused-for-now requests are tried again. */
export function classifyApiFailure(failure: TransferFailure): "network" | "busy" | "permanent" {
  if (failure.status === 0) return "network";
  return BUSY.has(failure.status) ? "busy" : "permanent";
}

/** Any thrown value as a failure with a sentence. */
export function toFailure(error: unknown): TransferFailure {
  if (error instanceof TransferFailure) return error;
  const detail = error instanceof Error ? error.message : String(error);
  return new TransferFailure({ status: -1, code: "internal", detail: `The upload stopped: ${detail}` });
}
