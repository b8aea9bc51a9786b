import { getAlgorithm } from "#lib/algorithms/registry";
import type { Ctx } from "#lib/auth/context";
import { fieldsOfSchema, type FormField } from "#lib/forms/fields-of";
import type { ScenarioRecord } from "../store.ts";
import { requireRecords } from "./get-scenario.ts";

/** What can be changed about a scenario, and what it is. */
export interface Assumptions {
  id: string;
  name: string;
  fields: FormField[];
  values: Record<string, unknown>;
}

export async function listAssumptions(ctx: Ctx, ids: readonly string[]): Promise<Assumptions[]> {
  return Promise.all((await requireRecords(ctx, ids)).map(toAssumptions));
}

async function toAssumptions({ id, name, run }: ScenarioRecord): Promise<Assumptions> {
  const { params } = await getAlgorithm(run.algorithm);
  const fields = fieldsOfSchema(params).filter(({ kind }) => kind !== "unsupported");
  return { id, name, fields, values: run.params as Record<string, unknown> };
}
