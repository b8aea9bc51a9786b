import { getAlgorithm } from "#lib/algorithms/registry";
import type { Ctx } from "#lib/auth/context";
import { AppError } from "#lib/errors";
import type { ScenarioRow } from "../schema.ts";
import { findScenarios, type ScenarioRecord } from "../store.ts";

export async function getScenario(ctx: Ctx, id: string): Promise<ScenarioRow> {
  return presentScenario(await requireRecord(ctx, id));
}

/** Those scenarios, in this order. */
export async function requireRecords(ctx: Ctx, ids: readonly string[]): Promise<ScenarioRecord[]> {
  const found = new Map((await findScenarios(ctx, ids)).map((record) => [record.id, record]));
  return ids.map((id) => {
    const record = found.get(id);
    if (!record) throw new AppError("not_found", "There is no such scenario in this workspace.");
    return record;
  });
}

export async function requireRecord(ctx: Ctx, id: string): Promise<ScenarioRecord> {
  return (await requireRecords(ctx, [id]))[0]!;
}

export async function presentScenario({ run, ...record }: ScenarioRecord): Promise<ScenarioRow> {
  return { ...record, algorithm: run.algorithm, runState: run.state, stale: await staleReason(run) };
}

async function staleReason({ algorithm, version, state }: ScenarioRecord["run"]): Promise<string | null> {
  if (state === "queued" || state === "starting" || state === "running") return "It is being computed.";
  if (state !== "succeeded") return "Its run did not succeed.";
  const current = (await getAlgorithm(algorithm)).version;
  return current > version ? `Computed with version ${version}; today's is ${current}. Run it again.` : null;
}
