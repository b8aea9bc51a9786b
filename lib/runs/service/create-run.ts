import type { z } from "zod";
import { getAlgorithm, getFingerprint } from "#lib/algorithms/registry";
import type { Ctx } from "#lib/auth/context";
import { inWorkspace } from "#lib/db/client";
import { AppError } from "#lib/errors";
import { newId } from "#lib/ids";
import { enqueueJob } from "#lib/jobs/enqueue";
import { publish } from "#lib/live/publish";
import { runKeyOf } from "../run-key.ts";
import type { CreatedRun, CreateRunInput } from "../schema.ts";
import { findRunByKey, insertRun, linkInputArtifacts } from "../store.ts";

export interface RunRequest extends Omit<CreateRunInput, "recompute"> {
  recompute?: boolean;
  trigger?: "person" | "api" | "upload" | "schedule" | "pipeline" | "system";
  rerunOfId?: string | null;
  /** Whom to name and tell when a machine starts it for a person. */
  onBehalfOf?: { userId: string | null; label: string };
}

/**
 * Asks for a computation. The same algorithm, version, parameters and input contents give the stored result or
 * join the run that is computing it; only otherwise is a new run queued.
 */
export async function createRun(ctx: Ctx, request: RunRequest): Promise<CreatedRun> {
  const algorithm = await getAlgorithm(request.algorithm);
  const fingerprint = await getFingerprint(request.algorithm);
  const params = parsePart(algorithm.params, request.params, "params");
  const inputs = parsePart(algorithm.inputs, request.inputs, "inputs");
  const { title, hashes, artifacts, limits = algorithm, ...rest } = await fingerprint(ctx, { inputs, params });
  const id = newId();
  const identity = { algorithm: algorithm.slug, version: algorithm.version, params, inputHashes: hashes };
  const runKey = runKeyOf({ ...identity, nonce: request.recompute ? id : undefined });

  return inWorkspace(ctx, async () => {
    const earlier = await findRunByKey(ctx, runKey);
    if (earlier) return answerWith(earlier);
    await rest.admit?.();
    const isNew = await insertRun(ctx, {
      id,
      algorithm: algorithm.slug,
      version: algorithm.version,
      title,
      params,
      inputs,
      runKey,
      seed: runKey.slice(0, 32),
      trigger:
        request.trigger ?? (ctx.actor.kind === "user" ? "person" : ctx.actor.kind === "api-key" ? "api" : "system"),
      startedByLabel: request.onBehalfOf?.label ?? ctx.actor.label,
      startedByUserId: ctx.actor.kind === "user" ? ctx.actor.userId : (request.onBehalfOf?.userId ?? null),
      rerunOfId: request.rerunOfId ?? null,
      timeoutS: limits.timeoutS,
      memoryMb: limits.memoryMb,
      limitKeys: rest.limitKeys ?? [],
    });
    if (!isNew) {
      // Someone else's identical request committed between our look and our insert.
      const winner = await findRunByKey(ctx, runKey);
      if (winner) return answerWith(winner);
      throw new AppError("conflict", "The same run ended just now. Ask again.", { retryAfterS: 1 });
    }
    await linkInputArtifacts(ctx, id, artifacts);
    await enqueueJob(ctx, {
      name: "execute-run",
      payload: { workspaceId: ctx.workspaceId, runId: id },
      key: `run:${id}`,
    });
    await publish({ workspaceId: ctx.workspaceId, topic: "run", id });
    return { id, state: "queued" as const, cached: false, origin: "new" as const };
  });
}

function answerWith(run: { id: string; state: CreatedRun["state"] }): CreatedRun {
  const isStored = run.state === "succeeded";
  return { id: run.id, state: run.state, cached: isStored, origin: isStored ? "stored" : "joined" };
}

function parsePart(schema: z.ZodType, value: unknown, part: "params" | "inputs"): Record<string, unknown> {
  const outcome = schema.safeParse(value);
  if (outcome.success) return outcome.data as Record<string, unknown>;
  const fields = outcome.error.issues.map((issue) => ({
    pointer: `/${part}${issue.path.map((step) => `/${String(step)}`).join("")}`,
    detail: issue.message,
  }));
  throw new AppError("invalid_input", `${fields[0]?.pointer ?? part}: ${fields[0]?.detail ?? "not valid"}`, { fields });
}
