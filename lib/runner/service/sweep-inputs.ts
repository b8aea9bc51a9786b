import { systemContext } from "#lib/auth/context";
import { messageOf } from "#lib/errors";
import { log } from "#lib/log";
import { appInputPrefix, ROOT_APP_INPUT_PREFIX } from "#lib/objects/keys";
import { listObjects } from "#lib/objects/store";
import { findOldestWorkspaceId } from "#lib/uploads/store";
import { listWorkspacesWithApps } from "../input-store.ts";
import { isTakenIn, takeInInput } from "./take-in-input.ts";

/** Looks for dropped inputs that nobody told of. The bucket's own folder belongs to the oldest workspace. */
export async function sweepInputs(signal: AbortSignal): Promise<number> {
  const oldest = await findOldestWorkspaceId();
  let started = 0;
  for (const workspaceId of await listWorkspacesWithApps()) {
    const prefixes = [appInputPrefix(workspaceId), ...(workspaceId === oldest ? [ROOT_APP_INPUT_PREFIX] : [])];
    for (const prefix of prefixes) started += await sweepPrefix(workspaceId, prefix, signal);
  }
  return started;
}

async function sweepPrefix(workspaceId: string, prefix: string, signal: AbortSignal): Promise<number> {
  const ctx = systemContext(workspaceId, "runner sweep", new Date());
  let started = 0;
  for await (const object of listObjects(prefix)) {
    signal.throwIfAborted();
    if (await isTakenIn(ctx, object)) continue;
    try {
      started += Number(await takeInInput(workspaceId, object.key, signal));
    } catch (error) {
      // One that cannot be read now must not keep back the others; it is looked at again.
      log.warn("runner.input_not_taken_in", { workspaceId, error: messageOf(error) });
    }
  }
  return started;
}
