import type { Ctx } from "#lib/auth/context";
import { AppError } from "#lib/errors";
import { completeMultipart, headObject } from "#lib/objects/store";
import { planParts } from "../part-size.ts";
import type { CompleteUploadInput, UploadView } from "../schema.ts";
import { acceptStoredObject } from "./accept-stored-object.ts";
import { getUpload, requireUpload } from "./require-upload.ts";

/** The browser says it is done. Repeating it, or storage having said so before, changes nothing. */
export async function completeUpload(ctx: Ctx, uploadId: string, input: CompleteUploadInput): Promise<UploadView> {
  const upload = await requireUpload(ctx, uploadId);
  if (upload.state === "cancelled") throw new AppError("unprocessable", `${upload.fileName} was cancelled.`);
  if (upload.state === "signing" || upload.state === "uploading") {
    if (upload.multipartId && !(await headObject(upload.objectKey))) {
      const { partCount } = planParts(upload.sizeBytes);
      if (input.parts.length !== partCount) {
        throw new AppError(
          "unprocessable",
          `${input.parts.length} of ${partCount} parts are listed. Send the missing ones first.`,
        );
      }
      await completeMultipart(upload.objectKey, upload.multipartId, withBareTags(input)).catch((error: unknown) => {
        throw new AppError("unprocessable", "Storage did not accept the parts. Resume the upload to send them again.", {
          cause: error,
        });
      });
    }
    await acceptStoredObject(ctx, uploadId);
  }
  return getUpload(ctx, uploadId);
}

/** Storage's own header quotes a tag; its listing here and many clients do not. */
function withBareTags({ parts }: CompleteUploadInput): CompleteUploadInput["parts"] {
  return parts.map((part) => ({ ...part, etag: part.etag.replaceAll('"', "") }));
}
