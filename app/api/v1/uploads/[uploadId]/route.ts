import { uploadParams } from "#lib/http/params";
import { route } from "#lib/http/route";
import { uploadView } from "#lib/uploads/schema";
import { getUpload } from "#lib/uploads/service/require-upload";

export const GET = route(
  {
    access: "uploads:read",
    tag: "Uploads",
    summary: "One upload: state, run, dataset",
    params: uploadParams,
    response: uploadView,
  },
  ({ ctx, input }) => getUpload(ctx, input.params.uploadId),
);
