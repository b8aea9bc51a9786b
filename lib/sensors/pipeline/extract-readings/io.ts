import { defineAlgorithmIo, type RunScope } from "#lib/algorithms/io";
import { readCursors } from "#lib/pipelines/store";
import { toSlug } from "#lib/workspaces/slug";
import { storeArtifact } from "#lib/runs/execute/store-artifact";
import type { SensorSource, SensorSpan, SourceSensor } from "../../sources/source.ts";
import { openPipelineSource } from "../open-source.ts";
import { openTextFile, type TextFile } from "../text-file.ts";
import type { ExtractReadingsData } from "./run.ts";
import type { ExtractReadingsInputs, ExtractReadingsResult } from "./schema.ts";
import { spanToRead } from "./span-to-read.ts";

type OpenData = ExtractReadingsData & { file: TextFile; name: string };

export const extractReadingsIo = defineAlgorithmIo<ExtractReadingsInputs, unknown, OpenData, ExtractReadingsResult>({
  open: async (scope: RunScope, { inputs }) => {
    const { source, settings, notes, name } = await openPipelineSource(scope, inputs.pipelineId);
    const { pipelineId, fromMs, untilMs } = inputs;
    const cursors = await readCursors(scope.ctx, { pipelineId, scope: fromMs === null ? "" : inputs.executionId });
    const historyMs = settings.historyDays * 86_400_000;
    const bounds = { fromMs, untilMs, historyMs };
    const spans = await listSpans(source, (sensor) =>
      spanToRead({ sensor, cursorMs: cursors.get(sensor.code)?.getTime() ?? null, ...bounds }),
    );
    const file = await openTextFile(scope, "readings.csv");
    const batches = spans.length === 0 ? nothing() : source.readObservations(spans);
    return { file, name, notes, spans, batches, writeText: file.write };
  },
  commit: async (scope, { inputs, data, result }) => {
    await data.file.close();
    if (result.readingCount === 0) return;
    const stamp = new Date(inputs.untilMs).toISOString().slice(0, 16).replace(":", "");
    const part = inputs.part === 0 ? "" : `-part-${inputs.part + 1}`;
    const fileName = `${toSlug(data.name)}-readings-${stamp}${part}.csv`;
    const { path } = data.file;
    result.artifactId = (await storeArtifact(scope, { path, fileName, mediaType: "text/csv", direction: "output" })).id;
  },
  close: ({ file }) => file.close(),
});

async function listSpans(source: SensorSource, spanOf: (sensor: SourceSensor) => SensorSpan | null) {
  const spans = new Map<string, SensorSpan>();
  for await (const batch of source.listSensors()) {
    for (const sensor of batch) {
      const span = spanOf(sensor);
      if (span !== null) spans.set(sensor.code, span);
    }
  }
  return [...spans.values()];
}

async function* nothing() {
  yield* [];
}
