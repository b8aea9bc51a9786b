import { uploadParams } from "#lib/http/params";
import { route } from "#lib/http/route";
import { uploadPreview } from "#lib/uploads/preview-schema";
import { previewUpload } from "#lib/uploads/service/preview-upload";

export const GET = route(
  {
    access: "uploads:read",
    tag: "Uploads",
    summary: "First bytes of a stored upload, for mapping its columns",
    params: uploadParams,
    response: uploadPreview,
  },
  ({ ctx, input }) => previewUpload(ctx, input.params.uploadId),
);
