import type { ViewSpec } from "#lib/charts/spec";
import { countOf } from "#lib/format/lists";
import { findUnit } from "#lib/units/convert";
import { findObservedProperty } from "#lib/units/observed-properties";
import { FAULT_WORDS } from "../faults/core/fault-words.ts";
import type { FaultModel } from "./schema.ts";

const percent = (share: number) => `${Math.round(share * 100)} %`;
const day = (ms: number) => new Date(ms).toISOString().slice(0, 10);

/** The model card: data, window, what it changed, how good it is on labels it had not seen, and its threshold. */
export function viewFaultModel(model: FaultModel): ViewSpec[] {
  const { labelCount, sensorCount, window, confidenceMin, kinds } = model;
  const span = window ? `${day(window.fromMs)} to ${day(window.toMs)}` : "none";
  const [before, after] = [weigh(kinds, "lossBefore"), weigh(kinds, "lossAfter")];
  return [
    {
      kind: "metrics",
      metrics: {
        items: [
          { label: "Reviewed faults", value: labelCount, decimals: 0 },
          { label: "Sensors", value: sensorCount, decimals: 0 },
          { label: "Faults of", value: span },
          { label: "Loss before", value: labelCount > 0 ? before : null, decimals: 3 },
          {
            label: "Loss with the model",
            value: labelCount > 0 ? after : null,
            decimals: 3,
            note: "on reviews it had not seen",
          },
          { label: "Shown from a confidence of", value: percent(confidenceMin) },
        ],
      },
    },
    { kind: "note", note: { title: "What it is", text: wordsOf(model, before, after) } },
    networksTable(model),
    {
      kind: "table",
      table: {
        title: "What it changed",
        caption: "by cause",
        columns: [
          { key: "kind", label: "Cause" },
          { key: "confirmed", label: "Confirmed", align: "right" },
          { key: "disputed", label: "Disputed", align: "right" },
          { key: "before", label: "Confidence before", align: "right" },
          { key: "after", label: "Confidence now", align: "right" },
          { key: "lossBefore", label: "Loss before", align: "right", decimals: 3 },
          { key: "lossAfter", label: "Loss now", align: "right", decimals: 3 },
          { key: "shift", label: "Shift", unit: "log-odds", align: "right", decimals: 2 },
        ],
        rows: kinds.map((kind) => ({
          kind: FAULT_WORDS[kind.kind],
          confirmed: kind.confirmed,
          disputed: kind.disputed,
          before: percent(kind.confidenceBefore),
          after: percent(kind.confidenceAfter),
          lossBefore: kind.lossBefore,
          lossAfter: kind.lossAfter,
          shift: kind.shift,
        })),
      },
    },
  ];
}

/** What it knows of the sensors of each network. */
function networksTable({ networks, learnedFrom }: FaultModel): ViewSpec {
  const of = learnedFrom ? `readings of ${day(learnedFrom.fromMs)} to ${day(learnedFrom.toMs)}` : "no readings";
  return {
    kind: "table",
    table: {
      title: "What is usual",
      caption: of,
      columns: [
        { key: "property", label: "Observed property" },
        { key: "datastreams", label: "Datastreams", align: "right" },
        { key: "learned", label: "Known", align: "right" },
        { key: "unit", label: "Judged in" },
        { key: "night", label: "Usual deviation, 3 h UTC", align: "right", decimals: 2 },
        { key: "noon", label: "Usual deviation, 12 h UTC", align: "right", decimals: 2 },
        { key: "levelSd", label: "Level wanders by", align: "right", decimals: 2 },
      ],
      rows: networks.map(({ observedProperty, datastreams, learned, sigmaByHour, levelSd }) => ({
        property: findObservedProperty(observedProperty)?.label ?? observedProperty,
        datastreams,
        learned,
        unit:
          observedProperty === "illuminance"
            ? "logarithm"
            : (findUnit(findObservedProperty(observedProperty)?.canonicalUnit ?? "")?.label ?? ""),
        night: sigmaByHour[3]!,
        noon: sigmaByHour[12]!,
        levelSd,
      })),
    },
  };
}

function weigh(kinds: FaultModel["kinds"], loss: "lossBefore" | "lossAfter"): number {
  const total = kinds.reduce((sum, { confirmed, disputed }) => sum + confirmed + disputed, 0);
  return kinds.reduce((sum, kind) => sum + kind[loss] * (kind.confirmed + kind.disputed), 0) / Math.max(1, total);
}

function wordsOf(model: FaultModel, before: number, after: number): string {
  const known = Object.keys(model.habits).length;
  const habits = known > 0 ? ` It knows what ${countOf(known, "datastream")} of networks usually show.` : "";
  return `${confidenceWords(model, before, after)}${habits}`;
}

function confidenceWords({ labelCount, confidenceMin }: FaultModel, before: number, after: number): string {
  if (labelCount === 0) return "Nobody has confirmed or disputed a fault yet, so it trusts each cause as published.";
  const gain = after < before ? "predicts them better than the published one" : "does not predict them better yet";
  const threshold =
    confidenceMin > 0
      ? `Faults below ${percent(confidenceMin)} are left out: of the thresholds tried, this one had the best F1 on them.`
      : "No fault is left out: there are fewer than twenty reviews, or leaving some out did not help.";
  return `Learned from ${countOf(labelCount, "review")}; on reviews it had not seen it ${gain}. ${threshold}`;
}
