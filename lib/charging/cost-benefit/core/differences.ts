import { CONVENTIONS, CONVENTION_KEYS, conventionsOf, type ConventionKey, type Conventions } from "./conventions.ts";
import type { CostTestKey } from "./cost-tests.ts";
import { evaluateCase, type Evaluation, type EvaluationRequest } from "./evaluate-case.ts";
import { netPresentValue, type ResultRow } from "./result-tables.ts";
import { netsOf } from "./sensitivity.ts";

/** One quantity under the conventions of 2020 and under those of this run. */
export interface RowDifference {
  table: string;
  name: string;
  unit: string;
  script2020: number;
  run: number;
}

/** What one convention does by itself: the run, and the run with this convention as in 2020. */
export interface ConventionDifference {
  key: ConventionKey;
  label: string;
  defect: string;
  used: string;
  script2020: string;
  /** Net value of each test in the run minus the same with the convention of 2020. */
  netChangeUsd: Record<CostTestKey, number>;
  /** The row that changes most in relation to its size, null when none does. */
  largest: RowDifference | null;
  changedRows: number;
}

/** Differences below this share are rounding. */
const ROUNDING = 1e-9;

export interface Differences {
  rows: RowDifference[];
  conventions: ConventionDifference[];
}

/** Lists what the conventions of 2020 would have given instead, all together and one by one. */
export function listDifferences(request: EvaluationRequest, run: Evaluation): Differences {
  const as2020 = conventionsOf("script-2020");
  const rows = compare(evaluateCase({ ...request, conventions: as2020 }), run);
  const conventions = CONVENTION_KEYS.map((key) => differenceOf({ key, as2020, request, run }));
  return { rows, conventions };
}

function differenceOf(of: {
  key: ConventionKey;
  as2020: Conventions;
  request: EvaluationRequest;
  run: Evaluation;
}): ConventionDifference {
  const { key, as2020, request, run } = of;
  const { label, defect } = CONVENTIONS[key];
  const [used, script2020] = [request.conventions[key], as2020[key]];
  const other =
    used === script2020
      ? run
      : evaluateCase({ ...request, conventions: { ...request.conventions, [key]: script2020 } });
  const changed = compare(other, run).filter((row) => sizeOf(row) > ROUNDING);
  const [ours, theirs] = [netsOf(run.tests), netsOf(other.tests)];
  const changes = Object.entries(ours).map(([test, usd]) => [test, usd - theirs[test as CostTestKey]] as const);
  return {
    ...{ key, label, defect, used, script2020, changedRows: changed.length },
    netChangeUsd: Object.fromEntries(changes) as Record<CostTestKey, number>,
    largest: changed.reduce<RowDifference | null>(
      (most, row) => (!most || sizeOf(row) > sizeOf(most) ? row : most),
      null,
    ),
  };
}

/** Change in relation to the larger of both, so that a row that was 0 counts as 1. */
function sizeOf({ script2020, run }: RowDifference): number {
  const size = Math.max(Math.abs(script2020), Math.abs(run));
  return size === 0 ? 0 : Math.abs(run - script2020) / size;
}

/** Present values, and of rows that are no money their mean over the years. */
function compare(script2020: Evaluation, run: Evaluation): RowDifference[] {
  const rate = run.model.assumptions.discountRate;
  const yearly = (table: string, before: ResultRow[], after: ResultRow[]): RowDifference[] =>
    after.map((row, i) => {
      const { name, unit } = row;
      return { table, name, unit, script2020: condense(before[i]!, rate), run: condense(row, rate) };
    });
  return [
    ...run.npv.map(({ name, unit, value }, i) => {
      return { table: "npv_results", name, unit, script2020: script2020.npv[i]!.value, run: value };
    }),
    ...yearly("summary", script2020.summary, run.summary),
    ...yearly("annual_results", script2020.annual, run.annual),
    ...yearly("Emissions", script2020.emissions, run.emissions),
    ...yearly("annual_gas_consumption", script2020.gasoline, run.gasoline),
  ];
}

function condense({ unit, values }: ResultRow, discountRate: number): number {
  if (unit === "$") return netPresentValue(values, discountRate);
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}
