import type { BarsSpec, NoteSpec, TableSpec, Tone, ViewSpec } from "#lib/charts/spec";
import { formatDuration } from "#lib/format/durations";
import { FLAG_LABELS } from "#lib/sensors/core/flag";
import type { CheckedSpan, CheckName, RangeStepStuckResult } from "./schema.ts";

const CHECK_LABELS: Readonly<Record<CheckName, string>> = {
  range: "Out of range",
  spike: "Spike",
  step: "Step",
  stuck: "Stuck",
  gap: "Missing",
  late: "Late",
  silent: "Silent at the end",
  attenuated: "Attenuated",
  battery: "Battery low",
};
const CHECK_TONES: Readonly<Record<CheckName, Tone>> = {
  range: "fault",
  spike: "suspect",
  step: "suspect",
  stuck: "fault",
  gap: "silent",
  late: "silent",
  silent: "silent",
  attenuated: "suspect",
  battery: "suspect",
};
const SPANS_SHOWN_MAX = 200;

function spanTable(result: RangeStepStuckResult): TableSpec {
  const summaries = new Map(result.series.map((series) => [series.datastreamId, series]));
  const rank = (span: CheckedSpan) => (span.flag === 4 ? 2 : span.flag === 3 ? 1 : 0);
  const ordered = [...result.flags].sort((a, b) => rank(b) - rank(a) || b.pointCount - a.pointCount);
  const shown = ordered.slice(0, SPANS_SHOWN_MAX);
  return {
    title: "Flagged spans",
    caption: shown.length < ordered.length ? `the ${shown.length} strongest of ${ordered.length}` : "strongest first",
    columns: [
      { key: "sensor", label: "Sensor" },
      { key: "quantity", label: "Quantity" },
      { key: "check", label: "Check" },
      { key: "flag", label: "Flag" },
      { key: "start", label: "From (UTC)" },
      { key: "length", label: "For" },
      { key: "points", label: "Values", align: "right" },
      { key: "reason", label: "Reason" },
    ],
    rows: shown.map((span) => ({
      sensor: summaries.get(span.datastreamId)?.sensorCode ?? span.datastreamId,
      quantity: summaries.get(span.datastreamId)?.observedProperty ?? null,
      check: CHECK_LABELS[span.check],
      flag: FLAG_LABELS[span.flag],
      start: new Date(span.startAtMs).toISOString().slice(0, 16).replace("T", " "),
      length: formatDuration((span.endAtMs - span.startAtMs) / 1000),
      points: span.pointCount,
      reason: span.reason,
    })),
  };
}

function checkBars(result: RangeStepStuckResult): BarsSpec {
  return {
    title: "Datastreams by check",
    caption: "with at least one flagged span",
    unit: "datastreams",
    labelTitle: "Check",
    bars: result.byCheck.map(({ check, series }) => ({
      label: CHECK_LABELS[check],
      value: series,
      tone: CHECK_TONES[check],
    })),
  };
}

/** Says which datastreams were not fully checked; silence about them would read as "good". */
function notEvaluatedNote(result: RangeStepStuckResult): NoteSpec | null {
  const short = result.series.filter((series) => series.notEvaluated.includes("step")).length;
  const unknown = result.series.filter((series) => series.notEvaluated.includes("range")).length;
  if (short + unknown === 0) return null;
  const parts = [];
  if (short > 0) parts.push(`${short} without spike and step (under 100 changes, or a quantity that jumps by nature)`);
  if (unknown > 0) parts.push(`${unknown} without range (no limits known for the quantity in its unit)`);
  return { tone: "info", title: "Not evaluated", text: `Datastreams checked in part: ${parts.join("; ")}.` };
}

/** Figures, counts by check and the flagged spans with their reasons. */
export function viewRangeStepStuck(result: RangeStepStuckResult): ViewSpec[] {
  const affected = result.series.filter((series) => series.shareFlagged > 0).length;
  const note = notEvaluatedNote(result);
  return [
    {
      kind: "metrics",
      metrics: {
        items: [
          { label: "Datastreams checked", value: result.seriesCount, decimals: 0 },
          { label: "Values checked", value: result.points, decimals: 0 },
          { label: "Values flagged", value: result.shareFlagged * 100, unit: "%", decimals: 2 },
          {
            label: "Datastreams flagged",
            value: affected,
            decimals: 0,
            tone: affected > 0 ? "suspect" : "good",
            note: "range, spike, step or stuck",
          },
        ],
      },
    },
    { kind: "bars", bars: checkBars(result) },
    { kind: "table", table: spanTable(result) },
    ...(note === null ? [] : [{ kind: "note" as const, note }]),
  ];
}
