import type { z } from "zod";
import { recordAudit } from "#lib/audit/record";
import type { Ctx } from "#lib/auth/context";
import { requirePermission } from "#lib/auth/context";
import { identify, identifySession } from "#lib/auth/identify";
import type { Permission } from "#lib/auth/permissions";
import { env, publicUrl } from "#lib/env";
import { AppError } from "#lib/errors";
import { newId, sha256Hex } from "#lib/ids";
import { log, withLogFields } from "#lib/log";
import { cacheable } from "./cacheable.ts";
import { clientAddress } from "./client-address.ts";
import { withIdempotency } from "./idempotency.ts";
import { problemResponse, toProblem } from "./problem.ts";
import { readBody, readParams, readQuery } from "./read-input.ts";
import { requireStorageSecret } from "./storage-secret.ts";
import type { Access, ContextFor, RouteCall, RouteHandler, RouteSpec, SegmentArgument } from "./route-spec.ts";

type Out<T> = T extends z.ZodType ? z.output<T> : undefined;
type Result<R> = R extends z.ZodType ? z.input<R> | Response : unknown;

const WRITES = new Set(["POST", "PUT", "PATCH", "DELETE"]);

/**
 * The one way to serve a request. In order: request id → identify → authorise → validate → call → respond →
 * audit and one log line. Authorisation precedes validation so that a stranger learns nothing about inputs.
 */
export function route<
  const A extends Access,
  P extends z.ZodType | undefined = undefined,
  Q extends z.ZodType | undefined = undefined,
  B extends z.ZodType | undefined = undefined,
  R extends z.ZodType | undefined = undefined,
>(
  spec: Omit<RouteSpec, "params" | "query" | "body" | "response" | "access"> & {
    access: A;
    params?: P;
    query?: Q;
    body?: B;
    response?: R;
  },
  handle: (call: RouteCall<ContextFor<A>, Out<P>, Out<Q>, Out<B>>) => Promise<Result<R>> | Result<R>,
): RouteHandler {
  const erased = spec as RouteSpec;
  const call = handle as (call: RouteCall<unknown, unknown, unknown, unknown>) => unknown;
  const handler = (request: Request, segment: SegmentArgument) => serve(erased, call, request, segment);
  return Object.assign(handler, { spec: erased });
}

type ErasedHandle = (call: RouteCall<unknown, unknown, unknown, unknown>) => unknown;

async function serve(spec: RouteSpec, handle: ErasedHandle, request: Request, segment: SegmentArgument) {
  const requestId = newId();
  const startedAt = performance.now();
  const path = new URL(request.url).pathname;
  return withLogFields({ requestId }, async () => {
    let status = 500;
    try {
      const response = await answer(spec, handle, { request, segment, requestId });
      status = response.status;
      if (!response.headers.has("x-request-id")) response.headers.set("x-request-id", requestId);
      return response;
    } catch (error) {
      const problem = toProblem(error, { instance: path, requestId });
      status = problem.status;
      if (status >= 500 && !(error instanceof AppError)) log.error("http.failed", { path, error });
      return problemResponse(problem, error instanceof AppError ? error.retryAfterS : undefined);
    } finally {
      const durationMs = Math.round(performance.now() - startedAt);
      log.debug("http.request", { method: request.method, path, status, durationMs });
    }
  });
}

interface Arrival {
  request: Request;
  segment: SegmentArgument;
  requestId: string;
}

async function answer(spec: RouteSpec, handle: ErasedHandle, arrival: Arrival): Promise<Response> {
  const { request } = arrival;
  const ctx = await authorise(spec.access, arrival);
  const input = {
    params: await readParams(spec.params, arrival.segment),
    query: readQuery(spec.query, request),
    body: await readBody(spec, request),
  };
  const run = async () => respond(spec, await handle({ ctx, input, request }), request);
  const scoped = isCtx(ctx) ? ctx : null;
  const key = request.headers.get("idempotency-key");
  const response =
    key && scoped && !spec.keepsOwnKeys && WRITES.has(request.method)
      ? await withIdempotency(
          { ctx: scoped, key, request, input: input.body, isSecret: spec.secretAnswer ?? false },
          run,
        )
      : await run();
  if (scoped && spec.audit && response.ok) {
    await recordAudit(scoped, { action: spec.audit, target: new URL(request.url).pathname });
  }
  return response;
}

async function authorise(access: Access, { request, requestId }: Arrival): Promise<unknown> {
  const caller = { requestId, address: clientAddress(request), now: new Date() };
  if (access === "public") return caller;
  if (access === "storage") {
    requireStorageSecret(request);
    return caller;
  }
  if (access === "session") {
    const session = await identifySession(request, caller);
    refuseCrossSite(request);
    return session;
  }
  const ctx = await identify(request, caller);
  if (ctx.actor.kind === "user") refuseCrossSite(request);
  requirePermission(ctx, access satisfies Permission);
  return ctx;
}

/** A cookie is sent by the browser whoever wrote the page; writes must come from our own pages. */
function refuseCrossSite(request: Request): void {
  if (!WRITES.has(request.method)) return;
  const site = request.headers.get("sec-fetch-site");
  const origin = request.headers.get("origin");
  const own = new Set([new URL(publicUrl()).origin, new URL(request.url).origin]);
  const host = request.headers.get("host");
  if (host) own.add(`${new URL(publicUrl()).protocol}//${host}`);
  if (site !== null && site !== "same-origin" && site !== "none") {
    throw new AppError("forbidden", "Writes from another site are refused.");
  }
  if (origin !== null && !own.has(origin)) throw new AppError("forbidden", "Writes from another site are refused.");
  if (origin === null && site === null) {
    throw new AppError("forbidden", "A write with a session cookie needs an Origin header.");
  }
}

function isCtx(value: unknown): value is Ctx {
  return typeof value === "object" && value !== null && "permissions" in value;
}

function respond(spec: RouteSpec, value: unknown, request: Request): Response {
  if (value instanceof Response) return value;
  if (value === undefined) return new Response(null, { status: spec.status ?? 204 });
  if (!spec.response) throw new Error(`${spec.summary}: a route that returns a value declares its response schema`);
  const outcome = spec.response.safeParse(value);
  if (!outcome.success) {
    // Strict in tests, so that documentation and answers never differ; a live user still gets the answer.
    if (env().NODE_ENV === "test") throw outcome.error;
    log.error("http.response_mismatch", { summary: spec.summary, issues: outcome.error.issues.slice(0, 5) });
  }
  const body = JSON.stringify(outcome.success ? outcome.data : value, (_key, inner: unknown) =>
    typeof inner === "bigint" ? Number(inner) : inner,
  );
  const answer = new Response(body, {
    status: spec.status ?? 200,
    headers: { "content-type": "application/json", "cache-control": "no-store" },
  });
  return spec.isRevalidated ? cacheable(request, answer, { tag: sha256Hex(body) }) : answer;
}
