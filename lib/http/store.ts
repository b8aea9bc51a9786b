import type { Ctx } from "#lib/auth/context";
import { inWorkspace } from "#lib/db/client";
import { Prisma } from "#lib/db/generated/client";

interface KeyOwner {
  workspaceId: string;
  actorId: string;
  key: string;
}

interface StoredAnswer {
  requestHash: string;
  status: number | null;
  body: unknown;
}

/** A claim left behind by a killed process may be taken over after this long. */
const CLAIM_TIMEOUT_MS = 60_000;

/** Takes the key, or returns what the earlier holder left. */
export function claimIdempotencyKey(ctx: Ctx, claim: KeyOwner & { requestHash: string }): Promise<StoredAnswer | null> {
  return inWorkspace(ctx, async (tx) => {
    const taken = await tx.idempotencyKey.createMany({ data: [claim], skipDuplicates: true });
    if (taken.count === 1) return null;
    const { workspaceId, actorId, key } = claim;
    const found = await tx.idempotencyKey.findUnique({
      where: { workspaceId_actorId_key: { workspaceId, actorId, key } },
    });
    if (!found) return null;
    const isAbandoned = found.status === null && ctx.now.getTime() - found.createdAt.getTime() > CLAIM_TIMEOUT_MS;
    if (isAbandoned && found.requestHash === claim.requestHash) {
      await tx.idempotencyKey.update({
        where: { workspaceId_actorId_key: { workspaceId, actorId, key } },
        data: { createdAt: ctx.now },
      });
      return null;
    }
    return { requestHash: found.requestHash, status: found.status, body: found.body };
  });
}

export async function completeIdempotencyKey(
  ctx: Ctx,
  { status, body, ...owner }: KeyOwner & { status: number; body: unknown },
): Promise<void> {
  await inWorkspace(ctx, (tx) =>
    tx.idempotencyKey.updateMany({
      where: owner,
      data: { status, body: body === null ? Prisma.DbNull : (body as Prisma.InputJsonValue) },
    }),
  );
}

export async function releaseIdempotencyKey(ctx: Ctx, owner: KeyOwner): Promise<void> {
  await inWorkspace(ctx, (tx) => tx.idempotencyKey.deleteMany({ where: { ...owner, status: null } }));
}
