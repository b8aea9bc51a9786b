import { env } from "#lib/env";

/** The caller's address. X-Forwarded-For counts only behind a proxy we were told to trust. */
export function clientAddress(request: Request): string {
  if (env().FIELDPORT_TRUST_PROXY) {
    const forwarded = request.headers.get("x-forwarded-for")?.split(",").at(-1)?.trim();
    if (forwarded) return forwarded;
  }
  return request.headers.get("x-real-ip") ?? "local";
}
