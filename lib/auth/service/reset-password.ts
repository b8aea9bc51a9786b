import { env, publicUrl } from "#lib/env";
import { AppError } from "#lib/errors";
import { newToken } from "#lib/ids";
import { log } from "#lib/log";
import { sendMail } from "#lib/notifications/mail";
import { hashPassword } from "../password.ts";
import { enqueueResetLetter, insertReset, isResetOpen, takeReset } from "../reset-store.ts";
import { findUserByEmail } from "../store.ts";
import { forgiveAttempts, takeAttempt } from "../throttle.ts";

const LETTER_VALID_MS = 3600 * 1000;
const LINK_VALID_MS = 24 * 3600 * 1000;

/** Answers the same, after the same work, whether or not the account exists: looking it up is left to the worker. */
export async function requestPasswordReset(request: { email: string; address: string }): Promise<void> {
  await takeAttempt("password-reset", request);
  if (!env().SMTP_URL) {
    log.warn("password_reset.mail_is_off", {
      remedy: "set SMTP_URL, or let an owner create a reset link under Members",
    });
    return;
  }
  await enqueueResetLetter(request.email);
}

/** The worker's part: a letter to a person who exists, nothing for anybody else. */
export async function sendResetLetter(email: string, now: Date): Promise<void> {
  const user = await findUserByEmail(email);
  if (!user) return;
  const { url } = await createResetLink(user.id, new Date(now.getTime() + LETTER_VALID_MS));
  const text = `Hello ${user.name},\n\nset a new password for Fieldport here:\n\n${url}\n\nThe link works once and for one hour. If you did not ask for it, nothing changes.\n`;
  await sendMail({ to: user.email, subject: "Set a new password for Fieldport", text });
}

export async function createResetLink(userId: string, expiresAt: Date): Promise<{ url: string; expiresAt: Date }> {
  const token = newToken();
  await insertReset({ userId, token, expiresAt });
  return { url: `${publicUrl()}/reset/${token}`, expiresAt };
}

export function resetLinkExpiry(now: Date): Date {
  return new Date(now.getTime() + LINK_VALID_MS);
}

/** Sets the password of the token's person and ends all her sessions. */
export async function resetPassword(input: {
  token: string;
  password: string;
  address: string;
  now: Date;
}): Promise<{ email: string }> {
  const { token, password, now } = input;
  const isOpen = await isResetOpen(token, now);
  const user = isOpen ? await takeReset(token, { passwordHash: await hashPassword(password), now }) : null;
  if (!user) throw new AppError("not_found", "This link is used up or has expired. Ask for a new one.");
  await forgiveAttempts("sign-in", { email: user.email, address: input.address });
  log.info("password_reset.done", { userId: user.id });
  return { email: user.email };
}
