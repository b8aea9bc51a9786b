import Provider from "oidc-provider";
import { endWithParent } from "./end-with-parent.ts";
import { ADMIN, BASE_URL, OIDC } from "./portal.ts";

endWithParent();

// A real OpenID Connect provider on loopback. Its own sign-in form takes any name; the name is the account's e-mail.
const provider = new Provider(OIDC.issuer, {
  clients: [
    {
      client_id: OIDC.clientId,
      client_secret: OIDC.clientSecret,
      redirect_uris: [`${BASE_URL}/api/auth/callback/oidc`],
      grant_types: ["authorization_code"],
      response_types: ["code"],
    },
  ],
  claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name"] },
  // next-auth reads the ID token, so the claims have to stand in it.
  conformIdTokenClaims: false,
  findAccount: (_ctx, id) => ({
    accountId: id,
    claims: () => ({ sub: id, email: id, email_verified: id === ADMIN.email, name: id }),
  }),
  cookies: { keys: ["journeys-only"] },
  features: { devInteractions: { enabled: true } },
});
provider.listen(Number(new URL(OIDC.issuer).port), "127.0.0.1");
