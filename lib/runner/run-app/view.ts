import type { ViewSpec } from "#lib/charts/spec";
import type { RunAppResult } from "./schema.ts";

export function viewRunApp(result: RunAppResult): ViewSpec[] {
  const { output, durationS, cpuS, peakMemoryBytes, peakDiskBytes, packages, python } = result;
  return [
    {
      kind: "metrics",
      metrics: {
        items: [
          { label: "Output", value: output.sizeBytes / 1e6, unit: "MB", decimals: 2 },
          { label: "Files in it", value: output.fileCount, decimals: 0 },
          { label: "Ran for", value: durationS, unit: "s", decimals: 1 },
          { label: "Processor time", value: cpuS, unit: "s", decimals: 1 },
          { label: "Peak memory", value: inMb(peakMemoryBytes), unit: "MB", decimals: 0 },
          { label: "Peak disk", value: inMb(peakDiskBytes), unit: "MB", decimals: 1 },
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

const inMb = (bytes: number | null) => (bytes === null ? null : bytes / 1e6);
