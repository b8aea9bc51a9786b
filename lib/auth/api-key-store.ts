import { lockWorkspace } from "#lib/workspaces/store";
import { inWorkspace } from "#lib/db/client";
import { AppError } from "#lib/errors";
import { decodeCursor, toPage, type Page, type PageQuery } from "#lib/http/pagination";
import type { Ctx } from "./context.ts";

export interface StoredApiKey {
  id: string;
  name: string;
  prefix: string;
  scopes: string[];
  createdBy: string;
  createdAt: Date;
  expiresAt: Date | null;
  lastUsedAt: Date | null;
}

const select = {
  id: true,
  name: true,
  prefix: true,
  scopes: true,
  createdBy: true,
  createdAt: true,
  expiresAt: true,
  lastUsedAt: true,
} as const;

/** Keys that are not revoked, newest first; expired ones stay in sight until someone deletes them. */
export async function listApiKeys(ctx: Ctx, query: PageQuery): Promise<Page<StoredApiKey>> {
  const before = query.cursor ? decodeCursor(query.cursor, 1)[0] : undefined;
  const rows = await inWorkspace(ctx, (tx) =>
    tx.apiKey.findMany({
      where: { workspaceId: ctx.workspaceId, revokedAt: null, ...(before ? { id: { lt: before } } : {}) },
      orderBy: { id: "desc" },
      take: query.limit + 1,
      select,
    }),
  );
  return toPage(rows, query.limit, (row) => [row.id]);
}

export interface NewApiKey extends Omit<StoredApiKey, "lastUsedAt"> {
  keyHash: string;
}

/** Throws `conflict` when a key of this name is not revoked yet. */
export function insertApiKey(ctx: Ctx, key: NewApiKey): Promise<StoredApiKey> {
  const { workspaceId } = ctx;
  return inWorkspace(ctx, async (tx) => {
    await lockWorkspace(tx, workspaceId);
    if ((await tx.apiKey.count({ where: { workspaceId, name: key.name, revokedAt: null } })) > 0) {
      const detail = "A key with this name exists. Use another name or rotate that key.";
      throw new AppError("conflict", detail, { fields: [{ pointer: "/name", detail }] });
    }
    return tx.apiKey.create({ data: { ...key, workspaceId }, select });
  });
}

/** Replaces the secret of a key; the old one is refused from this moment. Returns null when there is no such key. */
export function replaceApiKeySecret(
  ctx: Ctx,
  keyId: string,
  secret: { keyHash: string; prefix: string },
): Promise<StoredApiKey | null> {
  const where = { id: keyId, workspaceId: ctx.workspaceId, revokedAt: null };
  return inWorkspace(ctx, async (tx) => {
    const old = await tx.apiKey.findFirst({ where, select: { createdAt: true, expiresAt: true } });
    if (!old) return null;
    const lifeMs = old.expiresAt && old.expiresAt.getTime() - old.createdAt.getTime();
    const expiresAt = lifeMs === null ? null : new Date(ctx.now.getTime() + lifeMs);
    const data = { ...secret, expiresAt, createdAt: ctx.now, createdBy: ctx.actor.label, lastUsedAt: null };
    const [row] = await tx.apiKey.updateManyAndReturn({ where, data, select });
    return row ?? null;
  });
}

export async function revokeApiKey(ctx: Ctx, keyId: string): Promise<boolean> {
  const done = await inWorkspace(ctx, (tx) =>
    tx.apiKey.updateMany({
      where: { id: keyId, workspaceId: ctx.workspaceId, revokedAt: null },
      data: { revokedAt: ctx.now },
    }),
  );
  return done.count === 1;
}
