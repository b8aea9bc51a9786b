import { uploadParams } from "#lib/http/params";
import { route } from "#lib/http/route";
import { uploadView } from "#lib/uploads/schema";
import { cancelUpload } from "#lib/uploads/service/cancel-upload";

export const POST = route(
  {
    access: "uploads:create",
    tag: "Uploads",
    summary: "Cancel an unfinished upload and free its parts",
    params: uploadParams,
    response: uploadView,
    audit: "upload.cancelled",
  },
  ({ ctx, input }) => cancelUpload(ctx, input.params.uploadId),
);
