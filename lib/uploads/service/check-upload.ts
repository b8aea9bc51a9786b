import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { Ctx } from "#lib/auth/context";
import { inWorkspace } from "#lib/db/client";
import { recogniseTable, type Recognition } from "#lib/datasets/service/recognise";
import { isBundleKind, isDatasetKind, listBundleKinds } from "#lib/datasets/registry";
import { isAppError } from "#lib/errors";
import { formatBytes } from "#lib/format/bytes";
import { newId } from "#lib/ids";
import { enqueueJob } from "#lib/jobs/enqueue";
import { publish } from "#lib/live/publish";
import { notify } from "#lib/notifications/service/notify";
import { openObject } from "#lib/objects/store";
import { makeScratchDir } from "#lib/runs/execute/scratch-dir";
import { detectFileType, refusalOf } from "#lib/tables/magic";
import { readTable } from "#lib/tables/read-table";
import { listZipPaths } from "#lib/tables/zip-folder";
import { APP_UPLOAD_KIND, isPlainKind } from "../plain-kinds.ts";
import type { ReasonCode } from "../schema.ts";
import { advanceUpload, findUpload, findUploadByHash, upsertArtifact, type UploadRecord } from "../store.ts";
import { digestObject, readObjectHead } from "#lib/objects/read-object";
import { linkToDataset, lockContent } from "./same-content.ts";
import { startCleaning } from "./start-cleaning.ts";

class Rejection extends Error {
  readonly code: ReasonCode;
  constructor(code: ReasonCode, message: string) {
    super(message);
    this.code = code;
  }
}

/**
 * Reads what really arrived before anything else does: size, hash, type, readability. Good content becomes an
 * artifact and starts its cleaning run; content that is known is linked to what it made before.
 */
export async function checkUpload(ctx: Ctx, uploadId: string, signal: AbortSignal): Promise<void> {
  const upload = await findUpload(ctx, uploadId);
  if (!upload || upload.state !== "stored") return;
  const folder = await makeScratchDir();
  try {
    await examine(ctx, upload, { folder, signal });
  } catch (error) {
    if (!(error instanceof Rejection)) throw error;
    await reject(ctx, upload, error);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  await publish({ workspaceId: ctx.workspaceId, topic: "upload", id: uploadId });
}

async function examine(ctx: Ctx, upload: UploadRecord, work: { folder: string; signal: AbortSignal }): Promise<void> {
  if (upload.sizeBytes === 0) throw new Rejection("empty", "The file is empty. Check the export that wrote it.");
  const head = await readObjectHead(upload.objectKey, upload.sizeBytes);
  const type = detectFileType(head);
  const refusal = refusalOf(type);
  if (refusal) throw new Rejection(type === "empty" ? "empty" : "unsupported_type", refusal);
  // A zip's directory stands at its end, so it is read from a local copy; everything else streams.
  const copy = type === "zip" ? join(work.folder, "file.zip") : undefined;
  const digest = await digestObject(upload.objectKey, { signal: work.signal, ...(copy ? { copyTo: copy } : {}) });
  requireAsDeclared(upload, digest);

  const artifact = await upsertArtifact(ctx, {
    id: newId(),
    ...digest,
    mediaType: upload.contentType,
    fileName: upload.fileName,
    objectKey: upload.objectKey,
  });
  if (isPlainKind(upload.kind)) {
    await keepAsItIs(ctx, upload, { artifactId: artifact.id, sizeBytes: digest.sizeBytes });
    return;
  }
  const twin = await findUploadByHash(ctx, digest.sha256, upload.id);
  const bundle = await recogniseBundle(upload, copy ?? null);
  const found = bundle === null ? await recognise(ctx, upload, copy ?? null) : null;
  await inWorkspace(ctx, async () => {
    await lockContent(ctx, digest.sha256);
    const base = { sizeBytes: digest.sizeBytes, artifactId: artifact.id, checkedAt: ctx.now };
    const isTwin = twin !== null && !upload.mapping;
    const isFirst = await advanceUpload(ctx, upload.id, ["stored"], {
      state: "checked",
      ...base,
      kind: bundle ?? found?.kind ?? upload.kind,
      ...(isTwin ? { duplicateOfId: twin.id, runId: twin.runId } : {}),
      ...(bundle === null ? needsPerson(found) : {}),
    });
    if (!isFirst) return;
    if (isTwin && (await linkToDataset(ctx, upload.id, twin.runId))) return;
    if (found && found.questions.length === 0) await startCleaning(ctx, { ...upload, artifactId: artifact.id }, found);
  });
}

/** Nothing to recognise: the file is what its sender says it is. */
async function keepAsItIs(ctx: Ctx, upload: UploadRecord, stored: { artifactId: string; sizeBytes: number }) {
  await inWorkspace(ctx, async () => {
    const change = { state: "checked" as const, ...stored, checkedAt: ctx.now };
    if (!(await advanceUpload(ctx, upload.id, ["stored"], change)) || !APP_UPLOAD_KIND.test(upload.kind)) return;
    const payload = { workspaceId: ctx.workspaceId, uploadId: upload.id };
    await enqueueJob(ctx, { name: "start-app-for-upload", payload, key: `app-upload:${upload.id}` });
  });
}

function requireAsDeclared(upload: UploadRecord, { sha256, sizeBytes }: { sha256: string; sizeBytes: number }): void {
  if (sizeBytes !== upload.sizeBytes) {
    const detail = `${formatBytes(sizeBytes)} arrived where ${formatBytes(upload.sizeBytes)} were announced. Upload the file again.`;
    throw new Rejection("size_mismatch", detail);
  }
  if (upload.declaredSha256 && upload.declaredSha256 !== sha256) {
    throw new Rejection(
      "checksum_mismatch",
      "What arrived is not what was sent (sha256 differs). Upload the file again.",
    );
  }
}

/** The kind of a zip that is kept whole; null for files that are tables. */
async function recogniseBundle({ kind }: UploadRecord, zipPath: string | null): Promise<string | null> {
  if (zipPath === null && isBundleKind(kind))
    throw new Rejection("unreadable", "This is no zip. Pack its folder as one.");
  if (zipPath === null || isDatasetKind(kind)) return null;
  try {
    const paths = await listZipPaths(zipPath);
    const kinds = (await listBundleKinds()).filter((bundle) => kind === "auto" || bundle.kind === kind);
    const problems = kinds.map((bundle) => bundle.problemOf(paths));
    const fit = kinds.find((_, i) => problems[i] === null);
    if (fit) return fit.kind;
    if (kind !== "auto") throw new Rejection("unreadable", problems[0] ?? "The zip cannot be read.");
    return null;
  } catch (error) {
    if (isAppError(error)) throw new Rejection("unreadable", error.message);
    throw error;
  }
}

async function recognise(ctx: Ctx, upload: UploadRecord, localPath: string | null): Promise<Recognition | null> {
  const source = localPath
    ? { path: localPath }
    : { stream: (await openObject(upload.objectKey)) as AsyncIterable<Buffer> };
  try {
    const table = await readTable(source, { fileName: upload.fileName });
    await table.batches[Symbol.asyncIterator]().return?.(undefined);
    const { fileName, kind, mapping } = upload;
    return await recogniseTable(ctx, { fileName, sniff: table.sniff, kind, mapping });
  } catch (error) {
    if (isAppError(error)) throw new Rejection("unreadable", error.message);
    throw error;
  } finally {
    if ("stream" in source) (source.stream as AsyncIterable<Buffer> & { destroy: () => void }).destroy();
  }
}

function needsPerson(found: Recognition | null): { reason?: string; reasonCode?: ReasonCode } {
  if (!found) {
    return { reasonCode: "needs_mapping", reason: "The columns are not recognised. Say what they are, then clean." };
  }
  const [question] = found.questions;
  return question ? { reasonCode: "needs_mapping", reason: question.text } : {};
}

async function reject(ctx: Ctx, upload: UploadRecord, { code, message }: Rejection): Promise<void> {
  const isFirst = await advanceUpload(ctx, upload.id, ["stored"], {
    state: "rejected",
    reasonCode: code,
    reason: message,
    checkedAt: ctx.now,
  });
  if (!isFirst || !upload.createdByUserId) return;
  await notify(ctx, {
    userId: upload.createdByUserId,
    kind: "upload_rejected",
    title: `${upload.fileName} was rejected`,
    body: message,
    link: `/uploads?upload=${upload.id}`,
    dedupeKey: `upload:${upload.id}:rejected`,
  });
}
