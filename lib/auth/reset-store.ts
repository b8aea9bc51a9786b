import { asSystem, systemDb } from "#lib/db/client";
import { newId, sha256Hex } from "#lib/ids";
import type { UserRecord } from "./store.ts";

export async function insertReset(reset: { userId: string; token: string; expiresAt: Date }): Promise<void> {
  const { userId, token, expiresAt } = reset;
  await systemDb().passwordReset.create({ data: { id: newId(), userId, tokenHash: sha256Hex(token), expiresAt } });
}

const open = (token: string, now: Date) => ({
  tokenHash: sha256Hex(token),
  usedAt: null,
  expiresAt: { gt: now },
  user: { disabledAt: null },
});

export async function isResetOpen(token: string, now: Date): Promise<boolean> {
  return (await systemDb().passwordReset.count({ where: open(token, now) })) === 1;
}

/**
 * Uses a token up and sets the password; every session and every other token of the person ends with it. Returns
 * whose it was, or null for a token that is unknown, used or expired.
 */
export function takeReset(
  token: string,
  change: { passwordHash: string; now: Date },
): Promise<Pick<UserRecord, "id" | "email"> | null> {
  const { passwordHash, now } = change;
  return asSystem(async (tx) => {
    // The conditional update is the lock: of two requests with one token, one finds it used.
    const taken = await tx.passwordReset.updateManyAndReturn({
      where: open(token, now),
      data: { usedAt: now },
      select: { userId: true },
    });
    const userId = taken[0]?.userId;
    if (!userId) return null;
    const user = await tx.user.update({
      where: { id: userId },
      data: { passwordHash },
      select: { id: true, email: true },
    });
    await tx.userSession.updateMany({ where: { userId, revokedAt: null }, data: { revokedAt: now } });
    await tx.passwordReset.updateMany({ where: { userId, usedAt: null }, data: { usedAt: now } });
    return user;
  });
}

/** Asks the worker for the letter. The job is added for every address, so that the answer takes the same time. */
export async function enqueueResetLetter(email: string): Promise<void> {
  const payload = JSON.stringify({ email });
  const key = `password-reset:${sha256Hex(email)}`;
  await systemDb().$executeRaw`
    select enqueue_job('send-password-reset', ${payload}::json, ${key}, now(), 10, null)`;
}
