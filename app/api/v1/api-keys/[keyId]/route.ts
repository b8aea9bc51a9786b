import { removeApiKey } from "#lib/auth/service/api-keys";
import { apiKeyParams } from "#lib/auth/schema";
import { route } from "#lib/http/route";

export const DELETE = route(
  {
    access: "keys:manage",
    tag: "API keys",
    summary: "Revoke a key; it is refused from its next request on",
    params: apiKeyParams,
    audit: "api_key.revoked",
  },
  ({ ctx, input }) => removeApiKey(ctx, input.params.keyId),
);
