import type { RunTools } from "#lib/algorithms/define";
import { csvCell } from "#lib/tables/csv-cell";
import type { ReadingBatch, SensorSpan, SourceReading } from "../../sources/source.ts";
import type { SourceNotes } from "../source-notes.ts";
import { type ExtractReadingsResult, READING_FILE_COLUMNS } from "./schema.ts";

/** Of this size a file is cleaned in seconds, and a lost part costs minutes. */
export const READINGS_PER_PART = 500_000;
const REQUESTS_PER_PART = 1_500;

export interface ExtractReadingsData {
  spans: readonly SensorSpan[];
  batches: AsyncIterable<ReadingBatch>;
  notes: SourceNotes;
  writeText: (text: string) => Promise<void>;
}

/** Writes what the source has as one file of values in long form, until the source or the part is at its end. */
export async function runExtractReadings(
  _params: unknown,
  data: ExtractReadingsData,
  tools: Pick<RunTools, "signal" | "onProgress" | "log">,
): Promise<ExtractReadingsResult> {
  data.notes.listen(tools.log);
  const reached = new Map(data.spans.map(({ code, afterMs }) => [code, afterMs]));
  const counts = new Map<string, number>();
  const part = { readings: 0, requests: 0, fromMs: Infinity, toMs: -Infinity, isComplete: true };
  await data.writeText(`${READING_FILE_COLUMNS.map(({ name }) => name).join(",")}\n`);
  tools.onProgress(0, "Asking the source");
  for await (const batch of data.batches) {
    tools.signal.throwIfAborted();
    if (batch.readings.length > 0) await data.writeText(batch.readings.map(lineOf).join(""));
    for (const { observedProperty, atMs } of batch.readings) {
      counts.set(observedProperty, (counts.get(observedProperty) ?? 0) + 1);
      part.fromMs = Math.min(part.fromMs, atMs);
      part.toMs = Math.max(part.toMs, atMs);
    }
    part.readings += batch.readings.length;
    part.requests += 1;
    for (const { sensorCode, atMs } of batch.reached) {
      reached.set(sensorCode, Math.max(reached.get(sensorCode) ?? atMs, atMs));
    }
    tools.onProgress(shareRead(reached, data.spans));
    // Only where a part can go on from: else it would read the same pages for ever.
    const mayEnd = batch.reached.length > 0;
    if (mayEnd && (part.readings >= READINGS_PER_PART || part.requests >= REQUESTS_PER_PART)) {
      part.isComplete = data.spans.every(({ code, untilMs }) => (reached.get(code) ?? 0) >= untilMs);
      break;
    }
  }
  tools.log("info", `${part.readings} readings in ${part.requests} answers of the source.`);
  const moved = data.spans.filter(({ code, afterMs }) => (reached.get(code) ?? 0) > afterMs);
  return {
    sensorCount: data.spans.length,
    readingCount: part.readings,
    requestCount: part.requests,
    fromMs: part.readings > 0 ? part.fromMs : null,
    toMs: part.readings > 0 ? part.toMs : null,
    reached: moved.map(({ code, afterMs }) => ({ key: code, reachedAtMs: reached.get(code) ?? afterMs })),
    isComplete: part.isComplete,
    byProperty: [...counts].map(([observedProperty, readings]) => ({ observedProperty, readings })),
    artifactId: null,
  };
}

function shareRead(reached: ReadonlyMap<string, number>, spans: readonly SensorSpan[]): number {
  let [doneMs, askedMs] = [0, 0];
  for (const { code, afterMs, untilMs } of spans) {
    doneMs += Math.min(untilMs, reached.get(code) ?? afterMs) - afterMs;
    askedMs += untilMs - afterMs;
  }
  return askedMs > 0 ? doneMs / askedMs : 1;
}

function lineOf({ sensorCode, observedProperty, atMs, value, unit }: SourceReading): string {
  return `${[sensorCode, observedProperty, new Date(atMs).toISOString(), value, unit].map(csvCell).join(",")}\n`;
}
