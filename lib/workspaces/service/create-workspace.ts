import { requireUser, type Ctx } from "#lib/auth/context";
import { pointSession } from "#lib/auth/session-store";
import { AppError } from "#lib/errors";
import { newId } from "#lib/ids";
import { enqueueJob } from "#lib/jobs/enqueue";
import type { ChangeWorkspaceInput, CreateWorkspaceInput } from "../schema.ts";
import { toSlug } from "../slug.ts";
import {
  countOwned,
  ensureWorkspace,
  findWorkspace,
  insertMembership,
  updateWorkspace,
  type WorkspaceRecord,
} from "../store.ts";

const QUOTA_BYTES = 200 * 1024 ** 3;
const OWNED_MAX = 50;

/** A new workspace with the caller as its owner, which she looks at from here on. */
export async function createWorkspace(ctx: Ctx, input: CreateWorkspaceInput): Promise<WorkspaceRecord> {
  const { userId, sessionId } = requireUser(ctx);
  if ((await countOwned(userId)) >= OWNED_MAX) {
    throw new AppError("conflict", `You own ${OWNED_MAX} workspaces, which is the limit.`);
  }
  const id = await insertWorkspace(input);
  await insertMembership(id, userId, "owner");
  await pointSession({ userId, sessionId }, id);
  return findWorkspace({ ...ctx, workspaceId: id });
}

async function insertWorkspace(input: CreateWorkspaceInput): Promise<string> {
  const slug = toSlug(input.name);
  const { id, isNew } = await ensureWorkspace({ ...input, slug, quotaBytes: QUOTA_BYTES });
  if (isNew) return id;
  const free = await ensureWorkspace({ ...input, slug: `${slug}-${newId().slice(-6)}`, quotaBytes: QUOTA_BYTES });
  if (!free.isNew) throw new AppError("conflict", "This name is taken at the moment. Try again.");
  return free.id;
}

export async function changeWorkspace(ctx: Ctx, change: ChangeWorkspaceInput): Promise<WorkspaceRecord> {
  await updateWorkspace(ctx, change);
  if (change.timeZone !== undefined) {
    const { workspaceId } = ctx;
    for (const name of ["reschedule-pipelines", "reschedule-app-triggers"]) {
      await enqueueJob(ctx, { name, payload: { workspaceId }, key: `${name}:${workspaceId}` });
    }
  }
  return findWorkspace(ctx);
}
