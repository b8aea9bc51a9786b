import type { Ctx } from "#lib/auth/context";
import type { ColumnMapping } from "#lib/datasets/core/mapping";
import { createRun } from "#lib/runs/service/create-run";
import type { CreatedRun } from "#lib/runs/schema";
import type { UploadRecord } from "../store.ts";
import { advanceUpload } from "../store.ts";
import { linkToDataset } from "./same-content.ts";

/** Starts the cleaning run of a checked upload, in the name of the person who sent it. */
export async function startCleaning(
  ctx: Ctx,
  upload: UploadRecord,
  how: { kind: string; mapping: ColumnMapping },
): Promise<CreatedRun> {
  const run = await createRun(ctx, {
    algorithm: "clean-table",
    params: { kind: how.kind, mapping: how.mapping },
    inputs: { uploadId: upload.id },
    trigger: ctx.actor.kind === "system" ? "upload" : "person",
    onBehalfOf: { userId: upload.createdByUserId, label: upload.createdBy },
  });
  await advanceUpload(ctx, upload.id, ["checked", "stored"], {
    state: "checked",
    runId: run.id,
    kind: how.kind,
    reason: null,
    reasonCode: null,
  });
  // A stored result brings no ending run that would link the upload.
  if (run.origin !== "new") await linkToDataset(ctx, upload.id, run.id);
  return run;
}
