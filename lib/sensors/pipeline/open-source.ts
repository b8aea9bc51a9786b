import type { RunScope } from "#lib/algorithms/io";
import { AppError } from "#lib/errors";
import { openPipelineSecret } from "#lib/pipelines/service/open-pipeline-secret";
import { requirePipeline } from "#lib/pipelines/store";
import { createSource } from "../sources/create-source.ts";
import type { SensorSource } from "../sources/source.ts";
import { sensorNetworkSettings, type SensorNetworkSettings } from "./schema.ts";
import { createNotes, type SourceNotes } from "./source-notes.ts";
import { holdSource } from "./source-store.ts";

/**
 * The source of a pipeline, with its key, for this run alone: sources count requests per key, so two runs that ask
 * the same one wait for each other.
 */
export async function openPipelineSource(
  { ctx, client }: Pick<RunScope, "ctx" | "client">,
  pipelineId: string,
): Promise<{ source: SensorSource; settings: SensorNetworkSettings; notes: SourceNotes; name: string }> {
  const pipeline = await requirePipeline(ctx, pipelineId);
  const settings = sensorNetworkSettings.parse(pipeline.settings);
  if (settings.source.kind === "files") {
    throw new AppError("unprocessable", "This pipeline has no source to ask: its readings arrive as files.");
  }
  const secret = await openPipelineSecret(ctx, pipelineId);
  const notes = createNotes();
  const source = createSource(settings.source, { secret, log: notes.add, nowMs: ctx.now.getTime() });
  await holdSource(client, settings.source);
  return { source, settings, notes, name: pipeline.name };
}
