import type { ChartSeries, ViewSpec } from "#lib/charts/spec";
import { countOf } from "#lib/format/lists";
import type { OptimiseChargingResult } from "./schema.ts";

/** The time axis of a day without a date. */
const START_MS = Date.UTC(2001, 0, 1);
const SLOT_MS = 900_000;

const RULE_LABELS: Record<OptimiseChargingResult["baselines"][number]["rule"], string> = {
  uncontrolled: "Uncontrolled",
  "first-come": "First come, first served",
  "earliest-deadline": "Earliest departure first",
  "least-laxity": "Least slack first",
  "equal-share": "Equal shares",
};
const REASONS = {
  window: "Its stay is too short at full power.",
  limit: "The site’s limit leaves no room.",
  both: "Its stay is too short, and the limit leaves no room.",
};

export function viewOptimiseCharging(result: OptimiseChargingResult): ViewSpec[] {
  const { notes, unmet } = result;
  return [
    metrics(result),
    { kind: "note", note: { tone: "info", title: "How good it is", text: certificateWords(result) } },
    ...notes.map((text): ViewSpec => ({ kind: "note", note: { tone: "info", text } })),
    loadChart(result),
    comparison(result),
    ...(unmet.length > 0 ? [unmetTable(result)] : []),
    priceChart(result),
  ];
}

function metrics({ managed, baselines, sessionCount, requestedKwh }: OptimiseChargingResult): ViewSpec {
  const before = baselines.find(({ rule }) => rule === "uncontrolled");
  const was = (value: number | undefined, unit: string, decimals: number) =>
    value === undefined ? {} : { note: `uncontrolled ${value.toFixed(decimals)} ${unit}` };
  return {
    kind: "metrics",
    metrics: {
      items: [
        { label: "Cost of the day", value: managed.costUsd, unit: "$", decimals: 2, ...was(before?.costUsd, "$", 2) },
        { label: "Peak", value: managed.peakKw, unit: "kW", decimals: 1, ...was(before?.peakKw, "kW", 1) },
        {
          label: "Delivered",
          value: managed.deliveredKwh,
          unit: "kWh",
          decimals: 1,
          note: `of ${requestedKwh.toFixed(1)} kWh asked for`,
        },
        { label: "Sessions", value: sessionCount, decimals: 0 },
        {
          label: "Sessions not fully met",
          value: managed.unmetSessions,
          decimals: 0,
          tone: managed.unmetSessions > 0 ? "suspect" : "good",
        },
      ],
    },
  };
}

function certificateWords({ certificate, managed, fixedUsdPerMonth }: OptimiseChargingResult): string {
  const { boundUsd, relativeGap, evennessGap, solverUsd } = certificate;
  const bound = `No schedule that delivers as much costs less than ${boundUsd.toFixed(6)} $ (gap ${gapOf(relativeGap)}).`;
  const even =
    evennessGap < 1e-6
      ? "Of all cheapest loads this is the most even one."
      : `Of all cheapest loads a more even one may exist: its sum of squares is at most ${gapOf(evennessGap)} smaller.`;
  const solver =
    solverUsd === null
      ? ""
      : ` HiGHS finds ${solverUsd.toFixed(6)} $ for the whole program, ours is ${managed.costUsd.toFixed(6)} $.`;
  const fee = fixedUsdPerMonth > 0 ? ` The subscription adds ${fixedUsdPerMonth.toFixed(2)} $ a month.` : "";
  return `${bound} ${even}${solver}${fee}`;
}

const gapOf = (share: number) => (share === 0 ? "0" : share.toExponential(1));

function line(id: string, label: string, kind: ChartSeries["kind"], v: number[], unit = "kW"): ChartSeries {
  return { id, label, kind, unit, points: { t: v.map((_, slot) => START_MS + slot * SLOT_MS), v } };
}

function loadChart({ managed, baselines, capKw }: OptimiseChargingResult): ViewSpec {
  return {
    kind: "series",
    chart: {
      title: "Load",
      caption: "15 min means, local time",
      unit: "kW",
      timeZone: "UTC",
      xRange: null,
      yFromZero: true,
      series: [
        line("managed", "Managed", "observed", managed.loadKw),
        ...baselines.map(({ rule, loadKw }) => line(rule, RULE_LABELS[rule], "reference", loadKw)),
      ],
      flags: [],
      limits: capKw === null ? [] : [{ value: capKw, label: "Site limit" }],
    },
  };
}

function priceChart({ priceUsdPerKwh, tariffName }: OptimiseChargingResult): ViewSpec {
  return {
    kind: "series",
    chart: {
      title: "Energy price",
      caption: tariffName,
      unit: "$/kWh",
      timeZone: "UTC",
      xRange: null,
      yFromZero: true,
      series: [line("price", "Price", "observed", priceUsdPerKwh, "$/kWh")],
      flags: [],
      limits: [],
    },
  };
}

function comparison({ managed, baselines, demandLabels }: OptimiseChargingResult): ViewSpec {
  const row = (label: string, limitKw: number | null, figures: OptimiseChargingResult["managed"]) => ({
    rule: label,
    limit: limitKw,
    cost: figures.costUsd,
    energy: figures.energyUsd,
    ...Object.fromEntries(figures.demandUsd.map((usd, j) => [`demand${j}`, usd])),
    peak: figures.peakKw,
    delivered: figures.deliveredKwh,
    unmet: figures.unmetSessions,
  });
  const usd = { unit: "$", align: "right", decimals: 2 } as const;
  return {
    kind: "table",
    table: {
      title: "Against rules of thumb",
      caption: "Rules without a site limit keep to the managed peak",
      columns: [
        { key: "rule", label: "Rule" },
        { key: "limit", label: "Limit", unit: "kW", align: "right", decimals: 1 },
        { key: "cost", label: "Cost", ...usd },
        { key: "energy", label: "Energy", ...usd },
        ...demandLabels.map((label, j) => ({ key: `demand${j}`, label: `Demand, ${label}`, ...usd })),
        { key: "peak", label: "Peak", unit: "kW", align: "right", decimals: 1 },
        { key: "delivered", label: "Delivered", unit: "kWh", align: "right", decimals: 1 },
        { key: "unmet", label: "Not fully met", align: "right", decimals: 0 },
      ],
      rows: [
        row("Managed", null, managed),
        ...baselines.map((baseline) => row(RULE_LABELS[baseline.rule], baseline.limitKw, baseline)),
      ],
    },
  };
}

function unmetTable({ unmet, managed }: OptimiseChargingResult): ViewSpec {
  return {
    kind: "table",
    table: {
      title: "Energy that cannot be delivered",
      caption: `${countOf(managed.unmetSessions, "session")}, ${managed.unmetKwh.toFixed(1)} kWh`,
      columns: [
        { key: "session", label: "Session", align: "right", decimals: 0 },
        { key: "arrival", label: "Arrives" },
        { key: "departure", label: "Leaves" },
        { key: "asked", label: "Asked for", unit: "kWh", align: "right", decimals: 2 },
        { key: "unmet", label: "Missing", unit: "kWh", align: "right", decimals: 2 },
        { key: "reason", label: "Why" },
      ],
      rows: unmet.map((session) => ({
        session: session.session,
        arrival: session.arrival,
        departure: session.departure,
        asked: session.requestedKwh,
        unmet: session.unmetKwh,
        reason: REASONS[session.reason],
      })),
    },
  };
}
