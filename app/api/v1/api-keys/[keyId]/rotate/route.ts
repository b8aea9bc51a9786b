import { apiKeyParams, createdApiKey } from "#lib/auth/schema";
import { rotateApiKey } from "#lib/auth/service/api-keys";
import { route } from "#lib/http/route";

export const POST = route(
  {
    access: "keys:manage",
    tag: "API keys",
    summary: "Give a key a new secret, shown once; the old one is refused at once",
    params: apiKeyParams,
    response: createdApiKey,
    secretAnswer: true,
    audit: "api_key.rotated",
  },
  ({ ctx, input }) => rotateApiKey(ctx, input.params.keyId),
);
