import type { Ctx } from "#lib/auth/context";
import { findRunResult } from "#lib/runs/store";
import { compareReadings } from "../core/compare.ts";
import { readFigures } from "../core/figures.ts";
import type { ComparisonRow } from "../schema.ts";
import { presentScenario, requireRecords } from "./get-scenario.ts";

/** Two to four scenarios side by side. */
export async function compareScenarios(ctx: Ctx, ids: readonly string[]): Promise<ComparisonRow> {
  const records = await requireRecords(ctx, ids);
  const readings = await Promise.all(
    records.map(async ({ runId }) => {
      const run = await findRunResult(ctx, runId);
      return run?.state === "succeeded" ? readFigures(run.algorithm, run.result) : null;
    }),
  );
  return { scenarios: await Promise.all(records.map(presentScenario)), ...compareReadings(readings) };
}
