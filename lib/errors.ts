/** Every failure a caller can act on; `lib/http/problem` alone maps codes to HTTP. */
export const ERROR_CODES = [
  "invalid_input",
  "unauthenticated",
  "forbidden",
  "not_found",
  "conflict",
  "too_large",
  "unprocessable",
  "rate_limited",
  "unavailable",
] as const;

export type ErrorCode = (typeof ERROR_CODES)[number];

/** One wrong member of the input: `pointer` is an RFC 6901 JSON pointer such as "/params/radiusM". */
export interface FieldError {
  pointer: string;
  detail: string;
}

export interface AppErrorOptions {
  cause?: unknown;
  fields?: FieldError[];
  /** Seconds after which the same request may succeed (`rate_limited`, `unavailable`). */
  retryAfterS?: number;
}

/** An expected failure with a sentence for the user: what is wrong, where, what to do. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly fields: FieldError[];
  readonly retryAfterS: number | undefined;

  constructor(code: ErrorCode, detail: string, options: AppErrorOptions = {}) {
    super(detail, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = "AppError";
    this.code = code;
    this.fields = options.fields ?? [];
    this.retryAfterS = options.retryAfterS;
  }
}

export function isAppError(error: unknown, code?: ErrorCode): error is AppError {
  return error instanceof AppError && (code === undefined || error.code === code);
}

/** The message of anything thrown, for logs and run records. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
