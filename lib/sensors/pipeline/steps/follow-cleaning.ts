import type { Ctx } from "#lib/auth/context";
import type { ColumnMapping } from "#lib/datasets/core/mapping";
import type { StepMove } from "#lib/pipelines/define";
import { takeInArtifact } from "#lib/uploads/service/take-in-artifact";
import { findUploadView } from "#lib/uploads/store";

/** Has a file that a run wrote checked and cleaned as any file is, and waits for its cleaning run. */
export async function followCleaning(
  ctx: Ctx,
  file: { artifactId: string; mapping: ColumnMapping },
): Promise<StepMove> {
  const upload = await findUploadView(ctx, await takeInArtifact(ctx, file));
  if (!upload) return { move: "fail", detail: "The file of the source is gone. Start the pipeline again." };
  if (upload.run) return { move: "follow", runId: upload.run.id };
  if (upload.state === "rejected" || upload.reasonCode === "needs_mapping") {
    return { move: "fail", detail: `${upload.fileName}: ${upload.reason ?? "The file was rejected."}` };
  }
  return { move: "wait", note: "The file is being checked." };
}
