export interface S3ErrorOptions {
  cause?: unknown;
  headers?: Record<string, string>;
}

/** A refusal in S3's own terms; `server.ts` alone turns it into an XML error document. */
export class S3Error extends Error {
  readonly status: number;
  readonly code: string;
  readonly headers: Record<string, string>;

  constructor([status, code]: readonly [number, string], message: string, options: S3ErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = "S3Error";
    this.status = status;
    this.code = code;
    this.headers = options.headers ?? {};
  }
}

export const ACCESS_DENIED = [403, "AccessDenied"] as const;
export const BAD_DIGEST = [400, "BadDigest"] as const;
export const INCOMPLETE_BODY = [400, "IncompleteBody"] as const;
export const INVALID_ARGUMENT = [400, "InvalidArgument"] as const;
export const INVALID_REQUEST = [400, "InvalidRequest"] as const;
export const MALFORMED_XML = [400, "MalformedXML"] as const;
export const NOT_IMPLEMENTED = [501, "NotImplemented"] as const;
export const PRECONDITION_FAILED = [412, "PreconditionFailed"] as const;

export function noSuchUpload(uploadId: string): S3Error {
  return new S3Error([404, "NoSuchUpload"], `There is no multipart upload ${uploadId}; it was completed or aborted.`);
}

/** Out of space, out of quota, or the file system's own limit on one file. */
const DISK_FULL = new Set(["ENOSPC", "EDQUOT", "EFBIG"]);

function systemCodeOf(error: unknown): string {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";
}

export function isMissingFile(error: unknown): boolean {
  return systemCodeOf(error) === "ENOENT";
}

export function toS3Error(error: unknown): S3Error {
  if (error instanceof S3Error) return error;
  if (DISK_FULL.has(systemCodeOf(error))) {
    const detail = "There is not enough space on the disk of the object server. Free some and try again.";
    return new S3Error([507, "InsufficientStorage"], detail, { cause: error });
  }
  return new S3Error([500, "InternalError"], "The object server met an unexpected error.", { cause: error });
}
