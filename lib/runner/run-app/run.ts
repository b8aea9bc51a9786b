import type { RunTools } from "#lib/algorithms/define";
import type { RunAppParams, RunAppResult } from "./schema.ts";

export interface RunAppData {
  /** Carries the app through its steps; throws what it failed of. */
  execute: (params: RunAppParams, tools: RunTools) => Promise<RunAppResult>;
}

/** The one algorithm whose computing happens elsewhere: on the machine its executor gives it. */
export function runApp(params: RunAppParams, data: RunAppData, tools: RunTools): Promise<RunAppResult> {
  return data.execute(params, tools);
}
