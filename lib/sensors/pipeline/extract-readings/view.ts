import type { ViewSpec } from "#lib/charts/spec";
import type { ExtractReadingsResult } from "./schema.ts";

export function viewExtractReadings(result: ExtractReadingsResult): ViewSpec[] {
  const { sensorCount, readingCount, requestCount, isComplete, byProperty } = result;
  const day = (ms: number | null) => (ms === null ? "none" : new Date(ms).toISOString().slice(0, 16).replace("T", " "));
  return [
    {
      kind: "metrics",
      metrics: {
        items: [
          { label: "Readings", value: readingCount, decimals: 0 },
          { label: "Sensors asked for", value: sensorCount, decimals: 0 },
          {
            label: "Answers",
            value: requestCount,
            decimals: 0,
            ...(isComplete ? {} : { note: "more in the next part" }),
          },
          { label: "Oldest (UTC)", value: day(result.fromMs) },
          { label: "Newest (UTC)", value: day(result.toMs) },
        ],
      },
    },
    {
      kind: "bars",
      bars: {
        title: "Readings by quantity",
        unit: "readings",
        labelTitle: "Quantity",
        bars: byProperty.map(({ observedProperty, readings }) => ({ label: observedProperty, value: readings })),
      },
    },
  ];
}
