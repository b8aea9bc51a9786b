import type { TableSpec, ViewSpec } from "#lib/charts/spec";
import { formatDuration } from "#lib/format/durations";
import { FAULT_WORDS, MODE_WORDS } from "./core/fault-words.ts";
import type { DetectFaultsResult } from "./schema.ts";

const SHOWN_MAX = 200;

/** Figures, faults by cause, and the faults that weigh most. */
export function viewDetectFaults(result: DetectFaultsResult): ViewSpec[] {
  const sensors = new Set(result.faults.filter(({ isOpen }) => isOpen).map(({ sensorId }) => sensorId)).size;
  const bars = result.byKind.filter(({ faults }) => faults > 0);
  const items = [
    { label: "Datastreams judged", value: result.seriesCount, decimals: 0 },
    { label: "Values judged", value: result.points, decimals: 0 },
    ...(result.unchangedCount > 0
      ? [
          {
            label: "Sensors without anything new",
            value: result.unchangedCount,
            decimals: 0,
            note: "kept as they were",
          },
        ]
      : []),
    { label: "Faults", value: result.faults.length, decimals: 0 },
    {
      label: "Sensors at fault now",
      value: sensors,
      decimals: 0,
      tone: sensors > 0 ? ("fault" as const) : ("good" as const),
    },
    ...result.byMode
      .filter(({ series }) => series > 0)
      .map(({ mode, series }) => ({ label: MODE_LABELS[mode], value: series, decimals: 0, note: "datastreams" })),
  ];
  return [
    { kind: "metrics", metrics: { items } },
    ...(bars.length === 0
      ? []
      : [
          {
            kind: "bars" as const,
            bars: {
              title: "Faults by cause",
              unit: "faults",
              labelTitle: "Cause",
              bars: bars.map(({ kind, faults }) => ({
                label: FAULT_WORDS[kind],
                value: faults,
                tone: "fault" as const,
              })),
            },
          },
        ]),
    { kind: "table", table: faultTable(result) },
  ];
}

const MODE_LABELS: Record<DetectFaultsResult["byMode"][number]["mode"], string> = {
  network_temperature: "Temperature against neighbours",
  network_light: "Light against neighbours",
  single: "By own history",
};

function faultTable({ faults }: DetectFaultsResult): TableSpec {
  const ordered = faults.toSorted((a, b) => b.priority - a.priority);
  const shown = ordered.slice(0, SHOWN_MAX);
  return {
    title: "Faults",
    caption: shown.length < ordered.length ? `the ${shown.length} heaviest of ${ordered.length}` : "heaviest first",
    columns: [
      { key: "sensor", label: "Sensor" },
      { key: "quantity", label: "Quantity" },
      { key: "kind", label: "Cause" },
      { key: "begin", label: "From (UTC)" },
      { key: "length", label: "For" },
      { key: "confidence", label: "Confidence", align: "right" },
      { key: "against", label: "Against" },
      { key: "reason", label: "What was seen" },
    ],
    rows: shown.map((fault) => ({
      sensor: fault.sensorCode,
      quantity: fault.observedProperty,
      kind: FAULT_WORDS[fault.kind],
      begin: new Date(fault.beginAtMs).toISOString().slice(0, 16).replace("T", " "),
      length: formatDuration((fault.endAtMs - fault.beginAtMs) / 1000),
      confidence: `${Math.round(fault.confidence * 100)} %`,
      against: MODE_WORDS[fault.mode],
      reason: fault.reason,
    })),
  };
}
