import type { Ctx } from "#lib/auth/context";
import { AppError } from "#lib/errors";
import { newId, newToken } from "#lib/ids";
import { checkSchedule, nextStart } from "#lib/pipelines/core/schedule";
import { sealSecret } from "#lib/secrets/seal";
import { findWorkspace } from "#lib/workspaces/store";
import { parametersSchema } from "../core/parameters.ts";
import { secretContext } from "../secret-context.ts";
import { requireApp, requireFile, requirePresentRevision } from "../store.ts";
import type { AppTrigger, CreatedTrigger, CreateTriggerInput } from "./schema.ts";
import {
  deleteTriggerRow,
  insertTrigger,
  listTriggerRecords,
  requireTrigger,
  updateTrigger,
  type TriggerRecord,
} from "./store.ts";

/** The secret of a webhook is sealed under the app with this name. */
export const hookSecretName = (triggerId: string) => `webhook ${triggerId}`;

export async function listTriggers(ctx: Ctx, appId: string): Promise<AppTrigger[]> {
  await requireApp(ctx, appId);
  return (await listTriggerRecords(ctx, { appId })).map(toTrigger);
}

export async function createTrigger(ctx: Ctx, appId: string, input: CreateTriggerInput): Promise<CreatedTrigger> {
  const app = await requireApp(ctx, appId);
  const { manifest } = await requirePresentRevision(ctx, app);
  requireParams(parametersSchema(manifest.parameters).safeParse(input.params));
  const { artifactId } = await requireFile(ctx, { uploadId: input.uploadId });
  const id = newId();
  const secret = input.kind === "webhook" ? newToken() : null;
  const cron = input.kind === "schedule" ? input.cron : null;
  const { timeZone } = await findWorkspace(ctx);
  if (cron) checkSchedule(cron, timeZone, ctx.now);
  await insertTrigger(ctx, {
    ...{ id, appId, kind: input.kind, cron, artifactId, params: input.params },
    sealedSecret: secret && sealSecret(secret, secretContext(ctx, appId, hookSecretName(id))),
    nextAt: cron ? nextStart(cron, timeZone, ctx.now) : null,
  });
  return { ...toTrigger(await requireTrigger(ctx, id)), secret };
}

export async function changeTrigger(ctx: Ctx, triggerId: string, { isEnabled }: { isEnabled: boolean }) {
  const { cron } = await requireTrigger(ctx, triggerId);
  const { timeZone } = await findWorkspace(ctx);
  await updateTrigger(ctx, triggerId, {
    isEnabled,
    // Times that passed while it was off are not made up for.
    nextAt: cron && isEnabled ? nextStart(cron, timeZone, ctx.now) : null,
  });
  return toTrigger(await requireTrigger(ctx, triggerId));
}

export async function deleteTrigger(ctx: Ctx, triggerId: string): Promise<void> {
  await requireTrigger(ctx, triggerId);
  await deleteTriggerRow(ctx, triggerId);
}

/** Reads every schedule in the workspace's present zone. */
export async function rescheduleTriggers(ctx: Ctx): Promise<void> {
  const { timeZone } = await findWorkspace(ctx);
  for (const { id, cron, isEnabled } of await listTriggerRecords(ctx)) {
    if (cron && isEnabled) await updateTrigger(ctx, id, { nextAt: nextStart(cron, timeZone, ctx.now) });
  }
}

function requireParams(checked: ReturnType<ReturnType<typeof parametersSchema>["safeParse"]>): void {
  if (checked.success) return;
  const [issue] = checked.error.issues;
  const pointer = `/params/${issue?.path.map(String).join("/") ?? ""}`;
  const detail = issue?.message ?? "not valid";
  throw new AppError("invalid_input", `${pointer}: ${detail}`, { fields: [{ pointer, detail }] });
}

function toTrigger({ kind, artifactId, input, params, createdByLabel, ...row }: TriggerRecord): AppTrigger {
  const { id, cron, isEnabled, lastRunId, lastError } = row;
  const iso = (at: Date | null) => at?.toISOString() ?? null;
  return {
    ...{ id, cron, isEnabled, lastRunId, lastError },
    kind: kind === "webhook" ? "webhook" : "schedule",
    hookPath: kind === "webhook" ? `/api/v1/runner/hooks/${id}` : null,
    inputArtifactId: artifactId,
    inputName: input.fileName,
    params: params as AppTrigger["params"],
    nextAt: iso(row.nextAt),
    lastAt: iso(row.lastAt),
    createdBy: createdByLabel,
    createdAt: row.createdAt.toISOString(),
  };
}
