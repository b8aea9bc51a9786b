import type { Ctx } from "#lib/auth/context";
import { AppError, isAppError, messageOf } from "#lib/errors";
import { log } from "#lib/log";
import { APP_UPLOAD_KIND } from "#lib/uploads/plain-kinds";
import { findUpload, setUploadRun } from "#lib/uploads/store";
import { findApp, requireFile } from "../store.ts";
import { startOn } from "./start-app.ts";

/** Starts the app that an upload was sent to; the same bytes again give the same run. */
export async function startForUpload(ctx: Ctx, uploadId: string): Promise<void> {
  const upload = await findUpload(ctx, uploadId);
  const slug = APP_UPLOAD_KIND.exec(upload?.kind ?? "")?.[1];
  if (upload?.state !== "checked" || slug === undefined) return;
  try {
    const app = await findApp(ctx, { slug });
    if (!app) throw new AppError("not_found", `There is no app "${slug}" any more.`);
    const { artifactId } = await requireFile(ctx, { uploadId });
    const onBehalfOf = { userId: upload.createdByUserId, label: upload.createdBy };
    const { id } = await startOn(ctx, app, { artifactId, params: {}, trigger: "upload", onBehalfOf });
    await setUploadRun(ctx, uploadId, { runId: id });
  } catch (error) {
    if (!isAppError(error)) throw error;
    log.warn("runner.upload_without_run", { uploadId, error: error.message });
    await setUploadRun(ctx, uploadId, { reason: messageOf(error) });
  }
}
