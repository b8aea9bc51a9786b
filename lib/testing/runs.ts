import { randomBytes } from "node:crypto";
import { systemContext, type Ctx } from "#lib/auth/context";
import { systemDb } from "#lib/db/client";
import { newId, sha256Hex } from "#lib/ids";
import { ensureWorkspace } from "#lib/workspaces/store";
import type { RunRequest } from "#lib/runs/service/create-run";

/** A workspace of its own for a test, so that tests of one database do not meet. */
export async function createTestWorkspace(): Promise<Ctx> {
  const slug = `runs-${randomBytes(6).toString("hex")}`;
  const { id } = await ensureWorkspace({ slug, name: slug, description: "", timeZone: "UTC", quotaBytes: 1e9 });
  return systemContext(id, "test", new Date());
}

/** A request for a check of a workspace without sensors; another number, another run. */
export function checkRequest(gapSteps = 3): RunRequest {
  return { algorithm: "range-step-stuck", params: { gapSteps }, inputs: {} };
}

export async function createTestApiKey(ctx: Ctx, scopes: string[]): Promise<string> {
  const key = `fp_${randomBytes(24).toString("base64url")}`;
  const data = { id: newId(), workspaceId: ctx.workspaceId, name: "test", prefix: key.slice(0, 8), createdBy: "test" };
  await systemDb().apiKey.create({ data: { ...data, keyHash: sha256Hex(key), scopes } });
  return key;
}

/** What a worker that was killed leaves behind: a lease that nobody renews any more. */
export async function expireLease(runId: string): Promise<void> {
  await systemDb().$executeRaw`update runs set lease_expires_at = now() - interval '1 s' where id = ${runId}::uuid`;
}
