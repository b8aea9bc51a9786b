import type { Tone, ViewSpec } from "#lib/charts/spec";
import { joinList } from "#lib/format/lists";
import { FAULT_WORDS } from "../../faults/core/fault-words.ts";
import type { AnalyseNetworkResult } from "./schema.ts";

const STATE_TONES: Readonly<Record<string, Tone>> = {
  good: "good",
  suspect: "suspect",
  fault: "fault",
  silent: "silent",
};
const NAMED_MAX = 10;

export function viewAnalyseNetwork(result: AnalyseNetworkResult): ViewSpec[] {
  const views: ViewSpec[] = [
    {
      kind: "metrics",
      metrics: {
        items: [
          { label: "Sensors", value: result.sensorCount, decimals: 0 },
          ...result.byState.map(({ state, sensors }) => ({
            label: state.charAt(0).toUpperCase() + state.slice(1),
            value: sensors,
            decimals: 0,
            tone: STATE_TONES[state] ?? ("info" as const),
          })),
        ],
      },
    },
    { kind: "note", note: { title: "Since the last summary", text: changesOf(result) } },
  ];
  if (result.byKind.length > 0) {
    const bars = result.byKind.map(({ kind, sensors }) => ({ label: FAULT_WORDS[kind], value: sensors }));
    views.push({
      kind: "bars",
      bars: { title: "Sensors at fault by cause", unit: "sensors", labelTitle: "Cause", bars },
    });
    views.push({ kind: "table", table: heaviestTable(result) });
  }
  return views;
}

function changesOf({ newlyFaulty, noLongerFaulty }: AnalyseNetworkResult): string {
  if (newlyFaulty === null || noLongerFaulty === null) return "This is the first summary.";
  const parts = [
    newlyFaulty.length > 0 ? `At fault now: ${joinList(newlyFaulty, NAMED_MAX)}.` : "",
    noLongerFaulty.length > 0 ? `No longer at fault: ${joinList(noLongerFaulty, NAMED_MAX)}.` : "",
  ].filter((part) => part !== "");
  return parts.length > 0 ? parts.join(" ") : "No sensor became faulty, none recovered.";
}

function heaviestTable({ heaviest, faultyCodes }: AnalyseNetworkResult): Extract<ViewSpec, { kind: "table" }>["table"] {
  return {
    title: "Open faults",
    caption: `heaviest first, ${faultyCodes.length} sensors`,
    columns: [
      { key: "sensor", label: "Sensor" },
      { key: "quantity", label: "Quantity" },
      { key: "kind", label: "Cause" },
      { key: "since", label: "Since (UTC)" },
      { key: "confidence", label: "Confidence", align: "right" },
    ],
    rows: heaviest.map((fault) => ({
      sensor: fault.sensorCode,
      quantity: fault.observedProperty,
      kind: FAULT_WORDS[fault.kind],
      since: new Date(fault.beginAtMs).toISOString().slice(0, 16).replace("T", " "),
      confidence: `${Math.round(fault.confidence * 100)} %`,
    })),
  };
}
