import { z } from "zod";
import { ProblemError } from "#lib/http/client";

const csrfAnswer = z.object({ csrfToken: z.string() });
const signInAnswer = z.object({ url: z.string() });

/** next-auth's proof that the form is ours. */
async function fetchCsrfToken(): Promise<string> {
  const answer = await ask("/api/auth/csrf");
  return csrfAnswer.parse(await answer.json()).csrfToken;
}

async function ask(path: string, body?: Record<string, string>): Promise<Response> {
  try {
    return await fetch(path, body ? { method: "POST", body: new URLSearchParams(body) } : {});
  } catch {
    throw new ProblemError(0, {
      code: "offline",
      detail: "The portal does not answer. Check the network.",
      errors: [],
    });
  }
}

/** Opens a session with a password. Throws `ProblemError` with the sentence of the refusal. */
export async function signInWithPassword(email: string, password: string): Promise<void> {
  const csrfToken = await fetchCsrfToken();
  const answer = await ask("/api/auth/callback/credentials", {
    csrfToken,
    email,
    password,
    json: "true",
    callbackUrl: "/",
  });
  const parsed = signInAnswer.safeParse(await answer.json().catch(() => null));
  if (!parsed.success) throw refusal("Signing in is not possible for the moment. Try again shortly.");
  const reason = new URL(parsed.data.url, window.location.origin).searchParams.get("error");
  if (reason !== null) throw refusal(reason === "CredentialsSignin" ? "E-mail or password is wrong." : reason);
  if (!answer.ok) throw refusal("Signing in is not possible for the moment. Try again shortly.");
}

/** Leaves for the identity provider and comes back to `next`. */
export async function startOidcSignIn(next: string): Promise<void> {
  const csrfToken = await fetchCsrfToken();
  const answer = await ask("/api/auth/signin/oidc", { csrfToken, callbackUrl: next, json: "true" });
  window.location.assign(signInAnswer.parse(await answer.json()).url);
}

/** Opens a page by loading the portal anew, so that nothing of another session or workspace stays on the screen. */
export function openAnew(path: string): void {
  window.location.assign(path);
}

export async function signOut(): Promise<void> {
  const csrfToken = await fetchCsrfToken();
  await ask("/api/auth/signout", { csrfToken, json: "true", callbackUrl: "/sign-in" });
}

function refusal(detail: string): ProblemError {
  return new ProblemError(401, { code: "unauthenticated", detail, errors: [] });
}
