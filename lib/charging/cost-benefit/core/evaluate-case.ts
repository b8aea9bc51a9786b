import type { StatedAssumption } from "./assumptions.ts";
import type { Conventions } from "./conventions.ts";
import { type CostTest, costTests } from "./cost-tests.ts";
import { type CaseModel, type CaseTables, modelCase } from "./model-case.ts";
import type { PreparedHours } from "./prepare-hours.ts";
import {
  annualRows,
  emissionRows,
  gasolineRows,
  npvRows,
  type NpvRow,
  type ResultRow,
  totalsOf,
} from "./result-tables.ts";
import { summaryRows } from "./summary.ts";

/** Every table of a case but the load tables. */
export interface Evaluation {
  model: CaseModel;
  summary: ResultRow[];
  annual: ResultRow[];
  npv: NpvRow[];
  emissions: ResultRow[];
  gasoline: ResultRow[];
  tests: CostTest[];
}

export interface EvaluationRequest {
  tables: CaseTables;
  hours: PreparedHours;
  stated: readonly StatedAssumption[];
  conventions: Conventions;
}

/** What a case costs and brings under given assumptions and conventions; milliseconds, from prepared hours. */
export function evaluateCase(request: EvaluationRequest): Evaluation {
  const model = modelCase(request);
  const totals = totalsOf(model);
  return {
    model,
    summary: summaryRows(model, totals),
    annual: annualRows(model, totals),
    npv: npvRows(model, totals),
    emissions: emissionRows(model),
    gasoline: gasolineRows(model),
    tests: costTests(model, totals),
  };
}

/** The tests alone, for many what-ifs. */
export function evaluateTests(request: EvaluationRequest): CostTest[] {
  const model = modelCase(request);
  return costTests(model, totalsOf(model));
}
