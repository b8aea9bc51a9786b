import type { Ctx } from "#lib/auth/context";
import type { Page } from "#lib/http/pagination";
import type { ScenarioRow, ScenariosQuery } from "../schema.ts";
import { listScenarioRecords } from "../store.ts";
import { presentScenario } from "./get-scenario.ts";

export async function listScenarios(ctx: Ctx, query: ScenariosQuery): Promise<Page<ScenarioRow>> {
  const { items, nextCursor } = await listScenarioRecords(ctx, query);
  return { items: await Promise.all(items.map(presentScenario)), nextCursor };
}
