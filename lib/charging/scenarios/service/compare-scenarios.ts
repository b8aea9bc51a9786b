import { getAlgorithm } from "#lib/algorithms/registry";
import type { Ctx } from "#lib/auth/context";
import { fieldsOfSchema } from "#lib/forms/fields-of";
import { listInputChoices } from "#lib/runs/service/list-input-choices";
import { findRunResult } from "#lib/runs/store";
import { compareReadings, type StatedReading } from "../core/compare.ts";
import type { Stated } from "../core/readings/reading.ts";
import { readResult } from "../core/readings/read-result.ts";
import { statedParams } from "../core/stated-params.ts";
import type { ComparisonRow } from "../schema.ts";
import type { ScenarioRecord } from "../store.ts";
import { presentScenario, requireRecords } from "./get-scenario.ts";

/** Two to four scenarios side by side. */
export async function compareScenarios(ctx: Ctx, ids: readonly string[]): Promise<ComparisonRow> {
  const records = await requireRecords(ctx, ids);
  const readings = await Promise.all(records.map((record) => readScenario(ctx, record)));
  return { scenarios: await Promise.all(records.map(presentScenario)), ...compareReadings(readings) };
}

async function readScenario(ctx: Ctx, { runId, run }: ScenarioRecord): Promise<StatedReading | null> {
  const stored = await findRunResult(ctx, runId);
  if (stored?.state !== "succeeded") return null;
  const reading = readResult(stored.algorithm, stored.result);
  return reading && { ...reading, assumptions: reading.assumptions ?? (await stateAssumptions(ctx, run)) };
}

/** Inputs by the names of what they are, then every parameter. */
async function stateAssumptions(ctx: Ctx, run: ScenarioRecord["run"]): Promise<Stated[]> {
  const { params, inputs } = await getAlgorithm(run.algorithm);
  const fields = fieldsOfSchema(inputs);
  const choices = await listInputChoices(ctx, fields);
  const nameOf = (field: string, id: unknown) => choices[field]?.find(({ value }) => value === id)?.label ?? id;
  const named = Object.entries(run.inputs as Record<string, unknown>).map(([field, value]) => [
    field,
    Array.isArray(value) ? value.map((id) => nameOf(field, id)) : nameOf(field, value),
  ]);
  return [
    ...statedParams(fields, Object.fromEntries(named) as Record<string, unknown>),
    ...statedParams(fieldsOfSchema(params), run.params as Record<string, unknown>),
  ];
}
