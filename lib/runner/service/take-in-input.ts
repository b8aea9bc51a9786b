import { systemContext, type Ctx } from "#lib/auth/context";
import { inWorkspace } from "#lib/db/client";
import { isAppError, messageOf } from "#lib/errors";
import { log } from "#lib/log";
import { artifactKey } from "#lib/objects/keys";
import { digestObject } from "#lib/objects/read-object";
import { copyObject, headObject } from "#lib/objects/store";
import { parseDroppedKey } from "../core/drop-keys.ts";
import { claimInput, isInputKnown, lockInput, settleInput, upsertZipArtifact } from "../input-store.ts";
import { findApp, type AppRecord } from "../store.ts";
import { mirrorOutputs } from "./mirror-outputs.ts";
import { startOn } from "./start-app.ts";

/** Larger inputs come as uploads, which know their parts. */
const INPUT_BYTES_MAX = 5e9;

/**
 * Makes a dropped zip a run: one for each version of the object, however often and by whomever it is told of. Says
 * whether this call started one.
 */
export async function takeInInput(workspaceId: string, objectKey: string, signal: AbortSignal): Promise<boolean> {
  const ctx = systemContext(workspaceId, "dropped input", new Date());
  const dropped = parseDroppedKey(objectKey);
  if (!dropped) return false;
  const app = await findApp(ctx, dropped.slug === null ? { takesDropped: true } : { slug: dropped.slug });
  const head = app && (await headObject(objectKey));
  // An app that nobody can run yet keeps its inputs waiting: the sweep finds them once it can.
  if (!app?.revisionId || !head) {
    log.info("runner.input_without_app", { workspaceId, jobId: dropped.jobId });
    return false;
  }
  const inputId = await claimInput(ctx, { appId: app.id, objectKey, etag: head.etag, jobId: dropped.jobId });
  if (inputId === null) return false;
  try {
    if (head.sizeBytes > INPUT_BYTES_MAX) return await refuse(ctx, inputId, "The input is larger than 5 GB.");
    return await startFor(ctx, app, { inputId, objectKey, fileName: `${dropped.jobId}.zip`, signal });
  } catch (error) {
    if (!isAppError(error)) throw error;
    return refuse(ctx, inputId, messageOf(error));
  }
}

/** Whether the sweep can pass by this object. */
export async function isTakenIn(ctx: Ctx, object: { key: string; etag: string }): Promise<boolean> {
  const dropped = parseDroppedKey(object.key);
  if (!dropped) return true;
  const app = await findApp(ctx, dropped.slug === null ? { takesDropped: true } : { slug: dropped.slug });
  return app === null || isInputKnown(ctx, app.id, { objectKey: object.key, etag: object.etag });
}

interface Dropped {
  inputId: string;
  objectKey: string;
  fileName: string;
  signal: AbortSignal;
}

async function startFor(ctx: Ctx, app: AppRecord, { inputId, objectKey, fileName, signal }: Dropped): Promise<boolean> {
  const digest = await digestObject(objectKey, { signal });
  // The dropped object may be overwritten any time; the run reads a copy that is named by what it holds.
  const ownKey = artifactKey(ctx.workspaceId, digest.sha256);
  if ((await headObject(ownKey))?.sizeBytes !== digest.sizeBytes) await copyObject(objectKey, ownKey);
  const run = await inWorkspace(ctx, async () => {
    if (!(await lockInput(ctx, inputId))) return null;
    const artifactId = await upsertZipArtifact(ctx, { ...digest, fileName, objectKey: ownKey });
    const onBehalfOf = { userId: null, label: `dropped ${fileName}` };
    const started = await startOn(ctx, app, { artifactId, params: {}, trigger: "upload", onBehalfOf });
    await settleInput(ctx, inputId, { runId: started.id });
    return started;
  });
  // The same content under another name: its result is here already, and no end of a run will bring it.
  if (run?.cached) await mirrorOutputs(ctx, run.id);
  return run !== null;
}

async function refuse(ctx: Ctx, inputId: string, reason: string): Promise<boolean> {
  await settleInput(ctx, inputId, { reason });
  log.warn("runner.input_refused", { inputId, reason });
  return false;
}
