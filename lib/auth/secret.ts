import { env } from "#lib/env";

/** The secret that signs sessions. Production refuses to start without one; `npm start` makes one by itself. */
export function authSecret(): string {
  const secret = env().FIELDPORT_SECRET;
  if (secret) return secret;
  throw new Error("FIELDPORT_SECRET is not set. Set it to 32 random bytes, for example from: openssl rand -hex 32");
}
