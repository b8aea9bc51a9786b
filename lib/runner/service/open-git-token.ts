import type { Ctx } from "#lib/auth/context";
import { openSecret } from "#lib/secrets/seal";
import { GIT_TOKEN, secretContext } from "../secret-context.ts";
import type { AppRecord } from "../store.ts";

/** What opens the app's repository; null when it needs nothing. */
export function openGitToken(ctx: Ctx, app: Pick<AppRecord, "id" | "sealedGitToken">): string | null {
  return app.sealedGitToken === null ? null : openSecret(app.sealedGitToken, secretContext(ctx, app.id, GIT_TOKEN));
}
