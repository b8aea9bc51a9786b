import type { z } from "zod";
import { AppError } from "#lib/errors";
import { newId, newToken, sha256Hex } from "#lib/ids";
import { insertApiKey, replaceApiKeySecret, revokeApiKey, type StoredApiKey } from "../api-key-store.ts";
import type { Ctx } from "../context.ts";
import { API_KEY_SCOPES } from "../permissions.ts";
import type { apiKeyView, createdApiKey, CreateApiKeyInput } from "../schema.ts";

const DAY_MS = 86_400_000;
const PREFIX_LENGTH = 12;

type KeyView = z.input<typeof apiKeyView>;
type KeyWithSecret = z.input<typeof createdApiKey>;

/** 256 random bits need no slow hash: nobody can guess them, so sha256 is enough. */
function newSecret(): { key: string; keyHash: string; prefix: string } {
  const key = `fp_live_${newToken()}`;
  return { key, keyHash: sha256Hex(key), prefix: key.slice(0, PREFIX_LENGTH) };
}

/** Scopes that a later version no longer knows grant nothing and are not shown. */
export function toApiKeyView(row: StoredApiKey): KeyView {
  return { ...row, scopes: API_KEY_SCOPES.filter((scope) => row.scopes.includes(scope)) };
}

/** The only moment the key itself is seen. */
export async function createApiKey(ctx: Ctx, input: CreateApiKeyInput): Promise<KeyWithSecret> {
  const { key, keyHash, prefix } = newSecret();
  const expiresAt = input.expiresInDays ? new Date(ctx.now.getTime() + input.expiresInDays * DAY_MS) : null;
  const { name, scopes } = input;
  const createdBy = ctx.actor.label;
  const row = await insertApiKey(ctx, {
    id: newId(),
    name,
    scopes,
    prefix,
    keyHash,
    createdBy,
    createdAt: ctx.now,
    expiresAt,
  });
  return { ...toApiKeyView(row), key };
}

/** Same name, scopes and lifetime, new secret; the old secret is refused at once. */
export async function rotateApiKey(ctx: Ctx, keyId: string): Promise<KeyWithSecret> {
  const { key, keyHash, prefix } = newSecret();
  const row = await replaceApiKeySecret(ctx, keyId, { keyHash, prefix });
  if (!row) throw new AppError("not_found", "There is no such key.");
  return { ...toApiKeyView(row), key };
}

export async function removeApiKey(ctx: Ctx, keyId: string): Promise<void> {
  if (!(await revokeApiKey(ctx, keyId))) throw new AppError("not_found", "There is no such key.");
}
