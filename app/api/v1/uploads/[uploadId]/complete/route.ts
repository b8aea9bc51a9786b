import { uploadParams } from "#lib/http/params";
import { route } from "#lib/http/route";
import { completeUploadInput, uploadView } from "#lib/uploads/schema";
import { completeUpload } from "#lib/uploads/service/complete-upload";

export const POST = route(
  {
    access: "uploads:create",
    tag: "Uploads",
    summary: "Finish an upload; repeating it changes nothing",
    params: uploadParams,
    body: completeUploadInput,
    response: uploadView,
    bodyLimitBytes: 4 * 1024 * 1024,
    audit: "upload.completed",
  },
  ({ ctx, input }) => completeUpload(ctx, input.params.uploadId, input.body),
);
