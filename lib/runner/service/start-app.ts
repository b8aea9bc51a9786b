import type { Ctx } from "#lib/auth/context";
import { AppError } from "#lib/errors";
import type { CreatedRun } from "#lib/runs/schema";
import { createRun, type RunRequest } from "#lib/runs/service/create-run";
import { parametersSchema } from "../core/parameters.ts";
import type { StartAppInput } from "../schema.ts";
import { requireApp, requireFile, requirePresentRevision, type AppRecord } from "../store.ts";

/** Runs an app's present revision on a stored zip, named by the upload that brought it or as a file. */
export async function startApp(ctx: Ctx, appId: string, input: StartAppInput): Promise<CreatedRun> {
  const app = await requireApp(ctx, appId);
  const { uploadId, artifactId } = input;
  if ((uploadId === undefined) === (artifactId === undefined)) {
    throw new AppError("invalid_input", "Name the input zip by uploadId or by artifactId, one of them.");
  }
  const by = uploadId === undefined ? { artifactId: artifactId ?? "" } : { uploadId };
  const file = await requireFile(ctx, by);
  const { params, recompute } = input;
  return startOn(ctx, app, { artifactId: file.artifactId, params, recompute });
}

interface Start extends Pick<RunRequest, "trigger" | "onBehalfOf" | "recompute"> {
  artifactId: string;
  params: StartAppInput["params"];
}

/** The one way every trigger starts an app. */
export async function startOn(ctx: Ctx, app: AppRecord, { artifactId, params, ...rest }: Start): Promise<CreatedRun> {
  if (app.archivedAt) throw new AppError("unprocessable", `${app.name} is archived. Bring it back to run it.`);
  const revision = await requirePresentRevision(ctx, app);
  // Values left out and values given as their defaults are the same run; wrong ones are refused by the fingerprint.
  const full = parametersSchema(revision.manifest.parameters).safeParse(params);
  return createRun(ctx, {
    algorithm: "run-app",
    params: full.success ? full.data : params,
    inputs: { appId: app.id, revisionId: revision.id, artifactId },
    ...rest,
  });
}
