import { signInOptions } from "#lib/auth/schema";
import { getSignInOptions } from "#lib/auth/service/sign-in-options";
import { route } from "#lib/http/route";

export const GET = route(
  { access: "public", tag: "Sign in", summary: "Which ways to sign in there are", response: signInOptions },
  () => getSignInOptions(),
);
