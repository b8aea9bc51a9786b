import { z } from "zod";
import type { Ctx } from "#lib/auth/context";
import { findRun } from "#lib/runs/store";
import { runAppInputs, runAppParams, type RunAppParams } from "../run-app/schema.ts";

/** What a run of an app was started on, for starting it again with something changed. */
export interface EarlierStart {
  artifactId: string;
  fileName: string;
  params: RunAppParams;
}

/** Null for what is no run of this app. */
export async function readEarlierStart(ctx: Ctx, appId: string, runId: unknown): Promise<EarlierStart | null> {
  const id = z.uuid().safeParse(runId);
  const run = id.success ? await findRun(ctx, id.data) : null;
  if (run?.algorithm !== "run-app") return null;
  const inputs = runAppInputs.parse(run.inputs);
  if (inputs.appId !== appId) return null;
  const { artifactId } = inputs;
  const input = run.artifacts.find((file) => file.direction === "input" && file.artifactId === artifactId);
  return { artifactId, fileName: input?.name ?? "its input", params: runAppParams.parse(run.params) };
}
