import { env } from "#lib/env";

/** What the sign-in pages show besides the form. */
export function getSignInOptions(): { oidc: { name: string } | null; isMailOn: boolean } {
  const { OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET, OIDC_NAME, SMTP_URL } = env();
  const isOidcOn = OIDC_ISSUER !== undefined && OIDC_CLIENT_ID !== undefined && OIDC_CLIENT_SECRET !== undefined;
  return { oidc: isOidcOn ? { name: OIDC_NAME } : null, isMailOn: SMTP_URL !== undefined };
}
