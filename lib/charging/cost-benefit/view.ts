import type { TableSpec, ViewSpec } from "#lib/charts/spec";
import { formatCompact, formatNumber } from "#lib/format/numbers";
import { CONVENTION_KEYS, CONVENTIONS } from "./core/conventions.ts";
import { COST_TESTS, type CostTestKey } from "./core/cost-tests.ts";
import type { CostBenefitParams, CostBenefitResult } from "./schema.ts";

const MILLION = 1e6;
const TORNADO_ROWS_MAX = 15;
const SHOWN_TEST: CostTestKey = "totalResource";
const ORIGIN_WORDS = { case: "case", default: "default", changed: "changed" } as const;

const inMillions = (usd: number) => usd / MILLION;
const yearAt = (year: number) => Date.UTC(year, 0, 1);

/** Tests, cash flow, what the conventions change, what moves the result, and every assumption with its source. */
export function viewCostBenefit(result: CostBenefitResult, params: CostBenefitParams): ViewSpec[] {
  return [
    metrics(result),
    note(result, params),
    cashFlow(result),
    benefitsAndCosts(result),
    { kind: "table", table: partsTable(result) },
    tornado(result),
    { kind: "table", table: conventionTable(result) },
    { kind: "table", table: differenceTable(result) },
    ...(result.comparison ? [{ kind: "table" as const, table: comparisonTable(result.comparison) }] : []),
    { kind: "table", table: sensitivityTable(result) },
    { kind: "table", table: annualTable(result) },
    { kind: "table", table: assumptionTable(result) },
  ];
}

function metrics({ tests }: CostBenefitResult): ViewSpec {
  const items = tests.map(({ key, netUsd, benefitCostRatio }) => ({
    label: `${COST_TESTS[key].label} test`,
    value: inMillions(netUsd),
    unit: "M$",
    decimals: 1,
    tone: netUsd >= 0 ? ("good" as const) : ("suspect" as const),
    note:
      benefitCostRatio === null ? "no costs" : `benefit-cost ratio ${formatNumber(benefitCostRatio, { decimals: 2 })}`,
  }));
  return { kind: "metrics", metrics: { title: "Net present value", items } };
}

function note(
  { caseName, control, years, assumptions, notes, energyPerVehicleKwh }: CostBenefitResult,
  params: CostBenefitParams,
): ViewSpec {
  const valueOf = (key: string) => assumptions.find((one) => one.key === key)?.value ?? 0;
  const endYear = valueOf("endYear");
  const [first, last] = [energyPerVehicleKwh[0] ?? 0, energyPerVehicleKwh.at(-1) ?? 0];
  const text = [
    `${caseName}${control === "" ? "" : `, ${control}`}, ${years[0]} to ${years.at(-1)}, conventions ${params.preset}.`,
    `After ${endYear} nothing is sold or replaced: the later years are the run-off of the vehicles on the road.`,
    `A vehicle charges ${formatNumber(first, { decimals: 0 })} kWh in the first year and ${formatNumber(last, { decimals: 0 })} in the last.`,
    ...notes,
  ].join(" ");
  return { kind: "note", note: { title: "What it covers", text } };
}

function cashFlow({ tests, years }: CostBenefitResult): ViewSpec {
  return {
    kind: "series",
    chart: {
      ...{ title: "Cash flow by test", caption: "benefits minus costs, not discounted", unit: "M$" },
      ...{ timeZone: "UTC", xRange: null, flags: [], limits: [{ value: 0, label: "0" }] },
      series: tests.map(({ key, cashFlowUsd }) => ({
        ...{ id: key, label: COST_TESTS[key].label, kind: "observed" as const, unit: "M$" },
        points: { t: years.map(yearAt), v: cashFlowUsd.map(inMillions) },
      })),
    },
  };
}

function benefitsAndCosts({ tests }: CostBenefitResult): ViewSpec {
  const bars = tests.flatMap(({ key, benefitsUsd, costsUsd }) => [
    { label: `${COST_TESTS[key].label}: benefits`, value: inMillions(benefitsUsd), tone: "good" as const },
    { label: "costs", value: inMillions(costsUsd), tone: "suspect" as const },
  ]);
  return {
    kind: "bars",
    bars: { title: "Benefits and costs", caption: "present values", unit: "M$", labelTitle: "Test", bars },
  };
}

function partsTable({ tests }: CostBenefitResult): TableSpec {
  return {
    title: "What each test counts",
    caption: "present values",
    columns: [
      { key: "test", label: "Test" },
      { key: "side", label: "Side" },
      { key: "name", label: "What" },
      { key: "value", label: "Present value", unit: "M$", align: "right", decimals: 2 },
    ],
    rows: tests.flatMap(({ key, parts }) =>
      parts.map(({ name, side, presentValueUsd }) => ({
        ...{ test: COST_TESTS[key].label, side, name },
        value: inMillions(presentValueUsd),
      })),
    ),
  };
}

function tornado({ sensitivity, tests }: CostBenefitResult): ViewSpec {
  const span = ({ lowNetUsd, highNetUsd }: CostBenefitResult["sensitivity"][number]) =>
    Math.abs(highNetUsd[SHOWN_TEST] - lowNetUsd[SHOWN_TEST]);
  const ordered = [...sensitivity].sort((a, b) => span(b) - span(a));
  const net = tests.find(({ key }) => key === SHOWN_TEST)?.netUsd ?? 0;
  return {
    kind: "tornado",
    tornado: {
      title: "What moves the result",
      caption: `${COST_TESTS[SHOWN_TEST].label.toLowerCase()} test; each assumption alone, 20 % lower and higher`,
      ...{ unit: "M$", base: inMillions(net) },
      rows: ordered.slice(0, TORNADO_ROWS_MAX).map(({ label, low, high, lowNetUsd, highNetUsd }) => ({
        label,
        low: { input: amount(low), value: inMillions(lowNetUsd[SHOWN_TEST]) },
        high: { input: amount(high), value: inMillions(highNetUsd[SHOWN_TEST]) },
      })),
    },
  };
}

/** All of them, by every test: the tornado shows the strongest by one. */
function sensitivityTable({ sensitivity }: CostBenefitResult): TableSpec {
  const columns = (Object.keys(COST_TESTS) as CostTestKey[]).flatMap((key) => [
    { key: `${key}Low`, label: `${COST_TESTS[key].label}, lower`, unit: "M$", align: "right" as const, decimals: 1 },
    { key: `${key}High`, label: "higher", unit: "M$", align: "right" as const, decimals: 1 },
  ]);
  return {
    title: "Sensitivity by test",
    caption: "net present value with each assumption alone 20 % lower and higher",
    columns: [
      { key: "label", label: "Assumption" },
      { key: "range", label: "From and to", align: "right" },
      ...columns,
    ],
    rows: sensitivity.map(({ label, low, high, lowNetUsd, highNetUsd }) => ({
      ...{ label, range: `${amount(low)} to ${amount(high)}` },
      ...Object.fromEntries(Object.entries(lowNetUsd).map(([key, usd]) => [`${key}Low`, inMillions(usd)])),
      ...Object.fromEntries(Object.entries(highNetUsd).map(([key, usd]) => [`${key}High`, inMillions(usd)])),
    })),
  };
}

const amount = (value: number) => formatNumber(value, { decimalsMax: 8 });

function conventionTable({ differences }: CostBenefitResult): TableSpec {
  const byKey = new Map(differences.conventions.map((one) => [one.key, one]));
  return {
    title: "Known defects of the tool of 2020",
    caption: "what each convention alone changes against 2020",
    columns: [
      { key: "label", label: "Convention" },
      { key: "used", label: "Here" },
      { key: "script2020", label: "2020" },
      ...(Object.keys(COST_TESTS) as CostTestKey[]).map((key) => ({
        ...{ key, label: COST_TESTS[key].label, unit: "M$", align: "right" as const, decimals: 2 },
      })),
      { key: "largest", label: "Changes most" },
      { key: "defect", label: "Defect" },
    ],
    rows: CONVENTION_KEYS.map((key) => {
      const one = byKey.get(key);
      const changes = Object.entries(one?.netChangeUsd ?? {}).map(([test, usd]) => [test, inMillions(usd)] as const);
      return {
        ...{ label: CONVENTIONS[key].label, used: one?.used ?? "", script2020: one?.script2020 ?? "" },
        ...Object.fromEntries(changes),
        largest: one?.largest ? changeWords(one.largest) : "nothing in this case",
        defect: CONVENTIONS[key].defect,
      };
    }),
  };
}

type RowDifference = CostBenefitResult["differences"]["rows"][number];

function changeWords({ name, unit, script2020, run }: RowDifference): string {
  return `${name}: ${formatCompact(script2020)} → ${formatCompact(run)} ${unit}`;
}

function differenceTable({ differences }: CostBenefitResult): TableSpec {
  const changed = differences.rows.filter(({ script2020, run }) => {
    return Math.abs(run - script2020) > 1e-9 * Math.max(Math.abs(run), Math.abs(script2020));
  });
  return {
    title: "Differences from the tables of 2020",
    caption: changed.length === 0 ? "none" : `${changed.length} rows; money as present value, the rest as yearly mean`,
    columns: [
      { key: "table", label: "Table" },
      { key: "name", label: "Row" },
      { key: "unit", label: "Unit" },
      { key: "script2020", label: "2020", align: "right" },
      { key: "run", label: "Here", align: "right" },
      { key: "change", label: "Change", unit: "%", align: "right", decimals: 2 },
    ],
    rows: changed.map(({ table, name, unit, script2020, run }) => ({
      ...{ table, name, unit, script2020: formatCompact(script2020), run: formatCompact(run) },
      change: script2020 === 0 ? null : (100 * (run - script2020)) / Math.abs(script2020),
    })),
  };
}

function comparisonTable({ control, rows }: NonNullable<CostBenefitResult["comparison"]>): TableSpec {
  return {
    title: `Against ${control}`,
    caption: "present values",
    columns: [
      { key: "name", label: "Row" },
      { key: "other", label: control, align: "right" },
      { key: "run", label: "This run", align: "right" },
      { key: "change", label: "Difference", align: "right" },
      { key: "unit", label: "Unit" },
    ],
    rows: rows
      .filter(({ run, other }) => Math.abs(run - other) > 1e-9 * Math.max(Math.abs(run), Math.abs(other)))
      .map(({ name, unit, run, other }) => ({
        ...{ name, unit, other: formatCompact(other), run: formatCompact(run), change: formatCompact(run - other) },
      })),
  };
}

function annualTable({ annualResults, years }: CostBenefitResult): TableSpec {
  return {
    title: "Every year",
    columns: [
      { key: "name", label: "Row" },
      { key: "unit", label: "Unit" },
      ...years.map((year) => ({ key: String(year), label: String(year), align: "right" as const })),
    ],
    rows: annualResults.map(({ name, unit, firstYear, values }) => ({
      ...{ name, unit },
      ...Object.fromEntries(values.map((value, i) => [String(firstYear + i), formatCompact(value)])),
    })),
  };
}

function assumptionTable({ assumptions }: CostBenefitResult): TableSpec {
  return {
    title: "Assumptions",
    caption: "change them with a new run",
    columns: [
      { key: "label", label: "Assumption" },
      { key: "value", label: "Value", align: "right" },
      { key: "unit", label: "Unit" },
      { key: "origin", label: "From" },
      { key: "source", label: "Source" },
    ],
    rows: assumptions.map(({ label, unit, value, origin, source }) => ({
      ...{ label, unit, source, origin: ORIGIN_WORDS[origin] },
      value: unit === "year" ? String(value) : amount(value),
    })),
  };
}
