/** What a cache may do with an answer that only some may see: keep it for its reader, and ask again before each use. */
const ASK_AGAIN = "private, no-cache";

/**
 * Marks an answer with what its content is known by; a reader that has it already gets 304 and no body. `policy` for
 * what never changes is longer than to ask again each time.
 */
export function cacheable(
  request: Request,
  answer: Response,
  { tag, policy = ASK_AGAIN }: { tag: string; policy?: string },
) {
  const etag = `"${tag}"`;
  const headers = new Headers({ etag, "cache-control": policy, vary: "Cookie, Authorization" });
  if (knows(request, etag)) return new Response(null, { status: 304, headers });
  for (const [name, value] of headers) answer.headers.set(name, value);
  return answer;
}

function knows(request: Request, etag: string): boolean {
  const given = request.headers.get("if-none-match") ?? "";
  return given.split(",").some((one) => one.trim().replace(/^W\//, "") === etag || one.trim() === "*");
}
