import { AppError, type ErrorCode, type FieldError } from "#lib/errors";

const STATUS: Record<ErrorCode, { status: number; title: string }> = {
  invalid_input: { status: 400, title: "The request is not valid" },
  unauthenticated: { status: 401, title: "Sign in or send an API key" },
  forbidden: { status: 403, title: "Not allowed" },
  not_found: { status: 404, title: "Not found" },
  conflict: { status: 409, title: "Conflict" },
  too_large: { status: 413, title: "Too large" },
  unprocessable: { status: 422, title: "Not possible in the present state" },
  rate_limited: { status: 429, title: "Too many requests" },
  unavailable: { status: 503, title: "Unavailable for the moment" },
};

/** RFC 9457 problem details plus our code, request id and field errors. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
  instance: string;
  code: string;
  requestId: string;
  errors: FieldError[];
}

export function toProblem(error: unknown, where: { instance: string; requestId: string }): Problem {
  if (error instanceof AppError) {
    const { status, title } = STATUS[error.code];
    return {
      type: `/problems/${error.code}`,
      title,
      status,
      detail: error.message,
      code: error.code,
      errors: error.fields,
      ...where,
    };
  }
  return {
    type: "/problems/internal",
    title: "Something failed on our side",
    status: 500,
    detail: `The request failed. Nothing you sent is lost. Give this id to your administrator: ${where.requestId}`,
    code: "internal",
    errors: [],
    ...where,
  };
}

export function problemResponse(problem: Problem, retryAfterS?: number): Response {
  const headers: Record<string, string> = {
    "content-type": "application/problem+json",
    "cache-control": "no-store",
    "x-request-id": problem.requestId,
  };
  if (retryAfterS !== undefined) headers["retry-after"] = String(Math.ceil(retryAfterS));
  if (problem.status === 401) headers["www-authenticate"] = 'Bearer realm="fieldport"';
  return Response.json(problem, { status: problem.status, headers });
}
