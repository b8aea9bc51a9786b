import { z } from "zod";
import { ALGORITHM_SLUGS, getAlgorithm } from "#lib/algorithms/registry";
import type { Ctx } from "#lib/auth/context";
import type { ViewSpec } from "#lib/charts/spec";
import { findRunLineage, type RunLineage } from "../lineage-store.ts";
import { parameterRows, type ParameterRow } from "../parameter-rows.ts";
import type { LogLine, RunDetail } from "../schema.ts";
import { findRun, listRunLog } from "../store.ts";
import { getRunResult } from "./get-run-result.ts";

const FIRST_LINES = 1_000;

export interface RunPage {
  run: RunDetail;
  lines: LogLine[];
  hasMoreLines: boolean;
  /** null while there is no result; empty when today's version cannot draw it. */
  view: ViewSpec[] | null;
  algorithmTitle: string;
  parameters: ParameterRow[];
  /** Form with this run's parameters; null for what has no form. */
  changeHref: string | null;
  origins: RunLineage;
}

/** Everything a run's page shows at first; null when there is no such run in this workspace. */
export async function readRunPage(ctx: Ctx, runId: string): Promise<RunPage | null> {
  const run = await findRun(ctx, runId);
  if (!run) return null;
  const [lines, origins, known, result] = await Promise.all([
    listRunLog(ctx, runId, { after: 0, limit: FIRST_LINES }),
    findRunLineage(ctx, runId),
    describe(run),
    run.state === "succeeded" ? getRunResult(ctx, runId) : null,
  ]);
  return { run, lines, hasMoreLines: lines.length === FIRST_LINES, view: result?.view ?? null, origins, ...known };
}

/** An algorithm that has left the registry still has its runs. */
async function describe(run: RunDetail): Promise<Pick<RunPage, "algorithmTitle" | "parameters" | "changeHref">> {
  const slugs: readonly string[] = ALGORITHM_SLUGS;
  if (!slugs.includes(run.algorithm)) {
    return { algorithmTitle: run.algorithm, parameters: parameterRows({}, run.params), changeHref: null };
  }
  const { title, params, startedBy } = await getAlgorithm(run.algorithm);
  const schema = z.toJSONSchema(params, { unrepresentable: "any", io: "input" });
  return {
    algorithmTitle: title,
    parameters: parameterRows(z.record(z.string(), z.unknown()).parse(schema), run.params),
    // What an upload or a pipeline starts is changed there.
    changeHref: startedBy ? null : `/runs/new/${run.algorithm}?from=${run.id}`,
  };
}
