import { getAlgorithm } from "#lib/algorithms/registry";
import type { Ctx } from "#lib/auth/context";
import { AppError } from "#lib/errors";
import type { Page } from "#lib/http/pagination";
import { newId } from "#lib/ids";
import { createRun } from "#lib/runs/service/create-run";
import { findRunResult } from "#lib/runs/store";
import { compareReadings } from "../core/compare.ts";
import { readFigures } from "../core/figures.ts";
import {
  type ChangeScenario,
  CHARGING_ALGORITHMS,
  type ComparisonRow,
  type NewScenario,
  type NewVariant,
  type ScenarioRow,
  type ScenariosQuery,
} from "../schema.ts";
import { findScenarios, insertScenario, listScenarioRecords, type ScenarioRecord, updateScenario } from "../store.ts";

export async function listScenarios(ctx: Ctx, query: ScenariosQuery): Promise<Page<ScenarioRow>> {
  const { items, nextCursor } = await listScenarioRecords(ctx, query);
  return { items: await Promise.all(items.map(present)), nextCursor };
}

async function requireRecords(ctx: Ctx, ids: readonly string[]): Promise<ScenarioRecord[]> {
  const found = new Map((await findScenarios(ctx, ids)).map((record) => [record.id, record]));
  return ids.map((id) => {
    const record = found.get(id);
    if (!record) throw new AppError("not_found", "There is no such scenario in this workspace.");
    return record;
  });
}

async function requireRecord(ctx: Ctx, id: string): Promise<ScenarioRecord> {
  return (await requireRecords(ctx, [id]))[0]!;
}

export async function getScenario(ctx: Ctx, id: string): Promise<ScenarioRow> {
  return present(await requireRecord(ctx, id));
}

/** Keeps a run under a name. Saving the same run again makes a second scenario: that is how one is duplicated. */
export async function saveScenario(ctx: Ctx, input: NewScenario): Promise<ScenarioRow> {
  const run = await findRunResult(ctx, input.runId);
  if (!run) throw new AppError("not_found", "There is no such run in this workspace.");
  if (!CHARGING_ALGORITHMS.includes(run.algorithm)) {
    const detail = `A run of ${run.algorithm} is no charging scenario. Save one of ${CHARGING_ALGORITHMS.join(", ")}.`;
    throw new AppError("invalid_input", detail, { fields: [{ pointer: "/runId", detail }] });
  }
  const id = newId();
  await insertScenario(ctx, { id, ...input });
  return getScenario(ctx, id);
}

export async function changeScenario(ctx: Ctx, id: string, input: ChangeScenario): Promise<ScenarioRow> {
  const { archived, name, tags, notes } = input;
  const change = {
    ...(name === undefined ? {} : { name }),
    ...(tags === undefined ? {} : { tags }),
    ...(notes === undefined ? {} : { notes }),
    ...(archived === undefined ? {} : { archivedAt: archived ? ctx.now : null }),
  };
  if (!(await updateScenario(ctx, id, change))) {
    throw new AppError("not_found", "There is no such scenario in this workspace.");
  }
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

/** Two to four scenarios side by side. */
export async function compareScenarios(ctx: Ctx, ids: readonly string[]): Promise<ComparisonRow> {
  const records = await requireRecords(ctx, ids);
  const readings = await Promise.all(
    records.map(async ({ runId }) => {
      const run = await findRunResult(ctx, runId);
      return run?.state === "succeeded" ? readFigures(run.algorithm, run.result) : null;
    }),
  );
  return { scenarios: await Promise.all(records.map(present)), ...compareReadings(readings) };
}

async function present({ run, ...record }: ScenarioRecord): Promise<ScenarioRow> {
  return { ...record, algorithm: run.algorithm, runState: run.state, stale: await staleReason(run) };
}

async function staleReason({ algorithm, version, state }: ScenarioRecord["run"]): Promise<string | null> {
  if (state === "queued" || state === "starting" || state === "running") return "It is being computed.";
  if (state !== "succeeded") return "Its run did not succeed.";
  const current = (await getAlgorithm(algorithm)).version;
  return current > version ? `Computed with version ${version}; today's is ${current}. Run it again.` : null;
}
