import type { ViewSpec } from "#lib/charts/spec";
import { formatBytes } from "#lib/format/bytes";
import type { RunAppResult } from "./schema.ts";

export function viewRunApp(result: RunAppResult): ViewSpec[] {
  const { output, durationS, cpuS, peakMemoryBytes, peakDiskBytes, packages, python } = result;
  return [
    {
      kind: "metrics",
      metrics: {
        items: [
          { label: "Output", value: formatBytes(output.sizeBytes) },
          { label: "Files in it", value: output.fileCount, decimals: 0 },
          { label: "Ran for", value: durationS, unit: "s", decimals: 1 },
          { label: "Processor time", value: cpuS, unit: "s", decimals: 1 },
          { label: "Peak memory", value: formatBytes(peakMemoryBytes) },
          { label: "Peak disk", value: formatBytes(peakDiskBytes) },
          {
            label: "Python",
            value: python,
            note: packages.length === 0 ? "no packages" : `${packages.length} packages`,
          },
        ],
      },
    },
  ];
}
