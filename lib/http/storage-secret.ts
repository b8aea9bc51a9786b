import { timingSafeEqual } from "node:crypto";
import { env } from "#lib/env";
import { AppError } from "#lib/errors";
import { sha256Hex } from "#lib/ids";

/** Object storage proves itself with the shared secret; without a configured secret nobody can. */
export function requireStorageSecret(request: Request): void {
  const expected = env().FIELDPORT_EVENT_SECRET;
  const given = request.headers.get("authorization")?.replace(/^Bearer /, "");
  if (expected && given && equal(expected, given)) return;
  throw new AppError("unauthenticated", "Storage events need the shared secret as a bearer token.");
}

function equal(a: string, b: string): boolean {
  return timingSafeEqual(Buffer.from(sha256Hex(a)), Buffer.from(sha256Hex(b)));
}
