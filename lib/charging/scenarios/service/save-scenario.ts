import type { Ctx } from "#lib/auth/context";
import { AppError } from "#lib/errors";
import { newId } from "#lib/ids";
import { createRun } from "#lib/runs/service/create-run";
import { findRunResult } from "#lib/runs/store";
import { SCENARIO_ALGORITHMS } from "../core/readings/read-result.ts";
import type { NewScenario, NewVariant, ScenarioRow } from "../schema.ts";
import { insertScenario } from "../store.ts";
import { getScenario, requireRecord } from "./get-scenario.ts";

/** Keeps a run under a name. Saving the same run again makes a second scenario: that is how one is duplicated. */
export async function saveScenario(ctx: Ctx, input: NewScenario): Promise<ScenarioRow> {
  const run = await findRunResult(ctx, input.runId);
  if (!run) throw new AppError("not_found", "There is no such run in this workspace.");
  if (!SCENARIO_ALGORITHMS.includes(run.algorithm)) {
    const detail = `A run of ${run.algorithm} is no charging scenario. Save one of ${SCENARIO_ALGORITHMS.join(", ")}.`;
    throw new AppError("invalid_input", detail, { fields: [{ pointer: "/runId", detail }] });
  }
  const id = newId();
  await insertScenario(ctx, { id, ...input });
  return getScenario(ctx, id);
}

/** The same with some parameters changed: the stored result when there is one, else it is computed. */
export async function saveVariant(ctx: Ctx, id: string, { name, changes }: NewVariant): Promise<ScenarioRow> {
  const { run, tags } = await requireRecord(ctx, id);
  const params = { ...(run.params as Record<string, unknown>), ...changes };
  const inputs = run.inputs as Record<string, unknown>;
  const { id: runId } = await createRun(ctx, { algorithm: run.algorithm, params, inputs });
  return saveScenario(ctx, { name, runId, tags, notes: "" });
}
