import type { ViewSpec } from "#lib/charts/spec";
import { formatDuration } from "#lib/format/durations";
import type { CheckNetworkResult } from "./schema.ts";

const SHOWN_MAX = 200;

/** What each check could judge and found, and the strongest spans. */
export function viewCheckNetwork({ seriesCount, byCheck, flags }: CheckNetworkResult): ViewSpec[] {
  const shown = flags.toSorted((a, b) => b.score - a.score || a.startAtMs - b.startAtMs).slice(0, SHOWN_MAX);
  const flagged = new Set(flags.map(({ datastreamId }) => datastreamId)).size;
  return [
    {
      kind: "metrics",
      metrics: {
        items: [
          { label: "Datastreams compared", value: seriesCount, decimals: 0 },
          { label: "With a flag", value: flagged, decimals: 0, tone: flagged > 0 ? "suspect" : "good" },
          { label: "Spans", value: flags.length, decimals: 0 },
        ],
      },
    },
    {
      kind: "table",
      table: {
        title: "Checks",
        caption: "datastreams that could be judged, and what was found",
        columns: [
          { key: "check", label: "Check" },
          { key: "judged", label: "Judged", align: "right" },
          { key: "series", label: "With a flag", align: "right" },
          { key: "spans", label: "Spans", align: "right" },
        ],
        rows: byCheck.map(({ check, judged, series, spans }) => ({ check, judged, series, spans })),
      },
    },
    {
      kind: "table",
      table: {
        title: "Flagged spans",
        caption: shown.length < flags.length ? `the ${shown.length} strongest of ${flags.length}` : "strongest first",
        columns: [
          { key: "sensor", label: "Sensor" },
          { key: "quantity", label: "Quantity" },
          { key: "check", label: "Check" },
          { key: "start", label: "From (UTC)" },
          { key: "length", label: "For" },
          { key: "reason", label: "Reason" },
        ],
        rows: shown.map((flag) => ({
          sensor: flag.sensorCode,
          quantity: flag.observedProperty,
          check: flag.check,
          start: new Date(flag.startAtMs).toISOString().slice(0, 16).replace("T", " "),
          length: formatDuration((flag.endAtMs - flag.startAtMs) / 1000),
          reason: flag.reason,
        })),
      },
    },
  ];
}
