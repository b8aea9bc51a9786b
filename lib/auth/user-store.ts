import { asSystem, systemDb } from "#lib/db/client";

export async function findPasswordHash(userId: string): Promise<string | null> {
  const user = await systemDb().user.findFirst({
    where: { id: userId, disabledAt: null },
    select: { passwordHash: true },
  });
  return user?.passwordHash ?? null;
}

export async function renameUser(userId: string, name: string): Promise<void> {
  await systemDb().user.update({ where: { id: userId }, data: { name } });
}

/** Sets a password and ends every other session in one step, so that no session of the old password survives. */
export function setPassword(
  userId: string,
  change: { passwordHash: string; keepSessionId: string; now: Date },
): Promise<void> {
  const { passwordHash, keepSessionId, now } = change;
  return asSystem(async (tx) => {
    await tx.user.update({ where: { id: userId }, data: { passwordHash } });
    await tx.userSession.updateMany({
      where: { userId, revokedAt: null, id: { not: keepSessionId } },
      data: { revokedAt: now },
    });
    await tx.passwordReset.updateMany({ where: { userId, usedAt: null }, data: { usedAt: now } });
  });
}
