import { AppError } from "#lib/errors";
import { stateAssumptions } from "./core/assumptions.ts";
import type { ChargingCase } from "./core/charging-case.ts";
import { conventionsOf } from "./core/conventions.ts";
import { listDifferences } from "./core/differences.ts";
import { evaluateCase, type Evaluation, type EvaluationRequest } from "./core/evaluate-case.ts";
import { loadTables } from "./core/load-tables.ts";
import type { CaseModel } from "./core/model-case.ts";
import { type Horizon, prepareHours } from "./core/prepare-hours.ts";
import { analyseSensitivity } from "./core/sensitivity.ts";
import { valueAt } from "./core/year-series.ts";
import { changesOf, chosenConventions, type CostBenefitParams, type CostBenefitResult } from "./schema.ts";

/** A case as its files say, and the same case under another control. */
export interface CostBenefitData {
  source: ChargingCase;
  horizon: Horizon;
  other: ChargingCase | null;
}

interface Tools {
  signal: AbortSignal;
  onProgress: (fraction: number, step?: string) => void;
}

/** Costs, benefits and tests of a case, with what its conventions and each assumption change. */
export function runCostBenefit(
  params: CostBenefitParams,
  { source, horizon, other }: CostBenefitData,
  { signal, onProgress }: Tools,
): CostBenefitResult {
  onProgress(0.3, "Reduce hours");
  const stated = stateAssumptions(source.config, changesOf(params));
  const conventions = chosenConventions(params, conventionsOf(params.preset));
  const request: EvaluationRequest = { tables: source, hours: prepareHours(source, horizon), stated, conventions };
  onProgress(0.5, "Costs and benefits");
  const run = evaluateCase(request);
  refuseUnbounded(run);
  signal.throwIfAborted();
  onProgress(0.6, "Conventions");
  const differences = listDifferences(request, run);
  onProgress(0.7, "Sensitivity");
  const sensitivity = analyseSensitivity(request, (fraction) => {
    signal.throwIfAborted();
    onProgress(0.7 + 0.3 * fraction);
  });
  const { model } = run;
  return {
    ...{ caseName: source.name, control: source.control, years: [...model.years], notes: [...source.notes] },
    ...{ assumptions: stated, conventions, differences, sensitivity },
    ...{ summary: run.summary, annualResults: run.annual, npvResults: run.npv, tests: run.tests },
    ...{ emissions: run.emissions, gasolineConsumption: run.gasoline },
    loadProfiles: loadTables(model, request.hours),
    bills: model.bills.map(({ meters, energyUsd, demandUsd, fixedUsd, ...bill }) => ({
      ...bill,
      meters: Array.from(meters),
      energyUsd: Array.from(energyUsd),
      demandUsd: Array.from(demandUsd),
      fixedUsd: Array.from(fixedUsd),
    })),
    energyPerVehicleKwh: energyPerVehicle(model),
    comparison:
      other && compareControls(run, { ...request, tables: other, hours: prepareHours(other, horizon) }, other),
  };
}

function compareControls(run: Evaluation, request: EvaluationRequest, { control }: ChargingCase) {
  const { npv } = evaluateCase(request);
  return {
    control,
    rows: run.npv.map(({ name, unit, value }, i) => ({ name, unit, run: value, other: npv[i]!.value })),
  };
}

function energyPerVehicle({ years, loads, stocks }: CaseModel): number[] {
  return years.map((year, i) => {
    const mwh = loads.profiles.reduce((sum, { energyMwh }) => sum + energyMwh[i]!, 0);
    const vehicles = valueAt(stocks.ev.population, year);
    return vehicles > 0 ? (1000 * mwh) / vehicles : 0;
  });
}

/** A table that cannot be divided by (no miles, no vehicles) would otherwise spread through every row. */
function refuseUnbounded(run: Evaluation): void {
  for (const { name, values, firstYear } of [...run.annual, ...run.emissions, ...run.gasoline]) {
    const at = values.findIndex((value) => !Number.isFinite(value));
    if (at < 0) continue;
    const hint = "Check the adoption table of that year: vehicles and miles per gallon must not be 0.";
    throw new AppError("unprocessable", `"${name}" cannot be computed for ${firstYear + at}. ${hint}`);
  }
}
