import { isAppError } from "#lib/errors";

/** Network errors, PostgreSQL's connection, shutdown and conflict classes, and Prisma's names for the same. */
const CODES = new Set([
  ...["ECONNREFUSED", "ECONNRESET", "ECONNABORTED", "EPIPE", "ETIMEDOUT", "EHOSTUNREACH", "ENETUNREACH", "EAI_AGAIN"],
  ...["08000", "08001", "08003", "08004", "08006", "53300", "57P01", "57P02", "57P03", "40001", "40P01"],
  ...["P1001", "P1002", "P1008", "P1017", "P2024", "P2034"],
]);
/** Errors of the drivers that carry no code. */
const MESSAGES =
  /Connection terminated|timeout exceeded when trying to connect|connection error and is not queryable|socket hang up|Can't reach database server|Server has closed the connection|Code: `(08\d{3}|57P0[123])`/;
const CAUSES_MAX = 8;

/**
 * Whether a failure says nothing about the work itself: the database or the object storage was away for a moment. The
 * same work may succeed a little later.
 */
export function isTemporaryFailure(error: unknown): boolean {
  const waiting: unknown[] = [error];
  for (let looked = 0; waiting.length > 0 && looked < CAUSES_MAX; looked++) {
    const current = waiting.shift();
    if (!(current instanceof Error)) continue;
    // A failure with a sentence for people was judged where it was written; what caused it still counts.
    if (isAppError(current)) {
      waiting.push(current.cause);
      continue;
    }
    if (("code" in current && CODES.has(String(current.code))) || MESSAGES.test(current.message)) return true;
    if (isServerError(current)) return true;
    waiting.push(current.cause);
    if (current instanceof AggregateError) waiting.push(...(current.errors as unknown[]));
  }
  return false;
}

/** The S3 client names the status of an answer that was not a success, and its own time limits. */
function isServerError(error: Error): boolean {
  if (error.name === "TimeoutError" && "$metadata" in error) return true;
  if (!("$metadata" in error) || typeof error.$metadata !== "object" || error.$metadata === null) return false;
  const status = "httpStatusCode" in error.$metadata ? Number(error.$metadata.httpStatusCode) : 0;
  return status >= 500 && status !== 501;
}
