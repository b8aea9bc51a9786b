import { columnMapping } from "#lib/datasets/core/mapping";
import { formatNumber } from "#lib/format/numbers";
import type { PipelineStepDefinition, StepMove, StepScope } from "#lib/pipelines/define";
import { forgetCursors, moveCursors } from "#lib/pipelines/store";
import { findRunResult } from "#lib/runs/store";
import { extractReadingsResult, READING_FILE_COLUMNS } from "../extract-readings/schema.ts";
import type { SensorNetworkSettings } from "../schema.ts";
import { followCleaning } from "./follow-cleaning.ts";

const MAPPING = columnMapping.parse({
  kind: "sensor-readings",
  layout: "long",
  columns: READING_FILE_COLUMNS.map(({ name, role }) => ({ source: name, role })),
  timestamp: { format: "iso", timeZone: "UTC" },
});

/**
 * Asks the source for what is new, in parts: each part is a file, and only when its readings are stored do the
 * sensors count as read that far. Whatever breaks, the next try goes on from the last stored part.
 */
export const readingsStep: PipelineStepDefinition<SensorNetworkSettings> = {
  name: "readings",
  title: "Readings",
  next: async (scope) => {
    if (scope.settings.source.kind === "files") {
      return { move: "skip", note: "Readings arrive as files and from devices." };
    }
    const extractions = scope.runs.filter(({ algorithm }) => algorithm === "extract-readings");
    const newest = extractions.at(-1);
    if (!newest) return startPart(scope, 0);
    const { ctx } = scope;
    const part = extractReadingsResult.parse((await findRunResult(ctx, newest.id))?.result);
    const isCleaned = scope.runs.at(-1) !== newest;
    if (part.artifactId !== null && !isCleaned) {
      return followCleaning(ctx, { artifactId: part.artifactId, mapping: MAPPING });
    }
    const cursors = { pipelineId: scope.pipelineId, scope: scope.execution.backfill ? scope.execution.id : "" };
    await moveCursors(ctx, cursors, part.reached);
    if (!part.isComplete) return startPart(scope, extractions.length);
    if (scope.execution.backfill) await forgetCursors(ctx, cursors);
    return { move: "done", note: await summarise(scope, extractions) };
  },
};

function startPart({ pipelineId, execution, attempt }: StepScope, part: number): StepMove {
  const { backfill } = execution;
  const inputs = {
    ...{ pipelineId, executionId: execution.id, attempt, part },
    fromMs: backfill?.fromAt.getTime() ?? null,
    untilMs: (backfill?.untilAt ?? execution.startedAt).getTime(),
  };
  return { move: "start", request: { algorithm: "extract-readings", params: {}, inputs } };
}

async function summarise({ ctx }: StepScope, extractions: readonly { id: string }[]): Promise<string> {
  let readings = 0;
  let sensors = 0;
  for (const { id } of extractions) {
    const part = extractReadingsResult.parse((await findRunResult(ctx, id))?.result);
    readings += part.readingCount;
    sensors = Math.max(sensors, part.sensorCount);
  }
  if (readings === 0) return "Nothing new.";
  return `${formatNumber(readings)} readings of ${formatNumber(sensors)} sensors.`;
}
