import { appTriggerParams } from "#lib/http/params";
import { readText } from "#lib/http/read-input";
import { route } from "#lib/http/route";
import { SIGNATURE_HEADER } from "#lib/secrets/hook-signature";
import { startByHook } from "#lib/runner/triggers/start-triggered";
import { createdRun } from "#lib/runs/schema";

const BODY_BYTES_MAX = 64 * 1024;

export const POST = route(
  {
    access: "public",
    tag: "Runner",
    summary:
      "Start an app by a signed request. Fieldport-Signature: t=<unix seconds>,v1=<hex HMAC-SHA256 of “t.body” under the webhook's secret>",
    params: appTriggerParams,
    response: createdRun,
    status: 202,
  },
  async ({ ctx, input, request }) => {
    const body = await readText(request, BODY_BYTES_MAX);
    return startByHook(ctx.now, input.params.triggerId, { body, signature: request.headers.get(SIGNATURE_HEADER) });
  },
);
