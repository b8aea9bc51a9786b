import { resolve } from "node:path";

import { readCase } from "#lib/charging/cost-benefit/case-files/read-case";
import { stateAssumptions, type AssumptionChanges } from "#lib/charging/cost-benefit/core/assumptions";
import type { ChargingCase } from "#lib/charging/cost-benefit/core/charging-case";
import { conventionsOf } from "#lib/charging/cost-benefit/core/conventions";
import { loadTables } from "#lib/charging/cost-benefit/core/load-tables";
import { evaluateCase, type EvaluationRequest } from "#lib/charging/cost-benefit/core/evaluate-case";
import { analyseSensitivity } from "#lib/charging/cost-benefit/core/sensitivity";
import { prepareHours, type PreparedHours } from "#lib/charging/cost-benefit/core/prepare-hours";
import { repositoryRoot } from "#lib/stack/repository-root";
import { pickCase } from "./charging/case-folder.ts";

const WARM_RUNS = 7;
const WHAT_IFS = 50;

/**
 * One case from its packed files to every result table, in a process that has done one before; then changes of one
 * assumption, from the prepared hours.
 */
export async function run({ dataDir, args }: { dataDir?: string; args: string[] }) {
  const data = dataDir ?? resolve(repositoryRoot, "../shared/data/charging");
  const { name, control, files } = pickCase(data, args[0]);
  const request = { files, root: `${name}/`, name, control };
  const computeCase = async () => {
    const startedMs = performance.now();
    const { source, horizon } = await readCase(request);
    const readMs = performance.now();
    const hours = prepareHours(source, horizon);
    const preparedMs = performance.now();
    const rows = allTables(source, hours, {});
    const endedMs = performance.now();
    return {
      ...{ source, hours, rows },
      readS: (readMs - startedMs) / 1000,
      prepareS: (preparedMs - readMs) / 1000,
      modelS: (endedMs - preparedMs) / 1000,
      totalS: (endedMs - startedMs) / 1000,
    };
  };
  const cold = await computeCase();
  const runs = [];
  for (let i = 0; i < WARM_RUNS; i++) runs.push(secondsOf(await computeCase()));
  const { source, hours } = cold;
  const whatIfMs = Array.from({ length: WHAT_IFS }, (_, i) => {
    const startedMs = performance.now();
    allTables(source, hours, { discountRate: 0.03 + i / 1000 });
    return performance.now() - startedMs;
  });
  const sensitivityFromMs = performance.now();
  const varied = analyseSensitivity(requestOf(source, hours, {})).length;
  const sensitivityS = (performance.now() - sensitivityFromMs) / 1000;
  return {
    ...{ case: `${name}_${control}`, profiles: source.profiles.length, hours: source.calendar.months.length * 24 },
    ...{ modelYears: cold.rows.years, rows: cold.rows.count },
    coldS: round(cold.totalS),
    caseS: round(medianOf(runs, "totalS")),
    caseWorstS: round(Math.max(...runs.map((one) => one.totalS))),
    readS: round(medianOf(runs, "readS")),
    prepareS: round(medianOf(runs, "prepareS")),
    modelS: round(medianOf(runs, "modelS")),
    whatIfMs: round(whatIfMs.toSorted((a, b) => a - b)[WHAT_IFS / 2]!),
    whatIfWorstMs: round(Math.max(...whatIfMs)),
    ...{ assumptionsVaried: varied, sensitivityS: round(sensitivityS) },
    peakRssMb: Math.round(process.resourceUsage().maxRSS / 1024),
  };
}

function requestOf(source: ChargingCase, hours: PreparedHours, changes: AssumptionChanges): EvaluationRequest {
  const stated = stateAssumptions(source.config, changes);
  return { tables: source, hours, stated, conventions: conventionsOf("corrected") };
}

function allTables(source: ChargingCase, hours: PreparedHours, changes: AssumptionChanges) {
  const { model, summary, annual, npv, emissions, gasoline } = evaluateCase(requestOf(source, hours, changes));
  const loads = loadTables(model, hours).flatMap((table) => table.rows);
  const rows = [summary, annual, npv, emissions, gasoline, loads];
  return { years: model.years.length, count: rows.reduce((sum, table) => sum + table.length, 0) };
}

/** Keeps the times only: eight cases in memory at once would be the benchmark's, not the model's. */
function secondsOf({ readS, prepareS, modelS, totalS }: Record<"readS" | "prepareS" | "modelS" | "totalS", number>) {
  return { readS, prepareS, modelS, totalS };
}

function medianOf<K extends string>(runs: readonly Record<K, number>[], key: K): number {
  return runs.map((one) => one[key]).toSorted((a, b) => a - b)[Math.floor(runs.length / 2)]!;
}

const round = (value: number) => Math.round(value * 1000) / 1000;
