import type { Ctx } from "#lib/auth/context";
import { newId } from "#lib/ids";
import { sealSecret } from "#lib/secrets/seal";
import { findWorkspace } from "#lib/workspaces/store";
import { checkSchedule, nextStart } from "../core/schedule.ts";
import { getPipelineDefinition } from "../registry.ts";
import type { CreatePipelineInput, PipelineDetail } from "../schema.ts";
import { insertPipeline } from "../store.ts";
import { checkSettings } from "./check-settings.ts";
import { getPipeline } from "./get-pipeline.ts";
import { secretContext } from "./open-pipeline-secret.ts";

export async function createPipeline(ctx: Ctx, input: CreatePipelineInput): Promise<PipelineDetail> {
  const definition = await getPipelineDefinition(input.slug);
  const settings = checkSettings(definition, input.settings);
  const { timeZone } = await findWorkspace(ctx);
  const cron = input.cron === "" ? null : input.cron;
  if (cron) checkSchedule(cron, timeZone, ctx.now);
  const id = newId();
  await insertPipeline(ctx, {
    id,
    slug: input.slug,
    name: input.name,
    settings,
    sealedSecret: input.secret ? sealSecret(input.secret, secretContext(ctx, id)) : null,
    cron,
    runsOnNewData: input.runsOnNewData,
    isEnabled: true,
    nextAt: cron ? nextStart(cron, timeZone, ctx.now) : null,
    createdByLabel: ctx.actor.label,
  });
  return getPipeline(ctx, id);
}
