import type { ViewSpec } from "#lib/charts/spec";
import type { ApplyControlModelResult } from "./schema.ts";

const START_MS = Date.UTC(2001, 0, 1);
const MINUTE_MS = 60_000;

export function viewApplyControlModel({
  days,
  stepMin,
  tariffName,
  controlledSegments,
}: ApplyControlModelResult): ViewSpec[] {
  const line = (id: string, label: string, kind: "observed" | "reference", v: number[]) => ({
    id,
    label,
    kind,
    unit: "kW",
    points: { t: v.map((_, step) => START_MS + step * stepMin * MINUTE_MS), v },
  });
  return [
    {
      kind: "metrics",
      metrics: {
        items: days.flatMap(({ dayType, peakKw, energyKwh }) => [
          {
            label: `Peak, ${dayType}`,
            value: peakKw.controlled,
            unit: "kW",
            decimals: 0,
            note: `uncontrolled ${peakKw.uncontrolled.toFixed(0)} kW`,
          },
          { label: `Energy, ${dayType}`, value: energyKwh, unit: "kWh", decimals: 0, note: "as without control" },
        ]),
      },
    },
    { kind: "note", note: { tone: "info", text: `Managed under ${tariffName}: ${controlledSegments.join(", ")}.` } },
    ...days.map(({ dayType, uncontrolledKw, controlledKw, segments }): ViewSpec => ({
      kind: "series",
      chart: {
        title: `Load on a ${dayType}`,
        caption: `${stepMin} min means`,
        unit: "kW",
        timeZone: "UTC",
        xRange: null,
        yFromZero: true,
        series: [
          line("controlled", "Controlled, total", "observed", controlledKw),
          line("uncontrolled", "Uncontrolled, total", "reference", uncontrolledKw),
          ...segments
            .filter(({ isControlled }) => isControlled)
            .map(({ segment, label, loadKw }) => line(segment, `${label}, controlled`, "reference", loadKw)),
        ],
        flags: [],
        limits: [],
      },
    })),
  ];
}
