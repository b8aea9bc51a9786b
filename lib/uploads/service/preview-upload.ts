import type { Ctx } from "#lib/auth/context";
import { recogniseTable } from "#lib/datasets/service/recognise";
import { AppError } from "#lib/errors";
import { openObject } from "#lib/objects/store";
import { detectFileType } from "#lib/tables/magic";
import { sniff } from "#lib/tables/sniff";
import { gunzipHead } from "../gunzip-head.ts";
import type { UploadPreview } from "../preview-schema.ts";
import { requireUpload } from "./require-upload.ts";

const HEAD_BYTES = 256 * 1024;
const SAMPLE_ROWS = 12;

/** The first rows of a stored file and what we make of its columns. */
export async function previewUpload(ctx: Ctx, uploadId: string): Promise<UploadPreview> {
  const upload = await requireUpload(ctx, uploadId);
  if (!upload.artifactId)
    throw new AppError("unprocessable", `${upload.fileName} is ${upload.state}; it has no checked content.`);
  const chunks: Buffer[] = [];
  const endByte = Math.min(upload.sizeBytes, HEAD_BYTES) - 1;
  for await (const chunk of (await openObject(upload.objectKey, { startByte: 0, endByte })) as AsyncIterable<Buffer>)
    chunks.push(chunk);
  const bytes = Buffer.concat(chunks);
  const type = detectFileType(bytes);
  if (type === "zip")
    throw new AppError("unprocessable", "The columns of a zip are previewed in the browser, from the file itself.");
  const head = sniff(type === "gzip" ? gunzipHead(bytes) : bytes);
  const { fileName, kind, mapping } = upload;
  const found = await recogniseTable(ctx, { fileName, sniff: head, kind, mapping });
  return {
    fileName,
    columns: [...head.columns],
    sampleRows: head.sampleRows.slice(0, SAMPLE_ROWS).map((row) => [...row]),
    kind: found?.kind ?? null,
    mapping: found?.mapping ?? null,
    questions: found?.questions ?? [],
  };
}
