import type { Ctx } from "#lib/auth/context";
import { BUNDLE_KINDS, DATASET_KINDS, isBundleKind, isDatasetKind } from "#lib/datasets/registry";
import { env } from "#lib/env";
import { AppError } from "#lib/errors";
import { formatBytes } from "#lib/format/bytes";
import { newId } from "#lib/ids";
import { uploadKey } from "#lib/objects/keys";
import { PUT_VALID_S } from "#lib/objects/presign";
import { createMultipart } from "#lib/objects/store";
import { planParts } from "../part-size.ts";
import { APP_UPLOAD_KIND, isPlainKind } from "../plain-kinds.ts";
import type { CreatedUpload, CreateUploadInput } from "../schema.ts";
import { findUploadByHash, insertUpload, readQuota } from "../store.ts";

/** Checks kind, size and quota before anything is signed; content that is stored already needs no sending. */
export async function createUpload(ctx: Ctx, input: CreateUploadInput): Promise<CreatedUpload> {
  await refuseImpossible(ctx, input);
  const id = newId();
  const plan = planParts(input.sizeBytes);
  const expiresInS = PUT_VALID_S;
  const twin = input.sha256 ? await findUploadByHash(ctx, input.sha256, id) : null;
  const objectKey = uploadKey(ctx.workspaceId, id, input.fileName);
  // The input of an app starts it, even where its bytes are known.
  const isTwin = twin !== null && !input.mapping && !APP_UPLOAD_KIND.test(input.kind);
  const multipartId =
    plan.method === "multipart" && !isTwin ? await createMultipart(objectKey, input.contentType) : null;
  await insertUpload(ctx, {
    id,
    fileName: input.fileName,
    relativePath: input.relativePath,
    kind: isTwin ? twin.kind : input.kind,
    contentType: input.contentType,
    sizeBytes: input.sizeBytes,
    declaredSha256: input.sha256 ?? null,
    objectKey,
    multipartId,
    partSizeBytes: plan.partSizeBytes,
    state: isTwin ? "checked" : multipartId ? "uploading" : "signing",
    mapping: input.mapping ?? null,
    duplicateOfId: isTwin ? twin.id : null,
    createdBy: ctx.actor.label,
    createdByUserId: ctx.actor.kind === "user" ? ctx.actor.userId : null,
  });
  if (isTwin) {
    const duplicateOf = { uploadId: twin.id, fileName: twin.fileName, datasetId: twin.datasetId };
    return { id, state: "checked", ...plan, expiresInS, duplicateOf };
  }
  return { id, state: multipartId ? "uploading" : "signing", ...plan, expiresInS };
}

async function refuseImpossible(ctx: Ctx, input: CreateUploadInput): Promise<void> {
  const isKnown = isPlainKind(input.kind) || isDatasetKind(input.kind) || isBundleKind(input.kind);
  if (input.kind !== "auto" && !isKnown) {
    const kinds = ["auto", ...DATASET_KINDS, ...BUNDLE_KINDS].join(", ");
    throw new AppError(
      "invalid_input",
      `There is no kind "${input.kind}". Use ${kinds}, file, or app: and an app’s slug.`,
      {
        fields: [{ pointer: "/kind", detail: "unknown kind" }],
      },
    );
  }
  if (input.sizeBytes === 0) {
    throw new AppError("invalid_input", `${input.fileName} is empty. Check the export that wrote it.`, {
      fields: [{ pointer: "/sizeBytes", detail: "0 bytes" }],
    });
  }
  const limit = env().FIELDPORT_UPLOAD_MAX_BYTES;
  if (input.sizeBytes > limit) {
    throw new AppError(
      "too_large",
      `${input.fileName} has ${formatBytes(input.sizeBytes)}; one file may have ${formatBytes(limit)}. Split it.`,
    );
  }
  const { usedBytes, quotaBytes } = await readQuota(ctx);
  if (usedBytes + input.sizeBytes > quotaBytes) {
    throw new AppError(
      "too_large",
      `This workspace stores ${formatBytes(usedBytes)} of ${formatBytes(quotaBytes)}; ${formatBytes(input.sizeBytes)} more do not fit. Ask an owner to raise the quota.`,
    );
  }
}
