import { listApiKeys } from "#lib/auth/api-key-store";
import { apiKeyView, createApiKeyInput, createdApiKey } from "#lib/auth/schema";
import { createApiKey, toApiKeyView } from "#lib/auth/service/api-keys";
import { pageOf, pageQuery } from "#lib/http/pagination";
import { route } from "#lib/http/route";

export const GET = route(
  {
    access: "keys:manage",
    tag: "API keys",
    summary: "API keys, newest first",
    query: pageQuery,
    response: pageOf(apiKeyView),
  },
  async ({ ctx, input }) => {
    const page = await listApiKeys(ctx, input.query);
    return { ...page, items: page.items.map(toApiKeyView) };
  },
);

export const POST = route(
  {
    access: "keys:manage",
    tag: "API keys",
    summary: "Create a key; it is shown once",
    body: createApiKeyInput,
    response: createdApiKey,
    status: 201,
    secretAnswer: true,
    audit: "api_key.created",
  },
  ({ ctx, input }) => createApiKey(ctx, input.body),
);
