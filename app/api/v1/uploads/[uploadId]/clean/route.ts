import { z } from "zod";
import { columnMapping } from "#lib/datasets/core/mapping";
import { uploadParams } from "#lib/http/params";
import { route } from "#lib/http/route";
import { uploadView } from "#lib/uploads/schema";
import { cleanUpload } from "#lib/uploads/service/clean-upload";

const body = z.object({
  mapping: columnMapping,
  save: z.object({ name: z.string().min(1).max(120), columns: z.array(z.string()).max(2000) }).optional(),
});

export const POST = route(
  {
    access: "uploads:create",
    tag: "Uploads",
    summary: "Clean a checked upload with this column mapping",
    params: uploadParams,
    body,
    response: uploadView,
    audit: "upload.cleaned",
  },
  ({ ctx, input }) => cleanUpload(ctx, input.params.uploadId, input.body),
);
