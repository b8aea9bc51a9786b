import { AppError } from "#lib/errors";
import { ROLE_PERMISSIONS, type Permission, type Role } from "#lib/auth/permissions";

export type Actor =
  | { kind: "user"; userId: string; sessionId: string; label: string; email: string }
  | { kind: "api-key"; keyId: string; label: string }
  | { kind: "system"; label: string };

/** Who asks, for which workspace, and what they may do. Every service and store function takes it first. */
export interface Ctx {
  readonly workspaceId: string;
  readonly actor: Actor;
  readonly permissions: ReadonlySet<Permission>;
  readonly role: Role | null;
  readonly requestId: string;
  readonly address: string;
  /** The instant of the request, so that one request sees one clock. */
  readonly now: Date;
}

export function can(ctx: Ctx, permission: Permission): boolean {
  return ctx.permissions.has(permission);
}

/** Throws `forbidden` naming the missing permission and who can grant it. */
export function requirePermission(ctx: Ctx, permission: Permission): void {
  if (can(ctx, permission)) return;
  const detail =
    ctx.actor.kind === "api-key"
      ? `This API key lacks the scope ${permission}. Create a key with that scope.`
      : `Your role ${ctx.role ?? "none"} does not include ${permission}. Ask an owner of this workspace.`;
  throw new AppError("forbidden", detail);
}

export function actorId(actor: Actor): string | null {
  if (actor.kind === "user") return actor.userId;
  return actor.kind === "api-key" ? actor.keyId : null;
}

/** The user behind the request; API keys have none. */
export function requireUser(ctx: Ctx): Extract<Actor, { kind: "user" }> {
  if (ctx.actor.kind === "user") return ctx.actor;
  throw new AppError("forbidden", "Only a signed-in person can do this, not an API key.");
}

/** A context for work nobody asked for by hand: jobs, sweeps, seeding. */
export function systemContext(workspaceId: string, label: string, now: Date): Ctx {
  return {
    workspaceId,
    actor: { kind: "system", label },
    permissions: new Set(ROLE_PERMISSIONS.owner),
    role: null,
    requestId: `system:${label}`,
    address: "",
    now,
  };
}
