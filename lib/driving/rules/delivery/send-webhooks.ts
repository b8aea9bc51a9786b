import { isAppError, messageOf } from "#lib/errors";
import { enqueueJob } from "#lib/jobs/enqueue";
import { postOnce } from "#lib/outbound/post-once";
import { SIGNATURE_HEADER, signBody } from "#lib/secrets/hook-signature";
import { openSecret } from "#lib/secrets/seal";
import { ruleSecretContext } from "../secret-context.ts";
import { findSealedSecret } from "../store.ts";
import { composeWebhook, retryDelayS } from "./core/compose.ts";
import { sendWebhooksOf } from "./job-requests.ts";
import {
  failAllWaiting,
  findNextWebhookAt,
  settleWebhook,
  takeWebhooks,
  type TakenWebhook,
  type WebhookOutcome,
} from "./store.ts";

const AT_ONCE = 8;
const TIMEOUT_MS = 10_000;
/** Longer than a try can take: when it is over, whoever had it is gone. */
const LEASE_S = 30;
/** The job leaves the rest to another one before its own time is up. */
const ROUNDS_MAX = 4;

/**
 * Sends what is due of a rule's webhooks. Each carries its delivery's id as Idempotency-Key: a worker that dies between
 * sending and noting it sends the same again, and the receiver knows it by the key.
 */
export async function sendWebhooks({ workspaceId, ruleId }: { workspaceId: string; ruleId: string }): Promise<void> {
  const scope = { workspaceId };
  const sealed = await findSealedSecret(scope, ruleId);
  if (sealed === null) return failAllWaiting(scope, ruleId, "The rule was deleted before this was told.");
  const secret = openSecret(sealed, ruleSecretContext(scope, ruleId));
  for (let round = 0; round < ROUNDS_MAX; round += 1) {
    const taken = await takeWebhooks(scope, { ruleId, leaseS: LEASE_S, count: AT_ONCE });
    await Promise.all(
      taken.map(async (webhook) => settleWebhook(scope, webhook, await trySending(webhook, { ruleId, secret }))),
    );
    if (taken.length < AT_ONCE) break;
  }
  const runAt = await findNextWebhookAt(scope, ruleId);
  if (!runAt) return;
  await enqueueJob(scope, { ...sendWebhooksOf({ workspaceId, ruleId }), runAt });
}

async function trySending(
  { deliveryId, target, attempts, ...alert }: TakenWebhook,
  { ruleId, secret }: { ruleId: string; secret: string },
): Promise<WebhookOutcome> {
  const body = composeWebhook(alert, { deliveryId, ruleId });
  const signedAtS = Math.floor(Date.now() / 1000);
  const headers = { "idempotency-key": deliveryId, [SIGNATURE_HEADER]: signBody(secret, signedAtS, body) };
  try {
    const { status } = await postOnce(target, { body, headers, timeoutMs: TIMEOUT_MS });
    if (status >= 200 && status < 300) return { state: "sent", lastError: null, retryInS: 0 };
    const isGone = status === 410 || (status >= 300 && status < 400);
    return failure(`It answered ${status}.`, isGone ? null : retryDelayS(attempts));
  } catch (error) {
    const isRefused = isAppError(error, "unprocessable");
    return failure(messageOf(error), isRefused ? null : retryDelayS(attempts));
  }
}

function failure(lastError: string, delayS: number | null): WebhookOutcome {
  return delayS === null
    ? { state: "failed", lastError, retryInS: 0 }
    : { state: "waiting", lastError, retryInS: delayS };
}
