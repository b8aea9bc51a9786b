import { actorId, type Ctx } from "#lib/auth/context";
import { AppError } from "#lib/errors";
import { canonicalJson, sha256Hex } from "#lib/ids";
import { claimIdempotencyKey, completeIdempotencyKey, releaseIdempotencyKey } from "./store.ts";

const MAX_STORED_BODY_BYTES = 256 * 1024;

interface Attempt {
  ctx: Ctx;
  key: string;
  request: Request;
  input: unknown;
  /** The answer is shown once and never stored. */
  isSecret: boolean;
}

/**
 * Runs a write once per Idempotency-Key: a repeat gets the first answer, a repeat with another body is refused,
 * and a failed attempt frees the key so that the caller may try again.
 */
export async function withIdempotency(attempt: Attempt, run: () => Promise<Response>): Promise<Response> {
  const { ctx, key, request } = attempt;
  if (key.length > 200) throw new AppError("invalid_input", "Idempotency-Key is longer than 200 characters.");
  const owner = { workspaceId: ctx.workspaceId, actorId: actorId(ctx.actor) ?? "system", key };
  const path = new URL(request.url).pathname;
  const requestHash = sha256Hex(canonicalJson([request.method, path, attempt.input ?? null]));
  const earlier = await claimIdempotencyKey(ctx, { ...owner, requestHash });
  if (earlier) {
    if (earlier.requestHash !== requestHash) {
      throw new AppError("unprocessable", "This Idempotency-Key was used for a different request. Use a new key.");
    }
    if (earlier.status === null) {
      throw new AppError("conflict", "The first request with this Idempotency-Key is still running.", {
        retryAfterS: 1,
      });
    }
    if (attempt.isSecret) {
      throw new AppError(
        "conflict",
        "This request was carried out before. Its secret was shown then and is not stored.",
      );
    }
    return new Response(earlier.body === null ? null : JSON.stringify(earlier.body), {
      status: earlier.status,
      headers: { "content-type": "application/json", "idempotent-replay": "true" },
    });
  }
  try {
    const response = await run();
    if (attempt.isSecret && response.ok) {
      await completeIdempotencyKey(ctx, { ...owner, status: response.status, body: null });
      return response;
    }
    const text = await response.clone().text();
    if (response.ok && text.length <= MAX_STORED_BODY_BYTES) {
      const body: unknown = text === "" ? null : JSON.parse(text);
      await completeIdempotencyKey(ctx, { ...owner, status: response.status, body });
    } else await releaseIdempotencyKey(ctx, owner);
    return response;
  } catch (error) {
    await releaseIdempotencyKey(ctx, owner);
    throw error;
  }
}
