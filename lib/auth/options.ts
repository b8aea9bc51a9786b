import type { NextAuthOptions } from "next-auth";
import CredentialsProvider from "next-auth/providers/credentials";
import { z } from "zod";
import { env, publicUrl } from "#lib/env";
import { isAppError } from "#lib/errors";
import { log } from "#lib/log";
import { SESSION_COOKIE } from "./session-cookie.ts";
import { authSecret } from "./secret.ts";
import { signIn, signInWithOidc, startSession } from "./service/sign-in.ts";
import { revokeSession } from "./store.ts";

export const SESSION_MAX_AGE_S = 30 * 24 * 3600;

const credentials = z.object({ email: z.string().min(1).max(320), password: z.string().min(1).max(500) });
const signedIn = z.object({ sessionId: z.uuid() });
const headerText = (headers: unknown, name: string) => {
  const value: unknown = typeof headers === "object" && headers !== null ? Reflect.get(headers, name) : undefined;
  return typeof value === "string" ? value : "";
};

/** next-auth does the protocol (CSRF, cookie, OIDC); accounts, throttling and sessions are ours. */
export function authOptions(caller: { address: string; userAgent: string }): NextAuthOptions {
  const secure = publicUrl().startsWith("https:");
  return {
    secret: authSecret(),
    session: { strategy: "jwt", maxAge: SESSION_MAX_AGE_S },
    pages: { signIn: "/sign-in", error: "/sign-in", signOut: "/sign-in" },
    useSecureCookies: secure,
    cookies: {
      sessionToken: { name: SESSION_COOKIE(), options: { httpOnly: true, sameSite: "lax", path: "/", secure } },
    },
    providers: [
      CredentialsProvider({
        credentials: { email: { type: "email" }, password: { type: "password" } },
        authorize: async (input, request) => {
          const parsed = credentials.safeParse(input);
          if (!parsed.success) return null;
          const userAgent = caller.userAgent || headerText(request.headers, "user-agent");
          try {
            return await signIn({ ...parsed.data, address: caller.address, userAgent });
          } catch (error) {
            // next-auth shows only the message; the sentence already says what to do and tells nothing else.
            if (isAppError(error)) throw new Error(error.message, { cause: error });
            log.error("sign_in.failed", { error });
            throw new Error("Signing in is not possible for the moment. Try again shortly.", { cause: error });
          }
        },
      }),
      ...oidcProviders(),
    ],
    callbacks: {
      signIn: async ({ account, profile }) => {
        if (account?.type !== "oauth") return true;
        const user = await signInWithOidc(account.provider, profile);
        return user !== null || "/sign-in?error=NoAccount";
      },
      jwt: async ({ token, user, account, profile }) => {
        // eslint-disable-next-line @typescript-eslint/no-unnecessary-condition -- next-auth's types promise a user, but only signing in has one
        if (!user) return token;
        if (account?.type !== "oauth") return { sub: user.id, sid: signedIn.parse(user).sessionId };
        const person = await signInWithOidc(account.provider, profile);
        if (!person) throw new Error("no account");
        return { sub: person.id, sid: await startSession(person.id, caller) };
      },
      redirect: ({ url }) =>
        url.startsWith("/") ? `${publicUrl()}${url}` : url.startsWith(`${publicUrl()}/`) ? url : publicUrl(),
    },
    events: {
      signOut: async ({ token }) => {
        const sid = z.uuid().safeParse(token.sid);
        if (sid.success && token.sub) await revokeSession(token.sub, sid.data, new Date());
      },
    },
  };
}

function oidcProviders(): NextAuthOptions["providers"] {
  const { OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET, OIDC_NAME } = env();
  if (!OIDC_ISSUER || !OIDC_CLIENT_ID || !OIDC_CLIENT_SECRET) return [];
  return [
    {
      id: "oidc",
      name: OIDC_NAME,
      type: "oauth",
      wellKnown: `${OIDC_ISSUER.replace(/\/$/, "")}/.well-known/openid-configuration`,
      authorization: { params: { scope: "openid email profile" } },
      idToken: true,
      checks: ["pkce", "state", "nonce"],
      clientId: OIDC_CLIENT_ID,
      clientSecret: OIDC_CLIENT_SECRET,
      profile: (profile: Record<string, unknown>) => ({ id: String(profile.sub), email: null, name: null }),
    },
  ];
}
