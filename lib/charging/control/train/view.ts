import type { ViewSpec } from "#lib/charts/spec";
import { formatNumber } from "#lib/format/numbers";
import type { ControlModel } from "./schema.ts";

const START_MS = Date.UTC(2001, 0, 1);
const SLOT_MS = 900_000;

/** The model card: what it learned from, how well it does on days it had not seen. */
export function viewControlModel({ tariffName, alpha, card }: ControlModel): ViewSpec[] {
  const { heldOut, meanPeakKw, meanLoadKw } = card;
  const line = (id: string, label: string, kind: "observed" | "reference", v: number[]) => ({
    id,
    label,
    kind,
    unit: "kW",
    points: { t: v.map((_, slot) => START_MS + slot * SLOT_MS), v },
  });
  return [
    {
      kind: "metrics",
      metrics: {
        items: [
          { label: "Tariff", value: tariffName },
          { label: "Days learned from", value: card.days, decimals: 0 },
          { label: "Held-out R²", value: heldOut.r2, decimals: 3, note: `${heldOut.pairs} days it had not seen` },
          {
            label: "Held-out error, root mean square",
            value: Math.sqrt(heldOut.mse),
            decimals: 4,
            note: "of the peak",
          },
          { label: "Largest held-out error", value: heldOut.errorMax, decimals: 3, note: "of the peak" },
          { label: "Penalty α", value: alpha, decimals: 3 },
          {
            label: "Mean peak, controlled",
            value: meanPeakKw.controlled,
            unit: "kW",
            decimals: 1,
            note: `uncontrolled ${meanPeakKw.uncontrolled.toFixed(1)} kW`,
          },
        ],
      },
    },
    { kind: "note", note: { title: "What it is", text: wordsOf(card) } },
    {
      kind: "series",
      chart: {
        title: "Mean day",
        caption: "15 min means, local time",
        unit: "kW",
        timeZone: "UTC",
        xRange: null,
        yFromZero: true,
        series: [
          line("controlled", "Controlled", "observed", meanLoadKw.controlled),
          line("uncontrolled", "Uncontrolled", "reference", meanLoadKw.uncontrolled),
        ],
        flags: [],
        limits: [],
      },
    },
    {
      kind: "table",
      table: {
        title: "Penalties tried",
        caption: "five-fold cross-validation",
        columns: [
          { key: "alpha", label: "α", align: "right", decimals: 3 },
          { key: "mse", label: "Mean squared error", align: "right", decimals: 6 },
        ],
        rows: card.alphaErrors,
      },
    },
  ];
}

function wordsOf({ days, sessionsPerDay, sessionsKnown, source, heldOut }: ControlModel["card"]): string {
  const what = `${days} days of ${sessionsPerDay} sessions each, drawn from ${formatNumber(sessionsKnown)} of “${source}” and optimised.`;
  const use =
    "It maps a day’s uncontrolled load to the load that control would make of it; energy is kept and no load is negative.";
  const worth =
    heldOut.r2 > 0.5 ? "" : " It explains little of the days it had not seen: learn from more days or more sessions.";
  return `${what} ${use}${worth}`;
}
