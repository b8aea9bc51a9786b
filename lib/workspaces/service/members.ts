import { requireUser, type Ctx } from "#lib/auth/context";
import type { Role } from "#lib/auth/permissions";
import { createResetLink, resetLinkExpiry } from "#lib/auth/service/reset-password";
import { AppError } from "#lib/errors";
import { countWorkspacesNotOwnedBy, deleteMember, findMember, updateRole } from "../member-store.ts";

function unknownMember(): AppError {
  return new AppError("not_found", "There is no such member.");
}

/** Takes effect at the member's next request. */
export async function changeRole(ctx: Ctx, userId: string, to: Role): Promise<void> {
  if (!(await updateRole(ctx, userId, to))) throw unknownMember();
}

export async function removeMember(ctx: Ctx, userId: string): Promise<void> {
  if (!(await deleteMember(ctx, userId))) throw unknownMember();
}

/**
 * A link with which a member sets a new password, for portals without mail. Refused for a person who also belongs to
 * a workspace the caller does not own: there the link would open doors that are not the caller's.
 */
export async function createMemberResetLink(ctx: Ctx, userId: string): Promise<{ url: string; expiresAt: Date }> {
  const caller = requireUser(ctx);
  if (!(await findMember(ctx, userId))) throw unknownMember();
  if ((await countWorkspacesNotOwnedBy(caller.userId, userId)) > 0) {
    const detail =
      "This person also belongs to a workspace that you do not own. Only a letter to her address can reset this password.";
    throw new AppError("forbidden", detail);
  }
  return createResetLink(userId, resetLinkExpiry(ctx.now));
}
