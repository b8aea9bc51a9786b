import type { Ctx } from "#lib/auth/context";
import { inWorkspace } from "#lib/db/client";

/** People who can do something about a pipeline. */
export async function listMembersToTell(ctx: Ctx): Promise<string[]> {
  const where = { workspaceId: ctx.workspaceId, role: { in: ["owner", "editor"] } };
  const rows = await inWorkspace(ctx, (tx) => tx.membership.findMany({ where, select: { userId: true }, take: 100 }));
  return rows.map(({ userId }) => userId);
}
