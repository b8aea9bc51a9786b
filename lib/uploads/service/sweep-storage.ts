import { systemContext, type Ctx } from "#lib/auth/context";
import { log } from "#lib/log";
import { dropPrefix, uploadPrefix } from "#lib/objects/keys";
import { abortMultipart, listObjects, listOpenMultiparts } from "#lib/objects/store";
import { advanceUpload, listUnsettledUploads, listWorkspaceIds } from "../store.ts";
import { acceptStoredObject, enqueueCheck } from "./accept-stored-object.ts";
import { takeInDroppedObject } from "./take-in-dropped.ts";

const ABANDONED_MS = 7 * 24 * 3600 * 1000;
const UNTOLD_MS = 60 * 1000;

export interface SweepFindings {
  found: number;
  takenIn: number;
  abandoned: number;
}

/** Looks at storage itself: objects nobody reported, files in the drop folder, uploads nobody will finish. */
export async function sweepWorkspace(ctx: Ctx): Promise<SweepFindings> {
  const findings: SweepFindings = { found: 0, takenIn: 0, abandoned: 0 };
  const untold = await listUnsettledUploads(ctx, new Date(ctx.now.getTime() - UNTOLD_MS));
  for (const upload of untold) {
    if (upload.state === "stored") await enqueueCheck(ctx, upload.id);
    else if (await acceptStoredObject(ctx, upload.id)) findings.found += 1;
  }
  for await (const object of listObjects(dropPrefix(ctx.workspaceId))) {
    findings.takenIn += Number(await takeInDroppedObject(ctx, object.key));
  }
  const before = new Date(ctx.now.getTime() - ABANDONED_MS);
  for (const open of await listOpenMultiparts(uploadPrefix(ctx.workspaceId))) {
    if (open.startedAt > before) continue;
    await abortMultipart(open.key, open.multipartId);
    findings.abandoned += 1;
  }
  for (const upload of await listUnsettledUploads(ctx, before)) {
    await advanceUpload(ctx, upload.id, ["signing", "uploading"], {
      state: "rejected",
      reasonCode: "never_arrived",
      reason: "The file never arrived within 7 days. Upload it again.",
    });
  }
  return findings;
}

export async function sweepAllWorkspaces(now: Date): Promise<void> {
  for (const workspaceId of await listWorkspaceIds()) {
    const findings = await sweepWorkspace(systemContext(workspaceId, "storage sweep", now));
    if (findings.found + findings.takenIn + findings.abandoned > 0)
      log.info("storage.swept", { workspaceId, ...findings });
  }
}
