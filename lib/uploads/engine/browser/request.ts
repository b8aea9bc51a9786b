import { z } from "zod";
import { networkFailure, TransferFailure } from "#lib/uploads/engine/failure";

const problem = z.object({
  code: z.string().default("unknown"),
  detail: z.string().default("The server refused the request."),
  requestId: z.string().nullish(),
});

export interface JsonRequest<T extends z.ZodType> {
  method: "GET" | "POST";
  path: string;
  body?: unknown;
  response: T;
  signal?: AbortSignal;
  /** The request survives the closing of the page. */
  keepalive?: boolean;
}

/** Same-origin JSON request; rejects with a `TransferFailure` that carries the server's own sentence. */
export async function requestJson<T extends z.ZodType>(request: JsonRequest<T>): Promise<z.output<T>> {
  const { method, path, body, response, signal, keepalive } = request;
  let answer: Response;
  try {
    answer = await fetch(path, {
      method,
      headers: { accept: "application/json", ...(body === undefined ? {} : { "content-type": "application/json" }) },
      body: body === undefined ? null : JSON.stringify(body),
      signal: signal ?? null,
      keepalive: keepalive ?? false,
      cache: "no-store",
    });
  } catch (error) {
    signal?.throwIfAborted();
    throw networkFailure(error instanceof Error ? error.message : undefined);
  }
  const text = await answer.text().catch(() => {
    signal?.throwIfAborted();
    throw networkFailure();
  });
  if (!answer.ok) throw failureOf(answer, text);
  const parsed = response.safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  throw new TransferFailure({
    status: 502,
    code: "unreadable_answer",
    detail: "The server's answer could not be read. Load the page again; it may have been updated.",
  });
}

function failureOf(answer: Response, text: string): TransferFailure {
  const read = problem.safeParse(parseJson(text));
  const { code, detail, requestId } = read.success
    ? read.data
    : { code: "unknown", detail: `The server answered ${answer.status}.`, requestId: null };
  return new TransferFailure({
    status: answer.status,
    code,
    detail: answer.status === 401 ? "You are signed out. Sign in again, then retry." : detail,
    requestId: requestId ?? answer.headers.get("x-request-id"),
    retryAfterMs: parseRetryAfter(answer.headers.get("retry-after")),
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Seconds or an HTTP date, as milliseconds from now; null when absent or unreadable. */
export function parseRetryAfter(header: string | null, nowMs = Date.now()): number | null {
  if (header === null || header.trim() === "") return null;
  const seconds = Number(header);
  if (Number.isFinite(seconds)) return Math.max(0, seconds * 1000);
  const atMs = Date.parse(header);
  return Number.isNaN(atMs) ? null : Math.max(0, atMs - nowMs);
}
