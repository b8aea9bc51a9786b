import { definePipeline } from "#lib/pipelines/define";
import { SOURCE_TITLES } from "../sources/schema.ts";
import { sensorNetworkSettings, type SensorNetworkSettings } from "./schema.ts";
import { analyseStep, detectStep } from "./steps/judge-steps.ts";
import { readingsStep } from "./steps/readings-step.ts";
import { addressesStep, referencesStep, sensorsStep } from "./steps/sensors-steps.ts";

/** From the source to the faults: what five scripts at five hours used to do, as one thing with checkpoints. */
export const sensorNetworkPipeline = definePipeline({
  slug: "sensor-network",
  title: "Sensor network",
  summary: "Sensor list, nearest stations, readings, faults and a summary, one after the other.",
  settings: sensorNetworkSettings,
  steps: [sensorsStep, referencesStep, addressesStep, readingsStep, detectStep, analyseStep],
  describe: ({ source }) => `${SOURCE_TITLES[source.kind]}${addressOf(source)}`,
});

function addressOf(source: SensorNetworkSettings["source"]): string {
  if (source.kind === "files") return "";
  const address = source.kind === "http" ? source.url.replaceAll(/\{\w+\}/g, "…") : source.baseUrl;
  return `, ${URL.parse(address)?.host ?? address}`;
}
