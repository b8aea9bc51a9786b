import { z } from "zod";
import { AppError } from "#lib/errors";
import { log } from "#lib/log";
import { isPasswordRight } from "../password.ts";
import { findUserByEmail, findUserByOidc, insertSession, type UserRecord } from "../store.ts";
import { clearSignInFailures, recordSignInFailure, requireSignInAllowed, throttleKeys } from "../throttle.ts";

const SESSION_MAX_AGE_MS = 30 * 24 * 3600 * 1000;

export interface SignInAttempt {
  email: string;
  password: string;
  address: string;
  userAgent: string;
}

/** One sentence for a wrong name and a wrong password alike: it does not tell which accounts exist. */
export async function signIn(attempt: SignInAttempt): Promise<{ id: string; sessionId: string }> {
  const keys = throttleKeys(attempt.email, attempt.address);
  await requireSignInAllowed(keys);
  const user = await findUserByEmail(attempt.email);
  if (!(await isPasswordRight(attempt.password, user?.passwordHash ?? null)) || !user) {
    await recordSignInFailure(keys);
    log.info("sign_in.refused");
    throw new AppError("unauthenticated", "E-mail or password is wrong.");
  }
  await clearSignInFailures(keys.account);
  return { id: user.id, sessionId: await startSession(user.id, attempt) };
}

export function startSession(userId: string, caller: { address: string; userAgent: string }): Promise<string> {
  const expiresAt = new Date(Date.now() + SESSION_MAX_AGE_MS);
  return insertSession({ userId, address: caller.address, userAgent: caller.userAgent.slice(0, 300), expiresAt });
}

const oidcProfile = z.object({ sub: z.string().min(1), email: z.email().optional(), email_verified: z.boolean().optional() });

export async function signInWithOidc(provider: string, profile: unknown): Promise<UserRecord | null> {
  const parsed = oidcProfile.safeParse(profile);
  if (!parsed.success) return null;
  const { sub, email, email_verified: isEmailVerified = false } = parsed.data;
  return findUserByOidc({ provider, subject: sub, email: email ?? null, isEmailVerified });
}
