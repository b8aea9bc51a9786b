import { AppError } from "#lib/errors";
import type { PipelineDefinition } from "./define.ts";

/** Every kind of pipeline, by slug; imports are lazy. */
const REGISTRY = {
  "sensor-network": async () => (await import("#lib/sensors/pipeline/pipeline")).sensorNetworkPipeline,
} as const;

export const PIPELINE_SLUGS = Object.keys(REGISTRY);

export async function getPipelineDefinition(slug: string): Promise<PipelineDefinition> {
  if (!Object.hasOwn(REGISTRY, slug)) {
    throw new AppError("not_found", `There is no pipeline kind "${slug}". Known: ${PIPELINE_SLUGS.join(", ")}.`);
  }
  return await REGISTRY[slug as keyof typeof REGISTRY]();
}
