import { z } from "zod";

const problem = z.object({
  detail: z.string().optional(),
  title: z.string().optional(),
  requestId: z.string().optional(),
});

/** A request that did not succeed, with the sentence of the server. */
export class RequestError extends Error {
  readonly status: number;
  readonly requestId: string | undefined;

  constructor(message: string, { status, requestId }: { status: number; requestId?: string | undefined }) {
    super(message);
    this.name = "RequestError";
    this.status = status;
    this.requestId = requestId;
  }
}

export async function requestJson<S extends z.ZodType>(
  url: string,
  schema: S,
  init?: RequestInit,
): Promise<z.output<S>> {
  let response: Response;
  try {
    response = await fetch(url, init);
  } catch {
    throw new RequestError("The portal does not answer. Check the connection.", { status: 0 });
  }
  if (response.ok) return schema.parse(await response.json());
  const known = problem.safeParse(await response.json().catch(() => null)).data;
  const message = known?.detail ?? known?.title ?? `The request failed with status ${response.status}.`;
  throw new RequestError(message, { status: response.status, requestId: known?.requestId });
}

export function postJson<S extends z.ZodType>(url: string, body: unknown, schema: S): Promise<z.output<S>> {
  return requestJson(url, schema, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
}
