import type { z } from "zod";
import type { Ctx } from "#lib/auth/context";
import { AppError } from "#lib/errors";
import { presignPart, presignPut } from "#lib/objects/presign";
import { listParts, type StoredPart } from "#lib/objects/store";
import { planParts } from "../part-size.ts";
import type { signedParts, signPartsInput } from "../schema.ts";
import type { UploadRecord } from "../store.ts";
import { requireUpload } from "./require-upload.ts";

/** Signs parts when they are about to be sent, so that a slow upload never holds expired signatures. */
export async function signParts(
  ctx: Ctx,
  uploadId: string,
  input: z.output<typeof signPartsInput>,
): Promise<z.output<typeof signedParts>> {
  const upload = await requireUpload(ctx, uploadId);
  if (upload.state !== "signing" && upload.state !== "uploading") {
    throw new AppError("unprocessable", `${upload.fileName} is ${upload.state}; nothing more can be sent for it.`);
  }
  const { partCount } = planParts(upload.sizeBytes);
  const urls = input.parts.map(async ({ partNumber, checksumSha256 }) => {
    if (partNumber > partCount) {
      throw new AppError("invalid_input", `Part ${partNumber} does not exist; ${upload.fileName} has ${partCount}.`, {
        fields: [{ pointer: "/parts", detail: `part numbers go to ${partCount}` }],
      });
    }
    return { partNumber, ...(await signOne(upload, partNumber, checksumSha256)) };
  });
  return { urls: await Promise.all(urls) };
}

function signOne(upload: UploadRecord, partNumber: number, checksumSha256: string) {
  const { objectKey: key, multipartId } = upload;
  if (multipartId) return presignPart({ key, multipartId, partNumber, checksumSha256 });
  return presignPut(key, { checksumSha256, contentType: upload.contentType });
}

/** The parts storage holds already: where a broken upload goes on. */
export async function listUploadParts(ctx: Ctx, uploadId: string): Promise<{ parts: StoredPart[] }> {
  const upload = await requireUpload(ctx, uploadId);
  if (!upload.multipartId || (upload.state !== "signing" && upload.state !== "uploading")) return { parts: [] };
  return { parts: await listParts(upload.objectKey, upload.multipartId) };
}
