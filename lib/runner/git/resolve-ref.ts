import { AppError } from "#lib/errors";
import { openSession } from "#lib/outbound/session";
import { authorizationFor } from "./authorization.ts";
import { parseAdvertisedRefs } from "./advertised-refs.ts";

const COMMIT = /^[0-9a-f]{40}([0-9a-f]{24})?$/;

/** The commit that a branch or tag stands for now. Asks the repository itself; the token goes into a header only. */
export async function resolveGitRef({ url, ref }: { url: string; ref: string }, token: string | null): Promise<string> {
  if (COMMIT.test(ref)) return ref;
  const session = openSession({
    name: "The repository",
    requestsPerSecond: 5,
    headers: { accept: "*/*", ...(token ? { authorization: authorizationFor(token) } : {}) },
    timeoutMs: 15_000,
    attemptsMax: 2,
    waitMsMax: 2_000,
    bytesMax: 16 * 2 ** 20,
  });
  const address = `${url.replace(/\/$/, "")}/info/refs?service=git-upload-pack`;
  const refs = await session.get(address, parseAdvertisedRefs).catch(explain);
  const found = [`refs/heads/${ref}`, `refs/tags/${ref}^{}`, `refs/tags/${ref}`, ref].find((name) => refs.has(name));
  if (found) return refs.get(found) ?? "";
  const some = [...refs.keys()]
    .filter((name) => name.startsWith("refs/heads/"))
    .map((name) => name.slice("refs/heads/".length))
    .slice(0, 5);
  const have = some.length > 0 ? ` It has ${some.join(", ")}.` : "";
  throw new AppError("invalid_input", `The repository has no branch or tag "${ref}".${have}`, {
    fields: [{ pointer: "/source/ref", detail: "no such branch or tag" }],
  });
}

/** The general words speak of a pipeline's settings; here it is the address or the token. */
function explain(error: unknown): never {
  if (error instanceof AppError && error.code === "unprocessable" && /\(40[13]\)|40[14]/.test(error.message)) {
    throw new AppError(
      "unprocessable",
      "The repository does not let us in, or is not there. Check the address, or give a deploy token that may read it.",
      { cause: error, fields: [{ pointer: "/source/url", detail: "not readable" }] },
    );
  }
  throw error;
}
