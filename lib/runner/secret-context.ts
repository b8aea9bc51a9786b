import type { Ctx } from "#lib/auth/context";

/** What a sealed secret belongs to: moved to another app it does not open. */
export function secretContext(ctx: Pick<Ctx, "workspaceId">, appId: string, name: string): string {
  return `app:${ctx.workspaceId}:${appId}:${name}`;
}

/** The name under which access to a repository is sealed; no variable can have it. */
export const GIT_TOKEN = "git token";
