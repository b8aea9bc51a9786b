import type { Ctx } from "#lib/auth/context";
import { inWorkspace } from "#lib/db/client";
import type { ColumnMapping } from "#lib/datasets/core/mapping";
import { headerSignature } from "#lib/datasets/service/recognise";
import { saveMapping } from "#lib/datasets/store";
import type { UploadView } from "../schema.ts";
import { setUploadMapping } from "../store.ts";
import { getUpload, requireChecked, requireUpload } from "./require-upload.ts";
import { startCleaning } from "./start-cleaning.ts";

export interface CleanRequest {
  mapping: ColumnMapping;
  /** Use this mapping for every later file with the same header. */
  save?: { name: string; columns: string[] } | undefined;
}

/** Cleans a checked upload with a mapping a person chose or corrected. */
export async function cleanUpload(ctx: Ctx, uploadId: string, request: CleanRequest): Promise<UploadView> {
  const upload = await requireUpload(ctx, uploadId);
  requireChecked(upload);
  const { mapping, save } = request;
  await inWorkspace(ctx, async () => {
    if (save) {
      const { name, columns } = save;
      await saveMapping(ctx, { kind: mapping.kind, name, mapping, headerSignature: headerSignature(columns) });
    }
    await setUploadMapping(ctx, upload.id, mapping.kind, mapping);
    await startCleaning(ctx, upload, { kind: mapping.kind, mapping });
  });
  return getUpload(ctx, uploadId);
}
