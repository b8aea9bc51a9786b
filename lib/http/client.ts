import { z } from "zod";

const problem = z.object({
  code: z.string().default("internal"),
  detail: z.string().default("The request failed."),
  requestId: z.string().nullish(),
  errors: z.array(z.object({ pointer: z.string(), detail: z.string() })).default([]),
});

/** What the server refused, in its own words; `code` is one of ours, or `offline` when no answer came. */
export class ProblemError extends Error {
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly errors: readonly { pointer: string; detail: string }[];
  readonly requestId: string | null;

  constructor(status: number, { code, detail, errors, requestId }: z.output<typeof problem>) {
    super(detail);
    this.name = "ProblemError";
    this.status = status;
    this.code = code;
    this.detail = detail;
    this.errors = errors;
    this.requestId = requestId ?? null;
  }

  /** The sentence about one member of the input, such as "/name". */
  fieldError(pointer: string): string | undefined {
    return this.errors.find((error) => error.pointer === pointer)?.detail;
  }
}

interface ApiRequest {
  method?: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  body?: unknown;
  signal?: AbortSignal;
}

/**
 * Asks the portal's own API from the browser. With `response` the answer is parsed by that schema, without it nothing
 * is returned. Throws `ProblemError` for every refusal and for a network that does not answer.
 */
export async function apiFetch<R extends z.ZodType>(
  path: string,
  request: ApiRequest & { response: R },
): Promise<z.output<R>>;
export async function apiFetch(path: string, request?: ApiRequest): Promise<void>;
export async function apiFetch(path: string, request: ApiRequest & { response?: z.ZodType } = {}): Promise<unknown> {
  const { method = "GET", body, signal, response } = request;
  const answer = await send(path, {
    method,
    headers: { accept: "application/json", ...(body === undefined ? {} : { "content-type": "application/json" }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(signal ? { signal } : {}),
  });
  if (!answer.ok) throw new ProblemError(answer.status, await readProblem(answer));
  return response ? response.parse(await answer.json()) : undefined;
}

async function send(path: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(path, init);
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new ProblemError(0, {
      code: "offline",
      detail: "The portal does not answer. Check the network.",
      errors: [],
    });
  }
}

/** A proxy in between may answer in HTML; then the status is all there is to say. */
async function readProblem(answer: Response): Promise<z.output<typeof problem>> {
  const parsed = problem.safeParse(await answer.json().catch(() => null));
  if (parsed.success) return parsed.data;
  return { code: "internal", detail: `The request failed with status ${answer.status}.`, errors: [] };
}
