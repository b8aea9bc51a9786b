import { columnMapping } from "#lib/datasets/core/mapping";
import type { PipelineStepDefinition } from "#lib/pipelines/define";
import { formatNumber } from "#lib/format/numbers";
import { env } from "#lib/env";
import { findRunResult } from "#lib/runs/store";
import { SENSOR_FILE_COLUMNS } from "../list-sensors/schema.ts";
import { listSensorsResult } from "../list-sensors/schema.ts";
import { findAddressesResult } from "../find-addresses/schema.ts";
import { matchReferencesResult } from "../match-references/schema.ts";
import type { SensorNetworkSettings } from "../schema.ts";
import { followCleaning } from "./follow-cleaning.ts";

const MAPPING = columnMapping.parse({
  kind: "sensor-registry",
  layout: "entities",
  columns: SENSOR_FILE_COLUMNS.map(({ name, role }) => ({ source: name, role })),
});

/** Asks the source for its sensors; the list becomes a file, and the file becomes sensors. */
export const sensorsStep: PipelineStepDefinition<SensorNetworkSettings> = {
  name: "sensors",
  title: "Sensor information",
  next: async ({ ctx, pipelineId, settings, execution, attempt, runs }) => {
    if (settings.source.kind === "files") return { move: "skip", note: "Sensor lists arrive as files." };
    const [listing, cleaning] = runs;
    if (!listing) {
      const inputs = { pipelineId, executionId: execution.id, attempt };
      return { move: "start", request: { algorithm: "list-sensors", params: {}, inputs } };
    }
    const { sensorCount, artifactId } = listSensorsResult.parse((await findRunResult(ctx, listing.id))?.result);
    if (artifactId === null)
      return { move: "fail", detail: "The source lists no sensors. Check its key and its area." };
    if (!cleaning) return followCleaning(ctx, { artifactId, mapping: MAPPING });
    return { move: "done", note: `${formatNumber(sensorCount)} sensors listed.` };
  },
};

export const referencesStep: PipelineStepDefinition<SensorNetworkSettings> = {
  name: "references",
  title: "Nearest station",
  next: async ({ ctx, runs: [matching] }) => {
    if (!matching) return { move: "start", request: { algorithm: "match-references", params: {}, inputs: {} } };
    const result = matchReferencesResult.parse((await findRunResult(ctx, matching.id))?.result);
    const { matchedCount, sensorCount } = result;
    return { move: "done", note: `${formatNumber(matchedCount)} of ${formatNumber(sensorCount)} sensors have one.` };
  },
};

export const addressesStep: PipelineStepDefinition<SensorNetworkSettings> = {
  name: "addresses",
  title: "Addresses",
  next: async ({ ctx, execution, attempt, runs: [search] }) => {
    if (env().FIELDPORT_GEOCODER_URL === undefined) return { move: "skip", note: "No address search is set up." };
    const inputs = { executionId: execution.id, attempt };
    if (!search) return { move: "start", request: { algorithm: "find-addresses", params: {}, inputs } };
    const { askedCount, foundCount } = findAddressesResult.parse((await findRunResult(ctx, search.id))?.result);
    const note = askedCount === 0 ? "Every place is known." : `${foundCount} of ${askedCount} new places have one.`;
    return { move: "done", note };
  },
};
