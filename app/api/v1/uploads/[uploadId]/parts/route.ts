import { uploadParams } from "#lib/http/params";
import { route } from "#lib/http/route";
import { signedParts, signPartsInput, storedParts } from "#lib/uploads/schema";
import { listUploadParts, signParts } from "#lib/uploads/service/sign-parts";

export const GET = route(
  {
    access: "uploads:create",
    tag: "Uploads",
    summary: "Parts that storage holds already",
    params: uploadParams,
    response: storedParts,
  },
  ({ ctx, input }) => listUploadParts(ctx, input.params.uploadId),
);

export const POST = route(
  {
    access: "uploads:create",
    tag: "Uploads",
    summary: "Sign parts just before they are sent",
    params: uploadParams,
    body: signPartsInput,
    response: signedParts,
  },
  ({ ctx, input }) => signParts(ctx, input.params.uploadId, input.body),
);
