import { z } from "zod";
import { AppError } from "#lib/errors";
import { log } from "#lib/log";
import { isPasswordRight } from "../password.ts";
import { findLiveSession, findUserByEmail, findUserByOidc, insertSession, type UserRecord } from "../store.ts";
import { forgiveAttempts, takeAttempt } from "../throttle.ts";
import { recordPersonAudit } from "./record-person-audit.ts";

const SESSION_MAX_AGE_MS = 30 * 24 * 3600 * 1000;

export interface SignInAttempt {
  email: string;
  password: string;
  address: string;
  userAgent: string;
}

/** One sentence for a wrong name and a wrong password alike: it does not tell which accounts exist. */
export async function signIn(attempt: SignInAttempt): Promise<{ id: string; sessionId: string }> {
  const user = await requireRightPassword(attempt);
  return { id: user.id, sessionId: await startSession(user.id, attempt) };
}

/** The person whose password this is, throttled like a sign-in. */
export async function requireRightPassword(
  attempt: Pick<SignInAttempt, "email" | "password" | "address">,
): Promise<UserRecord> {
  await takeAttempt("sign-in", attempt);
  const user = await findUserByEmail(attempt.email);
  if (!(await isPasswordRight(attempt.password, user?.passwordHash ?? null)) || !user) {
    log.info("sign_in.refused");
    throw new AppError("unauthenticated", "E-mail or password is wrong.");
  }
  await forgiveAttempts("sign-in", attempt);
  return user;
}

export async function startSession(userId: string, caller: { address: string; userAgent: string }): Promise<string> {
  const expiresAt = new Date(Date.now() + SESSION_MAX_AGE_MS);
  const { address, userAgent } = caller;
  const sessionId = await insertSession({ userId, address, userAgent: userAgent.slice(0, 300), expiresAt });
  const session = await findLiveSession(sessionId);
  if (session) await recordPersonAudit(session, { action: "session.started", address });
  return sessionId;
}

const oidcProfile = z.object({
  sub: z.string().min(1),
  email: z.email().optional(),
  email_verified: z.boolean().optional(),
});

export async function signInWithOidc(provider: string, profile: unknown): Promise<UserRecord | null> {
  const parsed = oidcProfile.safeParse(profile);
  if (!parsed.success) return null;
  const { sub, email, email_verified: isEmailVerified = false } = parsed.data;
  return findUserByOidc({ provider, subject: sub, email: email ?? null, isEmailVerified });
}
