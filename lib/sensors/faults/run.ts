import type { RunTools } from "#lib/algorithms/define";
import { detectFaults, type DetectorInput } from "../detector/detect-faults.ts";
import { DETECTOR_MODES, type DetectorResult, FAULT_KINDS } from "../detector/types.ts";
import type { BlockSeries } from "../blocks/split-blocks.ts";
import { shifted } from "../models/core/train-model.ts";
import { confidenceOf } from "./core/confidence.ts";
import { faultSentence } from "./core/fault-words.ts";
import { type JoinedSpan, joinSpans } from "./core/join-spans.ts";
import { layGrid } from "./core/lay-grid.ts";
import { thinEvidence } from "./core/thin-evidence.ts";
import type { DetectFaultsData, DetectFaultsParams, DetectFaultsResult, FoundFault } from "./schema.ts";

/** A datastream with more faults than this is broken throughout; the most certain are kept. */
const FAULTS_PER_SERIES_MAX = 20;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Judges block after block; only what was found is kept, so memory is that of one block. */
export async function runDetectFaults(
  _params: DetectFaultsParams,
  data: DetectFaultsData,
  tools: Pick<RunTools, "signal" | "onProgress" | "log">,
): Promise<DetectFaultsResult> {
  const faults: FoundFault[] = [];
  const judged: DetectFaultsResult["judged"] = [];
  const modes = new Map(DETECTOR_MODES.map((mode) => [mode, { mode, series: 0, faults: 0 }]));
  let points = 0;
  let done = 0;
  for await (const { series, stepMs } of data.blocks) {
    tools.signal.throwIfAborted();
    const input = withHabits(layGrid(series, stepMs), data.model);
    const results = input.timestamps.length === 0 ? [] : detectFaults(input);
    results.forEach((result, i) => {
      const own = series[i]!;
      if (own.times.length === 0) return;
      const found = faultsOf({ input, own, channel: i, result, model: data.model });
      faults.push(...found);
      points += own.times.length;
      judged.push({ datastreamId: own.datastreamId, fromMs: own.times[0]!, toMs: own.times.at(-1)! });
      const mode = modes.get(result.mode)!;
      mode.series++;
      mode.faults += found.length;
    });
    tools.onProgress(++done / Math.max(1, data.blockCount), "Judging sensors");
  }
  tools.log("info", `Judged ${points} values of ${judged.length} datastreams: ${faults.length} faults.`);
  const byKind = FAULT_KINDS.map((kind) => ({ kind, faults: faults.filter((fault) => fault.kind === kind).length }));
  const { unchangedCount } = data;
  return { seriesCount: judged.length, points, unchangedCount, byMode: [...modes.values()], byKind, judged, faults };
}

function withHabits(input: DetectorInput, model: DetectFaultsData["model"]): DetectorInput {
  if (!model) return input;
  return { ...input, channels: input.channels.map((channel) => ({ ...channel, habits: model.habits[channel.id] })) };
}

interface Judged {
  input: DetectorInput;
  own: BlockSeries;
  channel: number;
  result: DetectorResult;
  model: DetectFaultsData["model"];
}

function faultsOf(judged: Judged): FoundFault[] {
  const { timestamps } = judged.input;
  const stepMs = timestamps.length > 1 ? timestamps[1]! - timestamps[0]! : HOUR_MS;
  const joined = joinSpans(judged.result.spans, DAY_MS / stepMs);
  const strongest = joined.toSorted((a, b) => b.score - a.score).slice(0, FAULTS_PER_SERIES_MAX);
  return strongest
    .map((span) => toFault(judged, span))
    .filter(({ confidence }) => confidence >= (judged.model?.confidenceMin ?? 0))
    .sort((a, b) => a.beginAtMs - b.beginAtMs);
}

function toFault({ input, own, channel, result, model }: Judged, span: JoinedSpan): FoundFault {
  const { timestamps } = input;
  const stepMs = timestamps.length > 1 ? timestamps[1]! - timestamps[0]! : HOUR_MS;
  const beginAtMs = own.times.find((time) => time >= timestamps[span.startIndex]!) ?? timestamps[span.startIndex]!;
  const rowEndMs = timestamps[span.endIndex - 1]! + stepMs;
  const endAtMs = Math.max(beginAtMs, own.times.findLast((time) => time < rowEndMs) ?? beginAtMs);
  const { kind } = span;
  const confidence = shifted(confidenceOf(result.mode, span.score), model?.shifts[kind] ?? 0);
  const magnitude = Number.isFinite(span.magnitude) ? span.magnitude : null;
  const unit = kind === "clock_shift" ? "h" : kind === "scale" ? "" : own.unit;
  const { datastreamId, sensorId, sensorCode, observedProperty } = own;
  return {
    ...{ datastreamId, sensorId, sensorCode, observedProperty, kind, mode: result.mode, beginAtMs, endAtMs },
    isOpen: endAtMs >= own.times.at(-1)!,
    ...{ pointCount: span.rowCount, magnitude, unit, score: span.score, confidence },
    priority: (confidence * span.rowCount * stepMs) / HOUR_MS,
    reason: faultSentence({ kind, mode: result.mode, magnitude, unit, durationS: (endAtMs - beginAtMs) / 1000 }),
    evidence: thinEvidence({ input, channel, result, span }),
  };
}
