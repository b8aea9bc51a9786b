import type { Ctx } from "#lib/auth/context";
import { AppError } from "#lib/errors";
import type { UploadView } from "../schema.ts";
import { findUpload, findUploadView, type UploadRecord } from "../store.ts";

const missing = () => new AppError("not_found", "There is no such upload in this workspace.");

export async function requireUpload(ctx: Ctx, uploadId: string): Promise<UploadRecord> {
  const upload = await findUpload(ctx, uploadId);
  if (!upload) throw missing();
  return upload;
}

export async function getUpload(ctx: Ctx, uploadId: string): Promise<UploadView> {
  const upload = await findUploadView(ctx, uploadId);
  if (!upload) throw missing();
  return upload;
}

/** Cleaning needs content that passed its check. */
export function requireChecked(upload: UploadRecord): void {
  if (upload.state === "checked" && upload.artifactId) return;
  throw new AppError("unprocessable", `${upload.fileName} is ${upload.state}; only checked files can be cleaned.`);
}
