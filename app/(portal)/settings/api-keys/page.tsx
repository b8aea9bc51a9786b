import type { Metadata } from "next";
import { ApiKeysBoard } from "#components/settings/api-keys-board";
import { NotForYou } from "#components/settings/not-for-you";
import { SettingsFrame } from "#components/settings/settings-frame";
import { listApiKeys } from "#lib/auth/api-key-store";
import { can } from "#lib/auth/context";
import { pageContext } from "#lib/auth/page-context";
import { apiKeyView } from "#lib/auth/schema";
import { toApiKeyView } from "#lib/auth/service/api-keys";
import { findWorkspace } from "#lib/workspaces/store";

export const metadata: Metadata = { title: "API keys" };

export default async function ApiKeysPage() {
  const ctx = await pageContext();
  return (
    <SettingsFrame ctx={ctx} current="/settings/api-keys">
      {can(ctx, "keys:manage") ? <Board /> : <NotForYou title="API keys" role={ctx.role} />}
    </SettingsFrame>
  );
}

async function Board() {
  const ctx = await pageContext();
  const [page, workspace] = await Promise.all([listApiKeys(ctx, { limit: 500 }), findWorkspace(ctx)]);
  const keys = page.items.map((row) => apiKeyView.parse(toApiKeyView(row)));
  return <ApiKeysBoard keys={keys} timeZone={workspace.timeZone} nowMs={ctx.now.getTime()} />;
}
