import type { Ctx } from "#lib/auth/context";
import { sealSecret } from "#lib/secrets/seal";
import { findWorkspace } from "#lib/workspaces/store";
import { checkSchedule, nextStart } from "../core/schedule.ts";
import { getPipelineDefinition } from "../registry.ts";
import type { ChangePipelineInput, PipelineDetail } from "../schema.ts";
import { requirePipeline, updatePipeline, type PipelineChange, type PipelineRecord } from "../store.ts";
import { checkSettings } from "./check-settings.ts";
import { getPipeline } from "./get-pipeline.ts";
import { secretContext } from "./open-pipeline-secret.ts";

/** Changes what is named; a running execution goes on and reads the new settings at its next step. */
export async function changePipeline(
  ctx: Ctx,
  pipelineId: string,
  input: ChangePipelineInput,
): Promise<PipelineDetail> {
  const before = await requirePipeline(ctx, pipelineId);
  const change: PipelineChange = {
    ...(input.name === undefined ? {} : { name: input.name }),
    ...(input.runsOnNewData === undefined ? {} : { runsOnNewData: input.runsOnNewData }),
    ...(await readSettings(before, input)),
    ...readSecret(ctx, before, input),
    ...(await readSchedule(ctx, before, input)),
  };
  await updatePipeline(ctx, pipelineId, change);
  return getPipeline(ctx, pipelineId);
}

async function readSettings(before: PipelineRecord, { settings }: ChangePipelineInput): Promise<PipelineChange> {
  if (settings === undefined) return {};
  return { settings: checkSettings(await getPipelineDefinition(before.slug), settings) };
}

function readSecret(ctx: Ctx, before: PipelineRecord, { secret }: ChangePipelineInput): PipelineChange {
  if (secret === undefined) return {};
  return { sealedSecret: secret ? sealSecret(secret, secretContext(ctx, before.id)) : null };
}

async function readSchedule(ctx: Ctx, before: PipelineRecord, input: ChangePipelineInput): Promise<PipelineChange> {
  if (input.cron === undefined && input.isEnabled === undefined) return {};
  const cron = (input.cron === undefined ? before.cron : input.cron) || null;
  const isEnabled = input.isEnabled ?? before.isEnabled;
  const { timeZone } = await findWorkspace(ctx);
  if (cron) checkSchedule(cron, timeZone, ctx.now);
  return { cron, isEnabled, nextAt: cron && isEnabled ? nextStart(cron, timeZone, ctx.now) : null };
}
