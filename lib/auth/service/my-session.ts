import type { z } from "zod";
import { AppError } from "#lib/errors";
import type { SessionCaller } from "#lib/http/route-spec";
import { listWorkspacesOf } from "#lib/workspaces/store";
import { ROLE_PERMISSIONS } from "../permissions.ts";
import type { mySession } from "../schema.ts";
import { pointSession } from "../session-store.ts";
import { findPasswordHash } from "../user-store.ts";
import { recordPersonAudit } from "./record-person-audit.ts";

export async function getMySession(caller: SessionCaller): Promise<z.input<typeof mySession>> {
  const { userId: id, email, name, workspaceId } = caller;
  const [workspaces, passwordHash] = await Promise.all([listWorkspacesOf(id), findPasswordHash(id)]);
  const role = workspaces.find((workspace) => workspace.id === workspaceId)?.role ?? null;
  return {
    user: { id, email, name, hasPassword: passwordHash !== null },
    workspaceId,
    role,
    permissions: role ? [...ROLE_PERMISSIONS[role]] : [],
    workspaces,
  };
}

/** Looks at another workspace from here on, in this browser. One she is no member of does not exist for her. */
export async function switchWorkspace(caller: SessionCaller, workspaceId: string): Promise<z.input<typeof mySession>> {
  const { address, requestId } = caller;
  if (!(await pointSession(caller, workspaceId))) throw new AppError("not_found", "There is no such workspace.");
  await recordPersonAudit({ ...caller, workspaceId }, { action: "session.workspace_entered", address, requestId });
  return getMySession({ ...caller, workspaceId });
}
