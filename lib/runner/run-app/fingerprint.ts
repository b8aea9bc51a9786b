import type { FingerprintInputs } from "#lib/algorithms/io";
import { AppError } from "#lib/errors";
import { ONE_AT_A_TIME } from "#lib/runs/execute/limit-words";
import { timeoutSOf } from "../core/manifest.ts";
import { parametersSchema } from "../core/parameters.ts";
import { supervisionMb } from "../core/times.ts";
import { APPS_LIMIT } from "../quota-store.ts";
import { requireBudget } from "../service/quotas.ts";
import { listSecrets, requireApp, requireFile, requireRevision } from "../store.ts";
import type { RunAppInputs, RunAppParams } from "./schema.ts";

/**
 * The same revision of the same app on the same bytes with the same parameters and secrets is the same run. Another app
 * with equal code has runs of its own: its secrets, its concurrency key and whom it belongs to differ.
 */
export const fingerprintRunApp: FingerprintInputs<RunAppInputs, RunAppParams> = async (ctx, { inputs, params }) => {
  const app = await requireApp(ctx, inputs.appId);
  const revision = await requireRevision(ctx, inputs.revisionId);
  if (revision.appId !== app.id) throw new AppError("not_found", "This revision belongs to another app.");
  const input = await requireFile(ctx, { artifactId: inputs.artifactId });
  const checked = parametersSchema(revision.manifest.parameters).safeParse(params);
  if (!checked.success) {
    const fields = checked.error.issues.map((issue) => ({
      pointer: `/params/${issue.path.map(String).join("/")}`,
      detail: issue.message,
    }));
    throw new AppError("invalid_input", `${fields[0]?.pointer ?? "params"}: ${fields[0]?.detail ?? "not valid"}`, {
      fields,
    });
  }
  const { secrets } = revision.manifest;
  const sealed = (await listSecrets(ctx, app.id)).filter(({ name }) => secrets.includes(name));
  return {
    title: `${app.name}, ${input.fileName.replace(/\.zip$/i, "")}`,
    // Sealing the same value again gives other bytes, so a secret that was entered anew is another one.
    hashes: [app.id, revision.contentHash, input.sha256, ...sealed.map((secret) => `${secret.name}:${secret.sealed}`)],
    artifacts: [{ artifactId: input.artifactId, name: input.fileName }],
    limitKeys: [APPS_LIMIT, ...(app.concurrencyKey === null ? [] : [`${ONE_AT_A_TIME}${app.concurrencyKey}`])],
    admit: () => requireBudget(ctx),
    limits: { timeoutS: timeoutSOf(revision.manifest), memoryMb: revision.manifest.memoryMb + supervisionMb },
  };
};
