import { timingSafeEqual } from "node:crypto";
import { systemContext, type Ctx } from "#lib/auth/context";
import { AppError, isAppError, messageOf } from "#lib/errors";
import { log } from "#lib/log";
import { nextStart } from "#lib/pipelines/core/schedule";
import { isLive, type CreatedRun } from "#lib/runs/schema";
import { findRun } from "#lib/runs/store";
import { openSecret } from "#lib/secrets/seal";
import { findWorkspace } from "#lib/workspaces/store";
import { secretContext } from "../secret-context.ts";
import { startOn } from "../service/start-app.ts";
import { requireApp } from "../store.ts";
import { digestOf, isTimely, parseSignature } from "#lib/secrets/hook-signature";
import { hookSecretName } from "./manage-triggers.ts";
import { hookBody, type AppTrigger } from "./schema.ts";
import { claimDelivery, findHook, listDueTriggers, requireTrigger, updateTrigger } from "./store.ts";

/** Each minute: starts what is due. A time that was missed is made up for once. */
export async function tickTriggers(now: Date): Promise<void> {
  for (const { id, workspaceId } of await listDueTriggers(now)) {
    const ctx = systemContext(workspaceId, "schedule", now);
    try {
      const [{ cron }, { timeZone }] = [await requireTrigger(ctx, id), await findWorkspace(ctx)];
      // The next time first: a start that fails must not be tried every minute.
      await updateTrigger(ctx, id, { nextAt: cron ? nextStart(cron, timeZone, now) : null });
      await startTriggered(ctx, id, {});
    } catch (error) {
      // One app's trouble is not another's.
      log.warn("runner.schedule_failed", { id, workspaceId, error: messageOf(error) });
    }
  }
}

interface HookRequest {
  body: string;
  signature: string | null;
}

/** A signed request: its app is started once, however often the request comes. */
export async function startByHook(now: Date, triggerId: string, request: HookRequest): Promise<CreatedRun> {
  const hook = await findHook(triggerId);
  const ctx = systemContext(hook?.workspaceId ?? "", "webhook", now);
  const digest = hook && (await verify(ctx, triggerId, { ...request, sealedSecret: hook.sealedSecret }));
  // One answer for all of them: a stranger does not learn which webhooks there are.
  if (!digest) throw new AppError("not_found", "There is no such webhook, or its signature is not right or too old.");
  const { params = {} } = readHookBody(request.body);
  if (!(await claimDelivery(ctx, triggerId, digest))) {
    throw new AppError("conflict", "This request was taken already. Sign a new one to start the app again.");
  }
  return startTriggered(ctx, triggerId, params);
}

async function verify(
  ctx: Ctx,
  triggerId: string,
  { body, signature, sealedSecret }: HookRequest & { sealedSecret: string | null },
): Promise<string | null> {
  const given = parseSignature(signature);
  if (!given || sealedSecret === null || !isTimely(given, ctx.now)) return null;
  const { appId } = await requireTrigger(ctx, triggerId);
  const secret = openSecret(sealedSecret, secretContext(ctx, appId, hookSecretName(triggerId)));
  const expected = digestOf(secret, given.signedAtS, body);
  return timingSafeEqual(expected, Buffer.from(given.digest, "hex")) ? given.digest : null;
}

function readHookBody(body: string) {
  if (body.trim() === "") return {};
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch (error) {
    throw new AppError("invalid_input", "The body is not valid JSON. Send an object, or nothing.", { cause: error });
  }
  const read = hookBody.safeParse(value);
  if (read.success) return read.data;
  throw new AppError("invalid_input", "params is an object of texts, numbers and booleans.");
}

/** Every start computes anew: that the input is the same is the point of it. */
async function startTriggered(ctx: Ctx, triggerId: string, params: AppTrigger["params"]): Promise<CreatedRun> {
  const trigger = await requireTrigger(ctx, triggerId);
  const { kind, appId, artifactId, lastRunId } = trigger;
  try {
    const before = lastRunId === null ? null : await findRun(ctx, lastRunId);
    if (before && isLive(before.state)) {
      throw new AppError("conflict", "Its run before this one is still in progress, so this start was skipped.");
    }
    const started = await startOn(ctx, await requireApp(ctx, appId), {
      artifactId,
      params: { ...(trigger.params as AppTrigger["params"]), ...params },
      recompute: true,
      trigger: kind === "schedule" ? "schedule" : "api",
      onBehalfOf: { userId: null, label: kind },
    });
    await updateTrigger(ctx, triggerId, { lastAt: ctx.now, lastRunId: started.id, lastError: null });
    return started;
  } catch (error) {
    if (isAppError(error)) await updateTrigger(ctx, triggerId, { lastAt: ctx.now, lastError: messageOf(error) });
    throw error;
  }
}
