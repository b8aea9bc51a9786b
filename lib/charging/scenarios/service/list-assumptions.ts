import { z } from "zod";
import { getAlgorithm } from "#lib/algorithms/registry";
import type { Ctx } from "#lib/auth/context";
import { type FormField, fieldsOf } from "#lib/forms/fields-of";
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
  const fields = toFields(params).filter(({ kind }) => kind !== "unsupported");
  return { id, name, fields, values: run.params as Record<string, unknown> };
}

export function toFields(schema: z.ZodType): FormField[] {
  return fieldsOf(z.toJSONSchema(schema, { unrepresentable: "any", io: "input" }));
}
