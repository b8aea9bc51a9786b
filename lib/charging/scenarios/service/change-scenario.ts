import type { Ctx } from "#lib/auth/context";
import { AppError } from "#lib/errors";
import type { ChangeScenario, ScenarioRow } from "../schema.ts";
import { updateScenario } from "../store.ts";
import { getScenario } from "./get-scenario.ts";

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
