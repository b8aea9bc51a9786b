import type { Ctx } from "#lib/auth/context";
import { inWorkspace } from "#lib/db/client";
import { newId } from "#lib/ids";
import { sealSecret } from "#lib/secrets/seal";
import type { AppDetail, CreateAppInput } from "../schema.ts";
import { GIT_TOKEN, secretContext } from "../secret-context.ts";
import { insertApp, releaseDropped } from "../store.ts";
import { getApp } from "./get-app.ts";
import { resolveSource } from "./resolve-source.ts";
import { saveRevision } from "./save-revision.ts";
import { storeSecrets } from "./store-secrets.ts";

/** Registers an app: pins its code, keeps its secrets sealed, makes its first revision. */
export async function createApp(ctx: Ctx, input: CreateAppInput): Promise<AppDetail> {
  const { slug, name, description, takesDropped, concurrencyKey, gitToken } = input;
  const source = await resolveSource(ctx, input.source, { gitToken, readsManifest: input.manifest === null });
  const id = newId();
  const sealedGitToken = gitToken === null ? null : sealSecret(gitToken, secretContext(ctx, id, GIT_TOKEN));
  await inWorkspace(ctx, async () => {
    if (takesDropped) await releaseDropped(ctx);
    const createdByLabel = ctx.actor.label;
    const settings = { slug, name, description, takesDropped, concurrencyKey };
    await insertApp(ctx, { id, ...settings, sealedGitToken, createdByLabel });
    await saveRevision(ctx, id, { source, manifest: input.manifest });
    await storeSecrets(ctx, id, input.secrets);
  });
  return getApp(ctx, id);
}
