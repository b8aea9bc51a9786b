import { decode } from "next-auth/jwt";
import { z } from "zod";
import { publicUrl } from "#lib/env";
import { authSecret } from "./secret.ts";

const token = z.object({ sid: z.uuid() });

/** Secure cookies carry a prefix that browsers refuse to take over plain HTTP. */
export const SESSION_COOKIE = () => `${publicUrl().startsWith("https:") ? "__Secure-" : ""}fieldport.session`;

/** The session id inside a signed and encrypted session cookie; null for anything else. */
export async function readSessionId(cookieHeader: string): Promise<string | null> {
  const name = SESSION_COOKIE();
  const pair = cookieHeader
    .split(";")
    .map((part) => part.trim())
    .find((part) => part.startsWith(`${name}=`));
  if (!pair) return null;
  try {
    const decoded = await decode({ token: decodeURIComponent(pair.slice(name.length + 1)), secret: authSecret() });
    const parsed = token.safeParse(decoded);
    return parsed.success ? parsed.data.sid : null;
  } catch {
    return null;
  }
}
