import type { Ctx } from "#lib/auth/context";
import { sealSecret } from "#lib/secrets/seal";
import { secretContext } from "../secret-context.ts";
import { setSecret } from "../store.ts";

/** Seals and stores secrets; null removes one. */
export async function storeSecrets(ctx: Ctx, appId: string, secrets: Record<string, string | null>): Promise<void> {
  for (const [name, value] of Object.entries(secrets)) {
    const sealed = value === null ? null : sealSecret(value, secretContext(ctx, appId, name));
    await setSecret(ctx, appId, { name, sealed });
  }
}
